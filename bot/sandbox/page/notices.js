// What the page says beside the messages: toasts, a word for screen readers, the banner of a lost connection.

import { h } from "./dom.js";

const STAYS = 9000;
const part = (id) => document.getElementById(id);

/** A toast. It waits while somebody reads it with the pointer or has the focus in it; the same is not said twice. */
export function say(text) {
  const said = [...part("toasts").querySelectorAll("span")].some((shown) => shown.textContent === text);
  if (said) return;
  const gone = () => toast.remove();
  let timer = setTimeout(gone, STAYS);
  const wait = () => clearTimeout(timer);
  const leave = () => {
    wait();
    timer = setTimeout(gone, STAYS);
  };
  const toast = h(
    "div.toast",
    { onmouseenter: wait, onmouseleave: leave, onfocusin: wait, onfocusout: leave },
    h("span", {}, text),
    h("button.plain", { type: "button", "aria-label": "Dismiss", onclick: gone }, "✕"),
  );
  part("toasts").append(toast);
}

/** For screen readers alone: what has just arrived. */
export function announce(text) {
  part("live").textContent = text;
}

export function connection(lost) {
  part("connection").hidden = !lost;
}
