// The frame around what is said: titles, tabs, which pane is there, and the sample tickets.

import { h } from "./dom.js";
import { addressOf, HOME } from "./place.js";

const part = (id) => document.getElementById(id);

function drawTabs({ direct }, { as, channel }) {
  const tab = (at, label) =>
    h("a", { href: addressOf({ as, channel: at }), "aria-current": channel === at ? "page" : null }, label);
  const atApp = channel === HOME || channel === direct?.id;
  part("tabs").hidden = !atApp;
  part("tabs").replaceChildren(...(atApp ? [tab(HOME, "Home"), direct ? tab(direct.id, "Messages") : ""] : []));
}

/** Draws the frame of a place. Says its title, and whether it is where tickets are posted. */
export function drawFrame(directory, here) {
  const { channel, thread } = here;
  const atHome = channel === HOME;
  const title = atHome ? directory.app.name : directory.channelTitle(channel);
  const intake = channel === directory.intake?.id;
  document.title = `${title} · ${directory.workspace.name}`;
  part("channel-title").textContent = title;
  part("topic").textContent = directory.channelById.get(channel)?.topic ?? "";
  part("thread-channel").textContent = title;
  part("messages").parentElement.hidden = atHome;
  part("home").hidden = !atHome;
  part("composer").hidden = atHome;
  part("thread").hidden = !thread;
  part("begin").hidden = !intake || !directory.samples.length;
  part("begin").textContent = `Paste a customer’s message, or click a sample ticket: ${directory.app.name} answers in its thread.`;
  drawTabs(directory, here);
  return { title, intake };
}

/** Offers the sample tickets. The second click of a double click is no wish for another one: by then the chips may
 * have moved, and it would post whatever lies beneath the pointer. */
export function drawSamples(panel, samples, send) {
  const chip = (sample) => {
    const sent = ({ detail: clicks }) => clicks < 2 && send(sample);
    return h("button.chip", { type: "button", title: sample.text, onclick: sent }, sample.label);
  };
  panel.hidden = !samples.length;
  panel.replaceChildren(h("span.note", {}, "Try one:"), ...samples.map(chip));
}
