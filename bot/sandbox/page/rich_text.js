// rich_text blocks: sections, lists, quotes and preformatted text, made of plain runs.

import { copyable } from "./copy.js";
import { h, link } from "./dom.js";
import { emojiText } from "./emoji.js";
import { dateText, mention } from "./mrkdwn.js";

const STYLES = { bold: "strong", italic: "em", strike: "s", code: "code" };

function styled(node, style = {}) {
  return Object.entries(STYLES).reduce((inner, [name, tag]) => (style[name] ? h(tag, {}, inner) : inner), node);
}

const RUNS = {
  text: (run) => run.text,
  link: (run) => link(run.url, run.text || run.url),
  emoji: (run) => (run.unicode ? fromCodePoints(run.unicode) : emojiText(run.name)),
  user: (run, directory) => mention(`@${directory.nameOf(run.user_id)}`),
  usergroup: (run, directory) => mention(`@${directory.groupName(run.usergroup_id)}`),
  channel: (run, directory) => mention(`#${directory.channelName(run.channel_id)}`),
  broadcast: (run) => mention(`@${run.range}`),
  date: (run) => h("time", {}, dateText(run.timestamp, run.format ?? "", run.fallback ?? "")),
  color: (run) => run.value,
};

function fromCodePoints(unicode) {
  const points = unicode.split("-").map((point) => Number.parseInt(point, 16));
  return points.every((point) => point >= 0 && point <= 0x10ffff) ? String.fromCodePoint(...points) : unicode;
}

const runs = (elements, directory) =>
  elements.map((run) => styled(RUNS[run.type]?.(run, directory) ?? "", run.style));

const wordsOf = (elements) => elements.map((run) => run.text ?? run.url ?? "").join("");

const PARTS = {
  rich_text_section: (part, directory) => h("div.text", {}, ...runs(part.elements, directory)),
  rich_text_quote: (part, directory) => h("blockquote.text", {}, ...runs(part.elements, directory)),
  rich_text_preformatted: (part, directory) =>
    copyable(wordsOf(part.elements), ...runs(part.elements, directory)),
  rich_text_list: (part, directory) =>
    h(
      `${part.style === "ordered" ? "ol" : "ul"}.text.indent-${Math.min(part.indent ?? 0, 4)}`,
      { start: part.style === "ordered" && part.offset ? part.offset + 1 : null },
      ...part.elements.map((item) => h("li", {}, ...runs(item.elements, directory))),
    ),
};

/** The parts of a rich_text block, in order. */
export const richText = (block, directory) =>
  (block.elements ?? []).map((part) => PARTS[part.type]?.(part, directory) ?? null);
