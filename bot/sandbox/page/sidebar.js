// The sidebar: the workspace, who one is, the channels, the app.

import { h } from "./dom.js";
import { openMenu } from "./menu.js";
import { avatar } from "./message.js";
import { HOME } from "./place.js";

const KINDS = { private: "private channel", shared: "shared with another company" };

function channelLink(channel, directory, { current, unread, address }) {
  const note = KINDS[channel.kind];
  return h(
    "li",
    {},
    h(
      `a.place${unread ? ".unread" : ""}`,
      { href: address(channel.id), "aria-current": current ? "page" : null, "data-channel": channel.id },
      h("span.name", {}, directory.channelTitle(channel.id)),
      note ? h("span.off-screen", {}, ` (${note})`) : null,
      unread ? h("span.dot", { role: "img", "aria-label": "new messages" }) : null,
    ),
  );
}

/** Draws the sidebar. `unread` is a set of channel ids; `address(channel)` is where a place is; `become(id)` switches. */
export function drawSidebar(nav, directory, { channel, unread, address, become }) {
  const { workspace, me, app, direct } = directory;
  const link = (place) =>
    channelLink(place, directory, { current: place.id === channel, unread: unread.has(place.id), address });
  const people = () =>
    directory.people.map((person) => ({
      label: [avatar(person.id, directory), directory.nameOf(person.id)],
      note: person.title || (person.guest ? "Guest" : ""),
      checked: person.id === me.id,
      pick: () => become(person.id),
    }));
  const focused = nav.contains(document.activeElement) && document.activeElement.getAttribute("data-key");
  const you = h(
    "button.you",
    {
      type: "button",
      "aria-haspopup": "menu",
      "data-key": "you",
      onclick: () => openMenu(you, "Be somebody else", people(), { back: () => nav.querySelector(".you") }),
    },
    avatar(me.id, directory),
    h("span.words", {}, h("span", {}, "You are ", h("strong", {}, directory.nameOf(me.id)), " ▾"), h("span.note", {}, me.title)),
  );
  const home = channel === HOME || channel === direct?.id;
  nav.replaceChildren(
    h("h1", {}, workspace.name, h("span.note", {}, "Local workspace")),
    you,
    h("h2", { id: "channels" }, "Channels"),
    h("ul", { "aria-labelledby": "channels" }, ...directory.channels.filter(({ kind }) => kind !== "im").map(link)),
    h("h2", { id: "apps" }, "Apps"),
    h(
      "ul",
      { "aria-labelledby": "apps" },
      h(
        "li",
        {},
        h(
          `a.place${direct && unread.has(direct.id) ? ".unread" : ""}`,
          { href: address(direct && unread.has(direct.id) ? direct.id : HOME), "aria-current": home ? "page" : null, "data-channel": direct?.id },
          avatar(app.user_id, directory),
          h("span.name", {}, app.name),
          direct && unread.has(direct.id) ? h("span.dot", { role: "img", "aria-label": "new messages" }) : null,
        ),
      ),
    ),
    h("p.note", {}, "Everything here stays on this machine."),
  );
  if (focused) nav.querySelector(`[data-key="${focused}"]`)?.focus();
}
