// Block Kit to DOM: the blocks of messages, modals and the App Home.

import { h } from "./dom.js";
import { elementNode } from "./elements.js";
import { textNodes } from "./mrkdwn.js";
import { richText } from "./rich_text.js";

function section(block, place) {
  const { directory } = place;
  const fields = (block.fields ?? []).map((field) => h("div.text", {}, ...textNodes(field, directory)));
  return h(
    "div.block.section",
    {},
    h(
      "div.words",
      {},
      block.text ? h("div.text", {}, ...textNodes(block.text, directory)) : null,
      fields.length ? h("div.fields", {}, ...fields) : null,
    ),
    block.accessory ? h("div.accessory", {}, elementNode(block.accessory, place)) : null,
  );
}

const context = (block, place) =>
  h(
    "div.block.context",
    {},
    ...block.elements.map((element) =>
      element.type === "image"
        ? elementNode(element, place)
        : h("span.text", {}, ...textNodes(element, place.directory)),
    ),
  );

/** A file of the workspace as a picture; anything else as its words: the page fetches nothing from elsewhere. */
function image(block) {
  const alt = block.alt_text ?? "";
  const file = block.slack_file?.id;
  if (!file) return h("div.block.image", {}, `[image: ${alt}]`);
  return h("img.block.picture", { src: `/file/${encodeURIComponent(file)}`, alt });
}

const KINDS = {
  section,
  context,
  divider: () => h("hr.block"),
  header: (block, { directory }) => h("h3.block.header", {}, ...textNodes(block.text, directory)),
  actions: (block, place) =>
    h("div.block.actions", {}, ...block.elements.map((element) => elementNode(element, place))),
  rich_text: (block, { directory }) => h("div.block.rich", {}, ...richText(block, directory)),
  image,
  input: (block, place) => place.field?.(block) ?? null,
};

/** The blocks as nodes. `place` is {directory, act(action), field?(input block)}. */
export function blockNodes(blocks, place) {
  return blocks.map((block) => {
    const make = KINDS[block.type];
    const node = make && make(block, { ...place, block });
    return node ?? h("div.block.unknown", {}, `(A block this page does not show: ${block.type})`);
  });
}
