// Which channels hold something new, for each person who is looked through in this tab.

export class Unread {
  #channels = new Map();
  #seen = new Map();
  #start = Date.now() / 1000;

  /** The channels with something new for a person. */
  of(person) {
    if (!this.#channels.has(person)) this.#channels.set(person, new Set());
    return this.#channels.get(person);
  }

  seen(person, channel) {
    this.of(person).delete(channel);
    this.#seen.set(`${person} ${channel}`, Date.now() / 1000);
  }

  /** What was said while somebody else was looking. `read(channel)` gives a channel's messages. */
  async catchUp(person, channels, read) {
    for (const { id } of channels) {
      const since = this.#seen.get(`${person} ${id}`) ?? this.#start;
      const fresh = ({ ts, latest_reply: reply, user }) => user !== person && Number(reply ?? ts) > since;
      if ((await read(id)).some(fresh)) this.of(person).add(id);
    }
  }
}
