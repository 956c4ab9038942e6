// Elements without innerHTML: whatever a message says becomes text, never markup.

/** h("button.primary", {type: "button", onclick}, "Send") makes an element; null and false are left out. */
export function h(selector, attributes = {}, ...children) {
  const [tag, ...classes] = selector.split(".");
  const node = document.createElement(tag);
  if (classes.length) node.className = classes.join(" ");
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

let ids = 0;
/** An id no other element of this page has. */
export const freshId = (name) => `${name}-${(ids += 1)}`;

/** "1 reply", "2 replies". */
export const count = (number, one, many) => `${number} ${number === 1 ? one : many}`;

/** The text as one short line, for labels and for what a screen reader is told. */
export function shortened(text, most = 140) {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
}

/** A link's address when it may be followed, else null: the web only, never javascript: or an app's own scheme. */
export function webAddress(url) {
  try {
    const address = new URL(url);
    return ["http:", "https:"].includes(address.protocol) ? address.href : null;
  } catch {
    return null;
  }
}

/** A link that opens elsewhere; only its words when the address is not the web's. */
export function link(url, ...label) {
  const address = webAddress(url);
  if (!address) return h("span", {}, ...label);
  return h("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, ...label);
}
