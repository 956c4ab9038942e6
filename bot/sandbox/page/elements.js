// The elements of Block Kit that act at once: buttons, menus and choices in messages, and those of a view's actions.

import { ask } from "./dialogs.js";
import { freshId, h, webAddress } from "./dom.js";
import { openMenu } from "./menu.js";
import { textNodes } from "./mrkdwn.js";

/** Sends the action, after the element's own question if it has one. The control cannot be used twice meanwhile. */
async function act(element, place, control, chosen) {
  if (control.hasAttribute("aria-busy")) return false;
  if (element.confirm && !(await agreed(element.confirm, place))) return false;
  control.setAttribute("aria-busy", "true");
  try {
    await place.act({ block_id: place.block.block_id, action_id: element.action_id, ...chosen }, element);
  } finally {
    control.removeAttribute("aria-busy");
  }
  return true;
}

const agreed = (confirm, { directory }) =>
  ask({
    title: textNodes(confirm.title, directory),
    text: textNodes(confirm.text, directory),
    yes: textNodes(confirm.confirm, directory),
    no: textNodes(confirm.deny, directory),
    danger: confirm.style === "danger",
  });

const keyOf = (element, { block }) => `act:${block.block_id}/${element.action_id}`;

function button(element, place) {
  const label = textNodes(element.text, place.directory);
  const address = element.url && webAddress(element.url);
  const shared = { "aria-label": element.accessibility_label, "data-key": keyOf(element, place) };
  const press = ({ currentTarget }) => act(element, place, currentTarget, { value: element.value });
  const kind = `button${element.style ? `.${element.style}` : ""}`;
  if (!address) return h(`button.${kind}`, { type: "button", ...shared, onclick: press }, ...label);
  const elsewhere = { href: address, target: "_blank", rel: "noopener noreferrer" };
  return h(`a.${kind}`, { ...shared, ...elsewhere, onclick: press }, ...label);
}

const optionsOf = (element) => element.options ?? (element.option_groups ?? []).flatMap((group) => group.options);

const labelled = (option, { directory }) => ({
  label: textNodes(option.text, directory),
  note: option.description?.text,
});

/** A menu opens on a click and acts on the choice; arrow keys alone decide nothing. */
function menuButton(element, place, { words, label, caret, showsChoice }) {
  const shown = h("span", {}, ...words);
  const control = h(
    "button.button",
    {
      type: "button",
      "aria-haspopup": "menu",
      "aria-label": label,
      "data-key": keyOf(element, place),
      onclick: () => openMenu(control, label ?? "Choose", optionsOf(element).map(choice)),
    },
    shown,
    caret,
  );
  const choice = (option) => ({
    ...labelled(option, place),
    pick: async () => {
      const sent = await act(element, place, control, { selected_option: option });
      if (sent && showsChoice) shown.replaceChildren(...textNodes(option.text, place.directory));
    },
  });
  return control;
}

const overflow = (element, place) => menuButton(element, place, { words: ["⋯"], label: "More choices", caret: "" });

function staticSelect(element, place) {
  const text = element.initial_option?.text ?? element.placeholder ?? { type: "plain_text", text: "Choose" };
  const caret = h("span", { "aria-hidden": "true" }, " ▾");
  return menuButton(element, place, { words: textNodes(text, place.directory), caret, showsChoice: true });
}

function choices(element, place, { type, chosen, initial }) {
  const name = freshId("choice");
  return h(
    "div.choices",
    { role: type === "radio" ? "radiogroup" : "group" },
    ...optionsOf(element).map((option, number) => {
      const input = h("input", {
        type,
        name,
        checked: initial.some((one) => one.value === option.value),
        "data-key": `${keyOf(element, place)}/${number}`,
      });
      input.addEventListener("change", async () => {
        const boxes = [...input.closest(".choices").querySelectorAll("input")];
        const picked = optionsOf(element).filter((_, at) => boxes[at].checked);
        if (!(await act(element, place, input, chosen(picked)))) input.checked = !input.checked;
      });
      const note = option.description && h("span.note", {}, ...textNodes(option.description, place.directory));
      return h("label", {}, input, h("span", {}, ...textNodes(option.text, place.directory), note));
    }),
  );
}

const radioButtons = (element, place) =>
  choices(element, place, {
    type: "radio",
    initial: [element.initial_option].filter(Boolean),
    chosen: ([option]) => ({ selected_option: option }),
  });

const checkboxes = (element, place) =>
  choices(element, place, {
    type: "checkbox",
    initial: element.initial_options ?? [],
    chosen: (options) => ({ selected_options: options }),
  });

const image = (element) => h("span.image", {}, `[image: ${element.alt_text ?? ""}]`);

const KINDS = { button, overflow, static_select: staticSelect, radio_buttons: radioButtons, checkboxes, image };

/** One element. `place` is {directory, act, block}. */
export function elementNode(element, place) {
  const make = KINDS[element.type];
  return make ? make(element, place) : h("span.unknown", {}, `(${element.type}: not shown here)`);
}
