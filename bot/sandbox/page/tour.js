// "Try this": five steps for a first visit, ticked off as they happen. Once it has begun, only the next one takes room.

import { h } from "./dom.js";
import { recall, remember } from "./storage.js";

export class Tour {
  #done = new Set(recall("tour.done", []));
  #gone = recall("tour.dismissed", false);
  #waitsForRefusal = false;

  constructor(panel) {
    this.panel = panel;
  }

  /** Draws the panel for one person's view; only where tickets are posted, and until it is dismissed. */
  draw(directory, here) {
    this.directory = directory;
    this.panel.hidden = this.#gone || !here;
    if (this.panel.hidden) return;
    const steps = this.#steps();
    const open = steps.find(([step]) => !this.#done.has(step))?.[0];
    const ticked = steps.filter(([step]) => this.#done.has(step)).length;
    const title = ticked ? `Try this (${ticked} of ${steps.length} done)` : "Try this";
    this.panel.replaceChildren(
      h(
        "header",
        {},
        h("h2", {}, open ? title : "That was it. Now paste a message of your own."),
        h("button.plain", { type: "button", "aria-label": "Dismiss the steps", onclick: () => this.#dismiss() }, "✕"),
      ),
      h(
        "ol",
        {},
        ...steps.map(([step, words]) => {
          const done = this.#done.has(step);
          const folded = ticked && step !== open;
          return h(
            `li${done ? ".done" : ""}${folded ? ".off-screen" : ""}`,
            { "data-step": step, "aria-current": step === open ? "step" : null },
            h("span", {}, words),
            done ? h("span.off-screen", {}, " (done)") : null,
          );
        }),
      ),
    );
  }

  messageSent() {
    this.#tick("sample");
  }

  /** Thread messages are on the screen: a card is one of the app's that can be acted on. */
  threadShown(messages) {
    const acts = ({ bot_id: app, blocks = [] }) => app && blocks.some(({ type }) => type === "actions");
    if (messages.some(acts)) this.#tick("card");
  }

  /** A ✅, as a reaction or a button. */
  approved(person) {
    if (person.guest) this.#waitsForRefusal = true;
    else this.#tick("approve");
  }

  /** The app has answered this person in private. */
  answered() {
    if (this.#waitsForRefusal) this.#tick("refusal");
    this.#waitsForRefusal = false;
  }

  commandSent(text) {
    if (text.startsWith("/kb")) this.#tick("ask");
  }

  #steps() {
    const guest = this.directory.people.find((person) => person.guest);
    const name = guest && this.directory.nameOf(guest.id);
    return [
      ["sample", "Click a sample ticket below, or paste a message."],
      ["card", "Read the card in the thread."],
      ["approve", "Approve it with ✅, by the button or as a reaction (☺+)."],
      guest && ["refusal", `Become ${name}, a guest (top left), add a ✅ too, and see it refused.`],
      ["ask", `Become ${this.directory.nameOf(this.directory.people[0].id)} again and ask “/kb how long is the refund window”.`],
    ].filter(Boolean);
  }

  #tick(step) {
    if (this.#done.has(step)) return;
    this.#done.add(step);
    remember("tour.done", [...this.#done]);
    this.draw(this.directory, !this.panel.hidden);
  }

  #dismiss() {
    this.#gone = true;
    remember("tour.dismissed", true);
    this.panel.hidden = true;
    document.querySelector("#composer textarea").focus();
  }
}
