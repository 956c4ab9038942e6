// What the browser remembers. Private windows may refuse storage: then it is forgotten, and nothing breaks.

export function recall(key, otherwise = null, store = "localStorage") {
  try {
    return JSON.parse(window[store].getItem(`workspace.${key}`)) ?? otherwise;
  } catch {
    return otherwise;
  }
}

export function remember(key, value, store = "localStorage") {
  try {
    window[store].setItem(`workspace.${key}`, JSON.stringify(value));
  } catch {
    // Not remembered; the page works without.
  }
}
