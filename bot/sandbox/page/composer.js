// Where people write: a message, a reply, a command.

import { freshId, h } from "./dom.js";

const beginning = (text) => /^\/\S*$/.test(text);

/** A composer. `send(text)` resolves to something when the text was taken; `commands()` are those of the app. */
export class Composer {
  #drafts = new Map();
  #place = "";
  #at = 0;

  constructor(form, { send, commands }) {
    const list = freshId("hints");
    this.commands = commands;
    this.send = send;
    this.box = h("textarea", {
      rows: 1,
      "aria-autocomplete": "list",
      "aria-controls": list,
    });
    this.hints = h("ul.hints", { id: list, role: "listbox", "aria-label": "Commands", hidden: true });
    form.append(this.hints, this.box, h("button.button.primary.send", { type: "submit" }, "Send"));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.box.addEventListener("input", () => this.#hint());
    this.box.addEventListener("blur", () => this.#hide());
    this.box.addEventListener("keydown", (event) => this.#onKey(event));
  }

  /** Write for another place; what was begun there is there again. */
  moveTo(place, label) {
    if (place !== this.#place) {
      this.#drafts.set(this.#place, this.box.value);
      this.#place = place;
      this.box.value = this.#drafts.get(place) ?? "";
      this.#hide();
    }
    this.box.placeholder = label;
    this.box.setAttribute("aria-label", label);
  }

  fill(text) {
    this.box.value = text;
  }

  focus() {
    this.box.focus();
  }

  /** Sends what is written. A text that was refused comes back, unless something else was begun meanwhile. */
  async submit() {
    const text = this.box.value.trim();
    const place = this.#place;
    if (!text) return null;
    this.#hide();
    this.box.value = "";
    const sent = await this.send(text);
    if (sent) return sent;
    if (place !== this.#place) this.#drafts.set(place, text);
    else if (!this.box.value) this.box.value = text;
    return null;
  }

  get #open() {
    return !this.hints.hidden;
  }

  #onKey(event) {
    if (event.isComposing) return;
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (this.#open && move) this.#mark(this.#at + move);
    else if (this.#open && (event.key === "Tab" || (event.key === "Enter" && !this.#typedWhole()))) this.#complete();
    else if (this.#open && event.key === "Escape") {
      this.#hide();
      event.stopPropagation();
    } else if (event.key === "Enter" && !event.shiftKey) this.submit();
    else return;
    event.preventDefault();
  }

  #typedWhole() {
    return this.commands().some(({ command }) => command === this.box.value);
  }

  #hint() {
    const matching = this.commands().filter(({ command }) => command.startsWith(this.box.value));
    if (!beginning(this.box.value) || !matching.length) return this.#hide();
    this.hints.replaceChildren(...matching.map((command) => this.#option(command)));
    this.hints.hidden = false;
    return this.#mark(0);
  }

  #option({ command, description, usage_hint: usage }) {
    const option = h(
      "li",
      { id: freshId("hint"), role: "option", "data-command": command },
      h("strong", {}, command),
      usage ? h("span.usage", {}, ` ${usage}`) : null,
      h("span.note", {}, description),
    );
    // The pointer must not take the focus from the text first.
    option.addEventListener("mousedown", (event) => {
      event.preventDefault();
      this.#at = [...this.hints.children].indexOf(option);
      this.#complete();
    });
    return option;
  }

  #mark(at) {
    const options = [...this.hints.children];
    this.#at = (at + options.length) % options.length;
    options.forEach((option, number) => option.setAttribute("aria-selected", String(number === this.#at)));
    this.box.setAttribute("aria-activedescendant", options[this.#at].id);
  }

  #complete() {
    this.box.value = `${this.hints.children[this.#at].dataset.command} `;
    this.#hide();
  }

  #hide() {
    this.hints.hidden = true;
    this.box.removeAttribute("aria-activedescendant");
  }
}
