// Where the page is: a person, a channel and perhaps a thread, kept in the address so that each tab is its own.

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
