// The page of the local workspace: where one is, what is shown there, and what people do.

import { Composer } from "./composer.js";
import { Directory } from "./directory.js";
import { read, Refused, send, Stream } from "./door.js";
import { drawFrame, drawSamples } from "./frame.js";
import { drawHome } from "./home.js";
import { messageRow } from "./message.js";
import { Modals } from "./modal.js";
import { connection, say } from "./notices.js";
import { addressOf, allowed, HOME, once, placeOf } from "./place.js";
import { drawSidebar } from "./sidebar.js";
import { recall, remember } from "./storage.js";
import { Timeline } from "./timeline.js";
import { Tour } from "./tour.js";
import { Unread } from "./unread.js";

const part = (id) => document.getElementById(id);
let here = { as: "", channel: "", thread: "" };
let directory = null;
let focusNext = null;
let arrivals = 0;
let dismissed = new Set(recall("dismissed", [], "sessionStorage"));

const unread = new Unread();
const tour = new Tour(part("tour"));
const channelList = new Timeline(part("messages"));
const threadList = new Timeline(part("replies"));
const commands = () => directory?.commands ?? [];
const composer = new Composer(part("composer"), { send: (text) => post(text), commands });
const reply = new Composer(part("reply"), { send: (text) => post(text, here.thread), commands: () => [] });
const asMe = (what, body) => send(what, { as: here.as, ...body });
const modals = new Modals(part("modal"), { send: asMe, directory: () => directory });

/** Does it, and says so when it is refused. Resolves to the answer, or null. */
async function attempt(what, body) {
  try {
    return await asMe(what, body);
  } catch (refused) {
    say(refused.message);
    return null;
  }
}

// --- what people do ---

const go = (change) => {
  location.hash = addressOf({ ...here, ...change });
};
const show = (pane) => {
  document.body.dataset.pane = pane;
};
const placed = (message) => ({ channel: here.channel, ts: message.ts });

async function post(text, thread = "") {
  const sent = await attempt("message", { channel: here.channel, text, ...(thread ? { thread_ts: thread } : {}) });
  if (sent?.command) tour.commandSent(text);
  else if (sent) tour.messageSent();
  return sent;
}

async function trySample(sample) {
  composer.fill(sample.text);
  const sent = await composer.submit();
  if (!sent) return;
  focusNext = "newest";
  go({ thread: sent.ts });
}

const on = {
  openThread(message, { reply: writes = false } = {}) {
    focusNext = writes ? "reply" : "newest";
    const thread = message.thread_ts ?? message.ts;
    if (thread === here.thread) showThread();
    else go({ thread });
    show("thread");
  },
  async react(message, name, add) {
    const done = await attempt("react", { ...placed(message), name, add });
    if (done && add && name === "white_check_mark") tour.approved(directory.me);
  },
  async act(message, action) {
    const done = await attempt("action", { container: { type: "message", ...placed(message) }, ...action });
    if (done && action.action_id.startsWith("approve")) tour.approved(directory.me);
  },
  shortcut: (message, callback) => attempt("shortcut", { ...placed(message), callback_id: callback }),
  edit: (message, text) => attempt("edit", { ...placed(message), text }),
  remove: (message) => attempt("delete", placed(message)),
  dismiss(message) {
    dismissed = new Set([...dismissed, message.ts]);
    remember("dismissed", [...dismissed], "sessionStorage");
    refresh();
  },
};

function closeThread() {
  const row = channelList.row(here.thread);
  go({ thread: "" });
  show("channel");
  (row ?? composer).focus();
}

// --- what is shown ---

/** Reads something for the place of now; null when it was refused, or when the place has changed meanwhile. */
async function look(what, query = {}) {
  const asked = here;
  try {
    const answer = await read(what, { as: asked.as, ...query });
    return asked === here ? answer : null;
  } catch (refused) {
    if (asked === here) say(refused.message);
    return null;
  }
}

const visible = (messages) => messages.filter(({ ts }) => !dismissed.has(ts));
const rowMaker = (inThread) => (message) => messageRow(message, { directory, inThread, on });

const showChannel = once(async () => {
  const { as, channel } = here;
  if (channel === HOME) return;
  const answer = await look("messages", { channel });
  if (!answer) return;
  const messages = visible(answer.messages);
  part("nothing").hidden = messages.length > 0;
  channelList.show(`${as} ${channel}`, messages, rowMaker(false), directory);
  unread.seen(as, channel);
});

const showThread = once(async () => {
  const { as, channel, thread } = here;
  if (!thread) return;
  const answer = await look("thread", { channel, ts: thread });
  if (!answer) return;
  const messages = visible(answer.messages);
  threadList.show(`${as} ${channel} ${thread}`, messages, rowMaker(true), directory);
  tour.threadShown(messages);
  if (focusNext === "newest") threadList.focusNewest();
  if (focusNext === "reply") reply.focus();
  focusNext = null;
});

