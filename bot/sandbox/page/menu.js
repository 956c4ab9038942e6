// Menus: a list of choices beside the thing that opened it, moved in with the arrow keys.

import { h } from "./dom.js";

const GAP = 4;
const KEYS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

function put(menu, anchor) {
  const at = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const below = at.bottom + GAP + height <= innerHeight;
  menu.style.left = `${Math.max(GAP, Math.min(at.left, innerWidth - width - GAP))}px`;
  menu.style.top = `${below ? at.bottom + GAP : Math.max(GAP, at.top - GAP - height)}px`;
}

function item(choice, pick) {
  const role = choice.checked === undefined ? "menuitem" : "menuitemradio";
  return h(
    `button.choice${choice.danger ? ".danger" : ""}`,
    {
      type: "button",
      role,
      tabindex: "-1",
      "aria-checked": choice.checked === undefined ? null : String(choice.checked),
      "aria-label": choice.spoken,
      onclick: () => pick(choice),
    },
    ...[choice.label].flat(),
    choice.note ? h("span.note", {}, choice.note) : null,
  );
}

/** Open a menu at `anchor`. A choice is {label, note?, checked?, danger?, spoken?, pick}. `back` says where the focus
 * returns to: the anchor itself may have been drawn anew by then. */
export function openMenu(anchor, label, choices, { flat = false, back = () => anchor } = {}) {
  const close = () => menu.hidePopover();
  const pick = (choice) => {
    close();
    choice.pick();
  };
  const items = choices.map((choice) => item(choice, pick));
  const menu = h(`div.menu${flat ? ".flat" : ""}`, { popover: "auto", role: "menu", "aria-label": label }, ...items);
  menu.addEventListener("keydown", (event) => {
    const at = items.indexOf(document.activeElement);
    // What is pressed in a menu is meant for the menu: Esc closes it (the browser does that) and not the thread.
    event.stopPropagation();
    if (event.key === "Tab") close();
    if (KEYS[event.key]) items.at((at + KEYS[event.key]) % items.length).focus();
    else if (event.key === "Home") items[0].focus();
    else if (event.key === "End") items.at(-1).focus();
    else return;
    event.preventDefault();
  });
  menu.addEventListener("toggle", ({ newState }) => {
    if (newState !== "closed") return;
    const inside = menu.contains(document.activeElement) || document.activeElement === document.body;
    menu.remove();
    if (inside) back()?.focus();
  });
  // Inside a modal dialog only its own descendants can be used.
  (anchor.closest("dialog[open]") ?? document.body).append(menu);
  menu.showPopover();
  put(menu, anchor);
  (items.find((node) => node.getAttribute("aria-checked") === "true") ?? items[0])?.focus();
}
