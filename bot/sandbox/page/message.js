// One message: who, when, what, its reactions, its thread, and what can be done with it.

import { blockNodes } from "./blocks.js";
import { copy } from "./copy.js";
import { ask } from "./dialogs.js";
import { count, h } from "./dom.js";
import { openMenu } from "./menu.js";
import { mrkdwn, typed } from "./mrkdwn.js";
import { pickReaction, reactionRow } from "./reactions.js";

const SHADES = 6;
const fromApp = (message, { app }) => message.bot_id === app.bot_id || message.user === app.user_id;

/** The name a message is signed with. */
export const authorOf = (message, directory) =>
  fromApp(message, directory) ? directory.app.name : directory.nameOf(message.user);

/** A person's sign: initials on a shade of their own. Decoration; the name stands beside it. */
export function avatar(id, directory) {
  const name = directory.nameOf(id);
  const initials = name.split(/\s+/, 2).map((word) => [...word][0] ?? "").join("");
  const shade = Math.max(0, directory.people.findIndex((person) => person.id === id)) % SHADES;
  return h(`span.avatar.${directory.isApp(id) ? "app" : `shade-${shade}`}`, { "aria-hidden": "true" }, initials);
}

function when(ts) {
  const moment = new Date(Number(ts) * 1000);
  const today = moment.toDateString() === new Date().toDateString();
  const style = { hour: "numeric", minute: "2-digit", ...(today ? {} : { day: "numeric", month: "short" }) };
  const full = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "medium" }).format(moment);
  return h("time", { datetime: moment.toISOString(), title: full }, new Intl.DateTimeFormat(undefined, style).format(moment));
}

function headline(message, place) {
  const { directory } = place;
  const person = directory.byId.get(message.user);
  return h(
    "div.headline",
    {},
    h("span.author", {}, authorOf(message, directory)),
    message.bot_id ? h("span.badge", {}, "APP") : null,
    person?.guest && !message.bot_id ? h("span.badge.guest", {}, "GUEST") : null,
    when(message.ts),
    message.ephemeral ? h("span.private", {}, "Only visible to you") : null,
  );
}

/** What people type is shown from its text, as Slack formats it; an app's message from its blocks. */
function body(message, place) {
  const { directory } = place;
  const edited = message.edited && !message.bot_id ? h("span.edited", {}, " (edited)") : null;
  const act = (action) => place.on.act(message, action);
  if (message.bot_id && message.blocks?.length) {
    return h("div.body.blocks", {}, ...blockNodes(message.blocks, { directory, act }), edited);
  }
  return h("div.body.text", {}, ...mrkdwn(message.text ?? "", directory), edited);
}

function threadSummary(message, place) {
  if (place.inThread || !message.reply_count) return null;
  const people = (message.reply_users ?? []).slice(0, 4).map((user) => avatar(user, place.directory));
  return h(
    "button.summary",
    { type: "button", "data-key": "thread", onclick: () => place.on.openThread(message) },
    ...people,
    h("span", {}, count(message.reply_count, "reply", "replies")),
    h("span.who", {}, (message.reply_users ?? []).map((user) => place.directory.nameOf(user)).join(", ")),
  );
}

/** Everything that can be done with a message, for its menu. */
function choices(message, place, row) {
  const { directory, on } = place;
  const own = message.user === directory.me.id && !message.bot_id;
  const again = () => rowAgain(row);
  const spoken = () => row.querySelector(".body").innerText;
  return [
    { label: "Add reaction", pick: () => pickReaction(message, place, again(), again) },
    place.inThread ? null : { label: "Reply in thread", pick: () => on.openThread(message, { reply: true }) },
    ...directory.shortcuts.map((shortcut) => ({
      label: shortcut.name,
      note: directory.app.name,
      pick: () => on.shortcut(message, shortcut.callback_id),
    })),
    { label: "Copy text", pick: () => copy(spoken()) },
    own ? { label: "Edit message", pick: () => edit(message, place, again()) } : null,
    own ? { label: "Delete message", danger: true, pick: () => remove(message, place) } : null,
  ].filter(Boolean);
}

/** The row as it stands now: it is drawn anew with each change. */
const rowAgain = (row) => (row.isConnected ? row : document.querySelector(`.pane:not([hidden]) #${CSS.escape(row.id)}`));

function toolbar(message, place, row) {
  const tool = (label, sign, onclick, more = {}) =>
    h("button.tool", { type: "button", "aria-label": label, title: label, onclick, ...more }, sign);
  const back = () => rowAgain(row());
  const open = ({ currentTarget }) =>
    openMenu(currentTarget, "What to do with this message", choices(message, place, row()), { back });
  return h(
    "div.toolbar",
    {},
    tool("Add reaction", "☺+", ({ currentTarget }) => pickReaction(message, place, currentTarget, back)),
    place.inThread ? null : tool("Reply in thread", "↪", () => place.on.openThread(message, { reply: true })),
    tool("More actions", "⋯", open, { "aria-haspopup": "menu", "data-key": "more" }),
  );
}

async function remove(message, { on }) {
  const text = "This cannot be undone.";
  if (await ask({ title: "Delete this message?", text, yes: "Delete", danger: true })) on.remove(message);
}

/** The text becomes a field; Enter saves, Esc leaves it as it was. */
function edit(message, place, row) {
  const before = row.querySelector(".body");
  const box = h("textarea", { "aria-label": "Edit message", rows: 3 });
  box.value = typed(message.text, place.directory);
  const done = () => {
    delete row.dataset.editing;
    form.replaceWith(before);
    row.focus();
  };
  const save = async () => {
    if (!box.value.trim() || (await place.on.edit(message, box.value))) done();
  };
  const form = h(
    "form.editing",
    {
      onsubmit: (event) => {
        event.preventDefault();
        save();
      },
      onkeydown: (event) => {
        event.stopPropagation();
        if (event.key === "Escape") done();
        if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.target !== box) return;
        event.preventDefault();
        save();
      },
    },
    box,
    h("button.button", { type: "button", onclick: done }, "Cancel"),
    h("button.button.primary", { type: "submit" }, "Save"),
  );
  row.dataset.editing = "";
  before.replaceWith(form);
  box.focus();
}

/** A row of the message list. `place` is {directory, inThread, on: {react, openThread, act, ...}}. */
export function messageRow(message, place) {
  const id = `${place.inThread ? "t" : "c"}-${message.ts}`;
  const tools = message.ephemeral
    ? h("button.plain.dismiss", { type: "button", onclick: () => place.on.dismiss(message) }, "Dismiss")
    : toolbar(message, place, () => row);
  const kind = `${message.ephemeral ? ".ephemeral" : ""}${message.bot_id ? ".from-app" : ""}`;
  const row = h(
    `li.message${kind}`,
    { id, tabindex: "-1", "data-ts": message.ts },
    avatar(message.bot_id ? place.directory.app.user_id : message.user, place.directory),
    h(
      "div.content",
      {},
      headline(message, place),
      body(message, place),
      reactionRow(message, place, () => rowAgain(row)),
      threadSummary(message, place),
    ),
    tools,
  );
  row.addEventListener("react", () => !message.ephemeral && pickReaction(message, place, row, () => rowAgain(row)));
  row.addEventListener("open-thread", () => place.inThread || message.ephemeral || place.on.openThread(message));
  return row;
}
