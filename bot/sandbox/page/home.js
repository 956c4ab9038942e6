// The app's home tab, as the app published it.

import { blockNodes } from "./blocks.js";
import { h } from "./dom.js";
import { inputField } from "./fields.js";

/** Draws the view, or says that there is none. `act(action)` sends what was pressed. */
export function drawHome(panel, view, { directory, act }) {
  const focused = panel.contains(document.activeElement) && document.activeElement.dataset.key;
  const place = { directory, act, field: (block) => inputField(block, directory)?.node };
  const nothing = h("p.nothing", {}, `${directory.app.name} shows nothing here yet.`);
  panel.replaceChildren(...(view ? blockNodes(view.blocks, place) : [nothing]));
  if (focused) panel.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
}
