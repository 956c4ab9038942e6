// Reactions: the pills under a message, and the picker.

import { count, h } from "./dom.js";
import { emojiText } from "./emoji.js";
import { openMenu } from "./menu.js";

const PICKS = {
  white_check_mark: "approve",
  pencil2: "edit",
  x: "reject",
  rotating_light: "escalate",
  repeat: "redraft",
  eyes: "I am on it",
  "+1": "thumbs up",
};

const mine = (reaction, { directory }) => reaction.users.includes(directory.me.id);

function pill(message, reaction, place) {
  const pressed = mine(reaction, place);
  const names = reaction.users.map((user) => place.directory.nameOf(user)).join(", ");
  const people = count(reaction.count ?? reaction.users.length, "person", "people");
  return h(
    "button.pill",
    {
      type: "button",
      "aria-pressed": String(pressed),
      "aria-label": `${reaction.name.replaceAll("_", " ")}, ${people}: ${names}`,
      title: `${names} reacted with :${reaction.name}:`,
      "data-key": `reaction:${reaction.name}`,
      "data-reaction": reaction.name,
      onclick: () => place.on.react(message, reaction.name, !pressed),
    },
    h("span.emoji", {}, emojiText(reaction.name)),
    ` ${reaction.count ?? reaction.users.length}`,
  );
}

/** Offers the emoji people use here; what is chosen already is taken back. */
export function pickReaction(message, place, anchor, back) {
  const given = (message.reactions ?? []).filter((reaction) => mine(reaction, place)).map(({ name }) => name);
  const choices = Object.entries(PICKS).map(([name, meaning]) => ({
    label: emojiText(name),
    spoken: `${name.replaceAll("_", " ")} (${meaning})`,
    checked: given.includes(name),
    pick: () => place.on.react(message, name, !given.includes(name)),
  }));
  openMenu(anchor, "Add a reaction", choices, { flat: true, back });
}

/** The pills and the button that adds one; nothing when nobody has reacted. */
export function reactionRow(message, place, back) {
  const reactions = message.reactions ?? [];
  if (!reactions.length) return null;
  const add = h(
    "button.pill.add",
    {
      type: "button",
      "aria-label": "Add a reaction",
      "data-key": "add-reaction",
      onclick: ({ currentTarget }) => pickReaction(message, place, currentTarget, back),
    },
    "☺+",
  );
  return h("div.reactions", {}, ...reactions.map((reaction) => pill(message, reaction, place)), add);
}
