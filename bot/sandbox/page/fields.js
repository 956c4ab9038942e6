// What a person fills in: the elements of input blocks. Each field knows its control and its value.

import { freshId, h } from "./dom.js";
import { plain, textNodes } from "./mrkdwn.js";

const optionsOf = (element) => element.options ?? (element.option_groups ?? []).flatMap((group) => group.options);
const byValue = (element, value) => optionsOf(element).find((option) => option.value === value) ?? null;

function textInput(element, id, before) {
  const control = h(element.multiline ? "textarea" : "input", {
    id,
    type: element.multiline ? null : "text",
    rows: element.multiline ? 6 : null,
    placeholder: element.placeholder?.text,
    maxlength: element.max_length,
  });
  control.value = before?.value ?? element.initial_value ?? "";
  const counter = element.max_length ? h("span.counter", { id: `${id}-left` }) : null;
  const tell = () => counter && (counter.textContent = String(element.max_length - control.value.length));
  control.addEventListener("input", tell);
  tell();
  return {
    node: h("div.field", {}, control, counter),
    control,
    value: () => ({ type: element.type, value: control.value === "" ? null : control.value }),
    empty: () => control.value.trim() === "",
    problem: () => tooShort(element, control.value),
  };
}

function tooShort({ min_length: least }, value) {
  return least && value.length < least ? `Use at least ${least} characters.` : null;
}

function select(element, id, before) {
  const first = h("option", { value: "" }, plain(element.placeholder?.text ?? "Choose one"));
  const control = h("select", { id }, first, ...optionsOf(element).map(optionNode));
  control.value = before?.selected_option?.value ?? element.initial_option?.value ?? "";
  return {
    node: h("div.field", {}, control),
    control,
    value: () => ({ type: element.type, selected_option: byValue(element, control.value) }),
    empty: () => control.value === "",
  };
}

const optionNode = (option) => h("option", { value: option.value }, plain(option.text.text));

function boxes(element, id, type, chosen, directory) {
  const name = freshId("choice");
  const inputs = optionsOf(element).map((option) =>
    h("input", { type, name, value: option.value, checked: chosen.includes(option.value) }),
  );
  const node = h(
    "div.choices",
    { id, role: type === "radio" ? "radiogroup" : "group", tabindex: "-1" },
    ...optionsOf(element).map((option, number) => {
      const note = option.description && h("span.note", {}, ...textNodes(option.description, directory));
      return h("label", {}, inputs[number], h("span", {}, ...textNodes(option.text, directory), note));
    }),
  );
  const picked = () => inputs.filter((input) => input.checked).map((input) => byValue(element, input.value));
  return { node, control: node, picked, empty: () => picked().length === 0, group: true };
}

function radios(element, id, before, directory) {
  const chosen = [before?.selected_option?.value ?? element.initial_option?.value];
  const field = boxes(element, id, "radio", chosen, directory);
  return { ...field, value: () => ({ type: element.type, selected_option: field.picked()[0] ?? null }) };
}

function checks(element, id, before, directory) {
  const chosen = (before?.selected_options ?? element.initial_options ?? []).map((option) => option.value);
  const field = boxes(element, id, "checkbox", chosen, directory);
  return { ...field, value: () => ({ type: element.type, selected_options: field.picked() }) };
}

const KINDS = { plain_text_input: textInput, static_select: select, radio_buttons: radios, checkboxes: checks };

/** An input block as {node, control, value(), fail(sentence)}; `before` is what was filled in already. */
export function inputField(block, directory, before) {
  const { element } = block;
  const id = freshId("input");
  const make = KINDS[element.type];
  if (!make) return null;
  const field = make(element, id, before, directory);
  const error = h("p.error", { id: `${id}-error`, hidden: true });
  const hint = block.hint && h("p.hint", { id: `${id}-hint` }, ...textNodes(block.hint, directory));
  const label = textNodes(block.label, directory);
  if (block.optional) label.push(h("span.note", {}, " (optional)"));
  const title = field.group ? h("span.label", { id: `${id}-label` }, ...label) : h("label.label", { for: id }, ...label);
  if (field.group) field.control.setAttribute("aria-labelledby", `${id}-label`);
  const describe = (failed) => {
    const ids = [failed && error.id, hint && hint.id].filter(Boolean).join(" ");
    if (ids) field.control.setAttribute("aria-describedby", ids);
    else field.control.removeAttribute("aria-describedby");
    field.control.setAttribute("aria-invalid", String(failed));
  };
  describe(false);
  return {
    ...field,
    block,
    node: h("div.block.input", { "data-block": block.block_id }, title, field.node, hint, error),
    /** Says what is wrong with this field; null says that nothing is. */
    fail(sentence) {
      error.textContent = sentence ?? "";
      error.hidden = !sentence;
      describe(Boolean(sentence));
    },
    /** What can be seen to be wrong before anything is sent. */
    wrong() {
      if (!field.empty()) return field.problem?.() ?? null;
      return block.optional ? null : "Please fill this in.";
    },
  };
}
