// Who and what an id stands for, as one person of the workspace sees it.

import { addressOf } from "./place.js";

const MESSAGE = /^\/archives\/(\w+)\/p(\d+)(\d{6})$/;
const MARK = { public: "#", private: "🔒", shared: "⇄", mpim: "◦", im: "" };

export class Directory {
  constructor({ workspace, me, people, channels, app, helpdesk, samples = [], commands = [], shortcuts = [], groups = [] }) {
    Object.assign(this, { workspace, people, channels, app, helpdesk, samples, commands, shortcuts });
    this.byId = new Map(people.map((person) => [person.id, person]));
    this.channelById = new Map(channels.map((channel) => [channel.id, channel]));
    this.groupById = new Map(groups.map((group) => [group.id, group]));
    this.me = this.byId.get(me);
  }

  /** The direct messages of this person with the app. */
  get direct() {
    return this.channels.find((channel) => channel.kind === "im");
  }

  /** Where tickets are posted: samples are offered there. */
  get intake() {
    return this.channels.find((channel) => channel.name?.includes("intake")) ?? this.channels[0];
  }

  /** Where an address leads from here: the sample helpdesk's tickets have a page of this workspace. */
  reachable(url) {
    const { address, path } = this.helpdesk ?? {};
    return address && url.startsWith(`${address}/`) ? `${location.origin}${path}${url.slice(address.length)}` : url;
  }

  isApp(id) {
    return id === this.app.user_id || id === this.app.bot_id;
  }

  nameOf(id) {
    if (this.isApp(id)) return this.app.name;
    if (id === "USLACKBOT") return "Slackbot";
    const person = this.byId.get(id);
    return person?.label || person?.name || "Somebody";
  }

  groupName(id) {
    const group = this.groupById.get(id);
    return group?.handle ?? group?.name ?? "group";
  }

  channelName(id) {
    const channel = this.channelById.get(id);
    if (!channel) return "private-channel";
    return channel.kind === "im" ? this.app.name : channel.name;
  }

  /** Where a message is that a link of this workspace names; null for any other link. */
  messageAddress(url) {
    if (!URL.canParse(url)) return null;
    const { host, pathname, searchParams } = new URL(url);
    const [, channel, seconds, fraction] = MESSAGE.exec(pathname) ?? [];
    const ours = [location.host, `${this.workspace.name.toLowerCase()}.slack.com`].includes(host);
    if (!ours || !this.channelById.has(channel)) return null;
    return addressOf({ as: this.me.id, channel, thread: searchParams.get("thread_ts") ?? `${seconds}.${fraction}` });
  }

  /** "# support-intake", with a lock for a private channel. */
  channelTitle(id) {
    return `${MARK[this.channelById.get(id)?.kind] ?? "#"} ${this.channelName(id)}`.trim();
  }
}
