// Modals: the views the app opened, the newest on top, in one native dialog.

import { blockNodes } from "./blocks.js";
import { h } from "./dom.js";
import { inputField } from "./fields.js";
import { textNodes } from "./mrkdwn.js";
import { say } from "./notices.js";

export class Modals {
  #stack = [];
  #fields = [];
  #shown = null;
  #busy = false;

  /** `send(what, body)` posts as the person of now. */
  constructor(dialog, { send, directory }) {
    this.dialog = dialog;
    this.send = send;
    this.directory = directory;
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.#closeTop();
    });
    // A second Esc closes a dialog whatever the page says; the app must hear of it all the same.
    dialog.addEventListener("close", () => this.#stack.length && this.#closeTop());
  }

  /** A view was opened, pushed or updated. */
  show(view) {
    const at = this.#stack.findIndex(({ id }) => id === view.id);
    if (at < 0) this.#stack.push(view);
    else this.#stack[at] = view;
    this.#draw();
  }

  /** A view is gone, and all that was beneath it when it says so. */
  gone(id) {
    const view = this.#stack.find((open) => open.id === id);
    if (!view) return;
    this.#stack = view.clear_on_close ? [] : this.#stack.filter((open) => open !== view);
    this.#draw();
  }

  /** Nothing is open: another person is looking now. */
  clear() {
    this.#stack = [];
    this.#draw();
  }

  #draw() {
    const view = this.#stack.at(-1);
    const kept = this.#shown && view?.id === this.#shown ? this.#values() : {};
    this.#shown = view?.id ?? null;
    if (!view) {
      this.dialog.close();
      this.dialog.replaceChildren();
      return;
    }
    const focused = document.activeElement?.closest?.("[data-block]")?.dataset.block;
    this.#fields = [];
    this.dialog.replaceChildren(this.#form(view, kept));
    if (!this.dialog.open) this.dialog.showModal();
    const again = this.#fields.find(({ block }) => block.block_id === focused) ?? this.#fields[0];
    if (again) again.control.focus();
    else this.dialog.querySelector(".title").focus();
  }

  #form(view, kept) {
    const directory = this.directory();
    const place = {
      directory,
      act: (action) => this.#act(view, action),
      field: (block) => {
        const field = inputField(block, directory, kept[block.block_id]?.[block.element.action_id]);
        if (field) this.#fields.push(field);
        return field?.node;
      },
    };
    const words = (text, otherwise) => (text ? textNodes(text, directory) : [otherwise]);
    return h(
      "form",
      { novalidate: true, onsubmit: (event) => this.#submit(event, view) },
      h(
        "header",
        {},
        h("h2.title", { id: "modal-title", tabindex: "-1" }, ...words(view.title, "")),
        h("button.plain", { type: "button", "aria-label": "Close", onclick: () => this.#closeTop() }, "✕"),
      ),
      h("div.blocks", {}, ...blockNodes(view.blocks ?? [], place), h("p.error", { role: "alert", hidden: true })),
      h(
        "footer.buttons",
        {},
        h("button.button", { type: "button", onclick: () => this.#closeTop() }, ...words(view.close, "Cancel")),
        view.submit ? h("button.button.primary", { type: "submit" }, ...words(view.submit, "")) : null,
      ),
    );
  }

  #values() {
    const values = {};
    for (const { block, value } of this.#fields) {
      values[block.block_id] = { ...values[block.block_id], [block.element.action_id]: value() };
    }
    return values;
  }

  async #act(view, action) {
    try {
      await this.send("action", { container: { type: "view", view_id: view.id }, ...action });
    } catch (refused) {
      say(refused.message);
    }
  }

  async #submit(event, view) {
    event.preventDefault();
    if (this.#busy || !this.#valid((field) => field.wrong())) return;
    const form = event.target;
    this.#wait(form, true);
    try {
      const { closed } = await this.send("view/submit", { view_id: view.id, values: this.#values() });
      if (closed) this.gone(view.id);
    } catch (refused) {
      this.#refused(form, refused);
    } finally {
      this.#wait(form, false);
    }
  }

  #wait(form, busy) {
    this.#busy = busy;
    const submit = form.querySelector("[type=submit]");
    submit.disabled = busy;
    if (busy) submit.setAttribute("aria-busy", "true");
    else submit.removeAttribute("aria-busy");
  }

  #refused(form, { message, errors }) {
    if (errors && !this.#valid(({ block }) => errors[block.block_id] ?? null)) return;
    const alert = form.querySelector("[role=alert]");
    alert.textContent = errors ? Object.values(errors).join(" ") : message;
    alert.hidden = false;
  }

  /** Whether no field is wrong; the first that is gets the focus. */
  #valid(wrong) {
    const sentences = this.#fields.map((field) => wrong(field));
    this.#fields.forEach((field, number) => field.fail(sentences[number]));
    this.#fields[sentences.findIndex(Boolean)]?.control.focus();
    return !sentences.some(Boolean);
  }

  async #closeTop() {
    const view = this.#stack.at(-1);
    if (!view) return;
    this.gone(view.id);
    try {
      await this.send("view/close", { view_id: view.id });
    } catch (refused) {
      say(refused.message);
    }
  }
}
