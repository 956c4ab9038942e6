// The workspace's door for people: requests, and the stream of what changed.

const LONGEST_PAUSE = 5000;

/** What the workspace refused, in a sentence for the person. */
export class Refused extends Error {
  constructor(sentence, errors = null) {
    super(sentence);
    this.errors = errors;
  }
}

async function answerOf(request) {
  let answer;
  try {
    answer = await (await request).json();
  } catch {
    throw new Refused("The workspace did not answer. Check that it is still running, then try again.");
  }
  if (!answer.ok) throw new Refused(answer.error ?? "The workspace refused this.", answer.errors ?? null);
  return answer;
}

/** What is there: read("messages", {as, channel}). */
export const read = (what, query) => answerOf(fetch(`/door/${what}?${new URLSearchParams(query)}`));

/** What a person does: send("message", {as, channel, text}). */
export const send = (what, body) =>
  answerOf(
    fetch(`/door/${what}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    }),
  );

/** One person's stream. It comes back by itself after a cut, and rests while the tab is hidden: a browser grants one
 * address six connections in all, and every tab is a person. */
export class Stream {
  #person = null;
  #source = null;
  #retry = null;
  #pause = 0;

  constructor({ onEvent, onLost }) {
    this.onEvent = onEvent;
    this.onLost = onLost;
    document.addEventListener("visibilitychange", () => (document.hidden ? this.#close() : this.#open()));
  }

  follow(person) {
    this.#person = person;
    this.#pause = 0;
    this.#open();
  }

  #close() {
    clearTimeout(this.#retry);
    this.#source?.close();
    this.#source = null;
  }

  #open() {
    this.#close();
    if (!this.#person || document.hidden) return;
    const source = new EventSource(`/door/stream?${new URLSearchParams({ as: this.#person })}`);
    this.#source = source;
    source.onmessage = ({ data }) => {
      this.#pause = 0;
      this.onEvent(JSON.parse(data));
    };
    source.onerror = () => {
      this.#close();
      this.onLost();
      this.#pause = Math.min(this.#pause * 2 || 500, LONGEST_PAUSE);
      this.#retry = setTimeout(() => this.#open(), this.#pause);
    };
  }
}
