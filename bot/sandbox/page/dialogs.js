// Questions that wait for an answer: an element's `confirm`, and "delete this message?".

import { freshId, h } from "./dom.js";

/** Asks; true when the person agreed. Texts are nodes or strings. */
export function ask({ title, text, yes, no = "Cancel", danger = false }) {
  const id = freshId("question");
  const before = document.activeElement;
  return new Promise((resolve) => {
    const dialog = h(
      "dialog.question",
      { "aria-labelledby": id },
      h(
        "form",
        { method: "dialog" },
        h("h2", { id }, ...[title].flat()),
        h("div.text", {}, ...[text].flat()),
        h(
          "div.buttons",
          {},
          h("button.button", { value: "no" }, ...[no].flat()),
          h(`button.button.${danger ? "danger" : "primary"}`, { value: "yes", autofocus: true }, ...[yes].flat()),
        ),
      ),
    );
    dialog.addEventListener("close", () => {
      dialog.remove();
      before?.focus();
      resolve(dialog.returnValue === "yes");
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
