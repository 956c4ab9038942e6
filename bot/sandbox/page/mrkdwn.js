// Slack's mrkdwn to DOM nodes, and back to what was typed. Nothing here parses HTML, and only web addresses become links.

import { emoji, emojiText } from "./emoji.js";
import { copyable } from "./copy.js";
import { h, link } from "./dom.js";

const ENTITIES = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };
const unescaped = (text) => text.replace(/&(?:amp|lt|gt);/g, (entity) => ENTITIES[entity]);

const DATE_WORDS = {
  date_num: { year: "numeric", month: "2-digit", day: "2-digit" },
  date: { year: "numeric", month: "long", day: "numeric" },
  date_short: { year: "numeric", month: "short", day: "numeric" },
  date_long: { weekday: "long", year: "numeric", month: "long", day: "numeric" },
  time: { hour: "numeric", minute: "2-digit" },
  time_secs: { hour: "numeric", minute: "2-digit", second: "2-digit" },
};

/** <!date^1700000000^{date_short} at {time}|fallback>, in the reader's own time zone. */
export function dateText(timestamp, format, fallback) {
  const when = new Date(Number(timestamp) * 1000);
  if (Number.isNaN(when.getTime())) return fallback;
  return format.replace(/\{(\w+)\}/g, (token, word) => {
    const wanted = DATE_WORDS[word.replace("_pretty", "")];
    return wanted ? new Intl.DateTimeFormat(undefined, wanted).format(when) : token;
  });
}

export const mention = (...words) => h("span.mention", {}, ...words);

/** What stands between < and >: a mention, a channel, a group, a date or a link; else null. */
function angled(inside, directory) {
  const [target, label] = inside.split(/\|(.*)/s);
  const shown = label === undefined ? null : unescaped(label);
  const [command, ...parts] = target.slice(1).split("^");
  if (target.startsWith("@")) return mention(`@${directory.nameOf(command)}`);
  if (target.startsWith("#")) return mention(`#${shown || directory.channelName(command)}`);
  if (target.startsWith("!")) {
    if (command === "subteam") return mention(shown || `@${directory.groupName(parts[0])}`);
    if (command === "date") return h("time", {}, dateText(parts[0], parts[1] ?? "", shown ?? ""));
    if (["here", "channel", "everyone"].includes(command)) return mention(`@${command}`);
    return null;
  }
  if (!/^[a-z][a-z0-9+.-]*:/i.test(target)) return null;
  const url = unescaped(target);
  const here = directory.messageAddress(url);
  return here ? h("a", { href: here }, shown || url) : link(directory.reachable(url), shown || url);
}

// Each rule matches at one place of the text and answers with what to show, or null: then the next rule is asked.
const RULES = [
  [/`([^`\n]+)`/y, ([, code]) => h("code", {}, unescaped(code))],
  [/<([^<>\n]+)>/y, ([, inside], { directory }) => angled(inside, directory)],
  [/(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])/y, ([, words], context) => h("strong", {}, ...inline(words, context))],
  [/(?<![\w_])_(?=\S)([^\n]+?)(?<=\S)_(?![\w_])/y, ([, words], context) => h("em", {}, ...inline(words, context))],
  [/(?<![\w~])~(?=\S)([^~\n]+?)(?<=\S)~(?![\w~])/y, ([, words], context) => h("s", {}, ...inline(words, context))],
  [/:([a-z0-9_+-]+(?:::skin-tone-\d)?):/y, ([, name]) => emoji(name)],
  [/&(?:amp|lt|gt);/y, ([entity]) => ENTITIES[entity]],
  [
    /(?<![\w/])https?:\/\/[^\s<>|]*[^\s<>|.,;:!?()'"*_~`]/y,
    ([url], { verbatim, directory }) => (verbatim ? null : link(directory.reachable(unescaped(url)), unescaped(url))),
  ],
];
const ORDINARY = /[^`<*_~:&h]+/y;

function matchAt(rule, text, at) {
  rule.lastIndex = at;
  return rule.exec(text);
}

function nextNode(text, at, context) {
  for (const [rule, show] of RULES) {
    const match = matchAt(rule, text, at);
    const node = match && show(match, context);
    if (node) return [node, at + match[0].length];
  }
  const length = matchAt(ORDINARY, text, at)?.[0].length ?? 1;
  return [text.slice(at, at + length), at + length];
}

function inline(text, context) {
  const nodes = [];
  for (let at = 0, node; at < text.length; ) {
    [node, at] = nextNode(text, at, context);
    nodes.push(node);
  }
  return nodes;
}

/** Lines of text; those that open with > make a quote. */
function lines(text, context) {
  const nodes = [];
  let quote = null;
  let rest = false;
  text.split("\n").forEach((line, number) => {
    const opened = rest ? null : /^(?:&gt;|>)((?:&gt;|>){2})?\s?/.exec(line);
    rest ||= Boolean(opened?.[1]);
    const words = inline(line.slice(opened?.[0].length ?? 0), context);
    if (!opened && !rest) {
      if (number && !quote) nodes.push("\n");
      nodes.push(...words);
      quote = null;
    } else if (quote) quote.append("\n", ...words);
    else nodes.push((quote = h("blockquote", {}, ...words)));
  });
  return nodes;
}

/** A text of Slack's as nodes. `verbatim` leaves bare addresses alone, as Slack does. */
export function mrkdwn(text, directory, { verbatim = false } = {}) {
  const pieces = text.split(/\n?```\n?([\s\S]+?)\n?```\n?/);
  const context = { directory, verbatim };
  return pieces.flatMap((piece, number) => {
    if (number % 2) return copyable(unescaped(piece));
    return piece ? lines(piece, context) : [];
  });
}

/** plain_text: no markup at all; emoji names become emoji when the block asks for it. */
export const plain = (text, withEmoji = true) =>
  withEmoji ? text.replace(/:([a-z0-9_+-]+(?:::skin-tone-\d)?):/g, (_, name) => emojiText(name)) : text;

/** A text object of Block Kit, of either kind. */
export function textNodes(object, directory) {
  if (!object) return [];
  if (object.type === "mrkdwn") return mrkdwn(object.text, directory, object);
  return [plain(object.text, object.emoji ?? true)];
}

/** A message's text as its author would type it again. */
export function typed(text, directory) {
  const plainly = text.replace(/<([^<>\n]+)>/g, (token, inside) => {
    const node = angled(inside, directory);
    return node ? node.textContent : token;
  });
  return unescaped(plainly);
}
