// A list of messages: drawn anew only where something changed, so that focus, scrolling and half-made edits stay.

import { shortened } from "./dom.js";
import { authorOf } from "./message.js";
import { typed } from "./mrkdwn.js";
import { announce } from "./notices.js";

const NEAR_THE_END = 80;
const MOVES = { ArrowDown: 1, ArrowUp: -1 };

export class Timeline {
  #rows = new Map();
  #shows = "";
  #atEnd = true;

  constructor(list) {
    const pane = list.parentElement;
    this.list = list;
    pane.addEventListener("scroll", () => (this.#atEnd = this.#nearTheEnd()), { passive: true });
    // A thread that opens beside it, or a text that grows below it, must not hide what was said last.
    new ResizeObserver(() => this.#atEnd && (pane.scrollTop = pane.scrollHeight)).observe(pane);
    list.addEventListener("keydown", (event) => this.#onKey(event));
    list.addEventListener("focusin", ({ target }) => this.#stopAt(target.closest(".message")));
  }

  /** Shows these messages of `what` (a channel or thread); `make` draws one. New ones are announced. */
  show(what, messages, make, directory) {
    const first = this.#shows !== what;
    if (first) this.#rows.clear();
    this.#shows = what;
    const atEnd = first || this.#nearTheEnd();
    const fitted = first || !this.#tooTall(this.list.lastElementChild);
    const focus = this.#focused();
    const rows = new Map();
    const fresh = [];
    for (const message of messages) {
      const says = JSON.stringify(message);
      const known = this.#rows.get(message.ts);
      if (known && (known.says === says || "editing" in known.node.dataset)) rows.set(message.ts, known);
      else {
        rows.set(message.ts, { says, text: message.text, node: make(message) });
        if (!first && known?.text !== message.text) fresh.push(message);
      }
    }
    this.#place([...rows.values()].map(({ node }) => node));
    this.#rows = rows;
    this.#stopAt(this.list.querySelector(".message[tabindex='0']") ?? this.list.lastElementChild);
    this.#refocus(focus);
    if (atEnd) this.#toEnd(fitted);
    this.#tell(fresh, directory);
  }

  /** Nobody looks here any more; the next time begins at the end again. */
  leave() {
    this.#shows = "";
  }

  focusNewest() {
    this.list.lastElementChild?.focus();
  }

  /** The row of a message, if it is shown. */
  row(ts) {
    return this.#rows.get(ts)?.node ?? null;
  }

  #place(nodes) {
    nodes.forEach((node, at) => {
      const there = this.list.children[at];
      if (there !== node) this.list.insertBefore(node, there ?? null);
    });
    while (this.list.children.length > nodes.length) this.list.lastElementChild.remove();
  }

  /** Keeps the end in sight; of a message that has just grown taller than the list, its beginning. */
  #toEnd(fitted) {
    const pane = this.list.parentElement;
    const newest = this.list.lastElementChild;
    pane.scrollTop = pane.scrollHeight;
    if (fitted && this.#tooTall(newest)) newest.scrollIntoView({ block: "start" });
  }

  #tooTall(row) {
    return Boolean(row) && row.offsetHeight > this.list.parentElement.clientHeight;
  }

  #nearTheEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.list.parentElement;
    return scrollHeight - scrollTop - clientHeight < NEAR_THE_END;
  }

  #focused() {
    const { activeElement: at } = document;
    if (!this.list.contains(at)) return null;
    return { node: at, ts: at.closest(".message")?.dataset.ts, key: at.closest("[data-key]")?.dataset.key };
  }

  #refocus(focus) {
    if (!focus || (focus.node.isConnected && document.activeElement === focus.node)) return;
    const row = this.row(focus.ts) ?? this.list.lastElementChild;
    const same = focus.key && row?.querySelector(`[data-key="${CSS.escape(focus.key)}"]`);
    (same || row)?.focus({ preventScroll: true });
  }

  /** One message at a time is a stop for the Tab key. */
  #stopAt(row) {
    if (!row) return;
    for (const other of this.list.querySelectorAll(".message[tabindex='0']")) other.tabIndex = -1;
    row.tabIndex = 0;
  }

  #onKey(event) {
    const row = event.target;
    if (!row.matches(".message") || event.ctrlKey || event.metaKey || event.altKey) return;
    const rows = [...this.list.children];
    const to = { Home: rows[0], End: rows.at(-1) }[event.key] ?? rows[rows.indexOf(row) + MOVES[event.key]];
    if (to) to.focus();
    else if (event.key === "+") row.dispatchEvent(new CustomEvent("react"));
    else if (event.key === "Enter") row.dispatchEvent(new CustomEvent("open-thread"));
    else if (!MOVES[event.key]) return;
    event.preventDefault();
  }

  #tell(messages, directory) {
    const others = messages.filter((message) => message.user !== directory.me.id);
    const words = others.map((message) => `${authorOf(message, directory)}: ${typed(message.text ?? "", directory)}`);
    if (words.length) announce(shortened(words.join(". ")));
  }
}
