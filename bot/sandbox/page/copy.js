// Text to take along: onto the clipboard, and preformatted blocks with a button that does it.

import { h } from "./dom.js";
import { say } from "./notices.js";

/** Onto the clipboard. Browsers without the clipboard API (or without its permission) get the old way. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const box = h("textarea.off-screen", { "aria-hidden": "true", tabindex: "-1" });
    box.value = text;
    (document.querySelector("dialog[open]") ?? document.body).append(box);
    const before = document.activeElement;
    box.select();
    const copied = document.execCommand("copy");
    box.remove();
    before?.focus();
    if (!copied) return say("The browser did not allow copying. Select the text and copy it by hand.");
  }
  return say("Copied.");
}

/** Preformatted text, exactly as it is, with a Copy button. */
export function copyable(text, ...shown) {
  return h(
    "div.preformatted",
    {},
    h("pre", { tabindex: "0" }, ...(shown.length ? shown : [text])),
    h("button.copy", { type: "button", onclick: () => copy(text), "data-key": "copy" }, "Copy"),
  );
}