const showHome = once(async () => {
  if (here.channel !== HOME) return;
  const answer = await look("home");
  if (!answer) return;
  const { view } = answer;
  const act = (action) => attempt("action", { container: { type: "view", view_id: view.id }, ...action });
  drawHome(part("home"), view, { directory, act });
});

const refresh = () => Promise.all([showChannel(), showThread(), showHome()]);

function drawSides() {
  drawSidebar(part("sidebar"), directory, {
    channel: here.channel,
    unread: unread.of(here.as),
    address: (channel) => addressOf({ as: here.as, channel }),
    become: (as) => go({ as }),
  });
}

function draw() {
  const { as, channel, thread } = here;
  const { title, intake } = drawFrame(directory, here);
  if (!thread) threadList.leave();
  composer.moveTo(`${as} ${channel}`, `Message ${title}`);
  reply.moveTo(`${as} ${thread}`, "Reply…");
  drawSamples(part("samples"), intake ? directory.samples : [], trySample);
  tour.draw(directory, intake && directory.samples.length > 0);
  drawSides();
}

// --- where one is ---

/** Another person looks now; what they had open was the other's. */
function become(answer) {
  directory = new Directory(answer);
  modals.clear();
  remember("person", answer.me);
}

/** What a person sees of the workspace. Who was remembered may be unknown to it: then it says who comes first. */
async function workspaceOf(as) {
  if (as) return read("workspace", { as });
  const remembered = recall("person");
  try {
    return await read("workspace", remembered ? { as: remembered } : {});
  } catch (refused) {
    if (!remembered || !(refused instanceof Refused)) throw refused;
    return read("workspace", {});
  }
}

async function arrive() {
  const turn = (arrivals += 1);
  const to = placeOf(location.hash);
  to.as ||= here.as;
  const moved = !to.as || to.as !== here.as;
  try {
    const answer = moved ? await workspaceOf(to.as) : null;
    if (turn !== arrivals) return;
    const before = directory;
    if (answer) become(answer);
    const { place, lost } = allowed({ ...to, as: directory.me.id }, directory, before);
    if (lost) say(`${directory.me.label} is not in ${lost}.`);
    enter(place, moved);
    await refresh();
    drawSides();
    if (moved) await catchUp(place.as);
  } catch (refused) {
    say(refused.message);
  }
}

function enter(place, moved) {
  const opened = place.channel === HOME && (moved || here.channel !== HOME);
  if (place.thread) show("thread");
  else if (place.channel !== here.channel || document.body.dataset.pane === "thread") show("channel");
  here = place;
  history.replaceState(null, "", addressOf(place));
  draw();
  if (moved) stream.follow(place.as);
  if (opened) attempt("home_opened", {});
}

async function catchUp(as) {
  const others = directory.channels.filter(({ id }) => id !== here.channel);
  const messagesOf = async (channel) => (await read("messages", { as, channel })).messages;
  await unread.catchUp(as, others, messagesOf);
  if (as === here.as) drawSides();
}

// --- what happens ---

function said({ type, channel, ts, thread_ts: thread }) {
  if (type === "ephemeral" || channel === directory.direct?.id) tour.answered();
  if (channel !== here.channel) {
    if (["message", "ephemeral"].includes(type)) unread.of(here.as).add(channel);
    drawSides();
    return;
  }
  showChannel();
  if (type === "deleted" && ts === here.thread) closeThread();
  else if (here.thread && (!thread || thread === here.thread)) showThread();
}

const stream = new Stream({
  onLost: () => connection(true),
  onEvent(event) {
    if (!directory) return;
    if (event.type === "hello") {
      connection(false);
      refresh();
    } else if (event.type === "home") showHome();
    else if (event.type === "view") modals.show(event.view);
    else if (event.type === "view_closed") modals.gone(event.view_id ?? event.view?.id);
    else if (event.type === "notice") say(event.text);
    else said(event);
  },
});

addEventListener("hashchange", arrive);
part("close-thread").addEventListener("click", closeThread);
part("to-channel").addEventListener("click", closeThread);
part("to-sidebar").addEventListener("click", () => show("sidebar"));
part("sidebar").addEventListener("click", ({ target }) => target.closest("a.place") && show("channel"));
document.addEventListener("keydown", (event) => {
  if (document.querySelector("dialog[open]") || event.ctrlKey || event.metaKey || event.altKey) return;
  const writing = event.target.closest("input, textarea, select");
  if (event.key === "Escape" && here.thread) closeThread();
  else if (event.key === "/" && !writing) {
    event.preventDefault();
    (part("thread").contains(event.target) ? reply : composer).focus();
  }
});
arrive();
