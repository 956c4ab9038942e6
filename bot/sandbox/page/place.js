// Where the page is: a person, a channel and perhaps a thread, kept in the address so that each tab is its own.

/** The app's home tab, in the place of a channel. */
export const HOME = "home";

/** {as, channel, thread} of an address's hash; what is not there is an empty string. */
export function placeOf(hash) {
  const words = new URLSearchParams(hash.replace(/^#/, ""));
  return { as: words.get("as") ?? "", channel: words.get("c") ?? "", thread: words.get("t") ?? "" };
}

/** The hash of a place. */
export function addressOf({ as, channel, thread }) {
  const words = new URLSearchParams({ as, c: channel, ...(thread ? { t: thread } : {}) });
  return `#${words}`;
}

/** A wanted place as this person may see it: their own direct messages, or where tickets are if they may not look.
 * `lost` is the title of a channel that was there for the person `before` and is not for this one. */
export function allowed({ as, channel, thread }, directory, before) {
  const { direct, intake, channelById } = directory;
  if (channel === HOME) return { place: { as, channel, thread: "" } };
  if (channelById.has(channel)) return { place: { as, channel, thread } };
  if (before?.direct?.id === channel && direct) return { place: { as, channel: direct.id, thread: "" } };
  const lost = before?.channelById.has(channel) ? before.channelTitle(channel) : null;
  return { place: { as, channel: intake?.id ?? HOME, thread: "" }, lost };
}

/** Runs `load` now, and once more if it was asked for meanwhile: a burst of events makes two requests, not twenty. */
export function once(load) {
  let running = null;
  let wanted = false;
  const run = async () => {
    try {
      while (wanted) {
        wanted = false;
        await load();
      }
    } finally {
      running = null;
    }
  };
  return () => {
    wanted = true;
    running ??= run();
    return running;
  };
}
