"""Workspace: what is said, shown and open right now. Every change is made here and announced to who listens."""

import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.sandbox.files import Files
from bot.sandbox.messages import Message, Messages
from bot.sandbox.modals import Modal, Modals
from bot.sandbox.world import Channel, Json, Member, World

_TOMBSTONE = "This message was deleted."


@dataclass(frozen=True)
class Change:
    """Something that has just happened."""

    kind: str
    """message, changed, deleted, reaction, ephemeral, home, home_opened, view, view_closed, joined, shared,
    uninstalled or notice."""
    channel: str = ""
    user: str = ""
    """Who did it; of an ephemeral message, a view or a notice: whom it is for."""
    message: Message | None = None
    previous: Message | None = None
    modal: Modal | None = None
    detail: Json = field(default_factory=dict)


class Workspace:
    """One workspace in memory."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.messages = Messages()
        self.modals = Modals()
        self.files = Files()
        self.ephemerals: list[Message] = []
        self.hide_seconds = 0.0
        """For how long new posts stay invisible to the API's reading methods."""
        self._listeners: list[Callable[[Change], None]] = []
        self._opened = itertools.count(1)

    def listen(self, listener: Callable[[Change], None]) -> None:
        """Call somebody at each change."""
        self._listeners.append(listener)

    def announce(self, change: Change) -> None:
        """Tell everybody who listens."""
        for listener in self._listeners:
            listener(change)

    def channel(self, channel_id: str) -> Channel | None:
        """A conversation by its id."""
        return self.world.channels.get(channel_id)

    def member(self, user: str) -> Member | None:
        """A person or bot by their id."""
        return self.world.people.get(user)

    def direct(self, users: frozenset[str]) -> Channel:
        """The conversation of just these people and the app, opened if there is none."""
        everybody = {*users, self.world.app.user_id}
        for channel in self.world.channels.values():
            if channel.kind in ("im", "mpim") and channel.members == everybody:
                return channel
        kind, first = ("im", "D") if len(users) == 1 else ("mpim", "G")
        return self.world.add_channel(f"{first}0OPENED{next(self._opened)}", "mpdm", users, kind=kind)

    def post(self, message: Message) -> Message:
        """Post a message that everybody in the channel sees."""
        message.hidden_until = time.monotonic() + self.hide_seconds if self.hide_seconds else 0.0
        self.messages.add(message)
        self.announce(Change("message", message.channel, message.user, message))
        return message

    def whisper(self, message: Message) -> Message:
        """Post a message that only one person sees."""
        message.ts = self.messages.next_ts()
        self.ephemerals.append(message)
        self.announce(Change("ephemeral", message.channel, message.only_for, message))
        return message

    def edit(self, message: Message, **fields: object) -> None:
        """Change a message's text, blocks or metadata."""
        before = message.as_it_is()
        for name, value in fields.items():
            setattr(message, name, value)
        message.edited = {"user": message.user, "ts": self.messages.next_ts()}
        kind = "ephemeral" if message.only_for else "changed"
        self.announce(Change(kind, message.channel, message.only_for or message.user, message, before))

    def delete(self, message: Message) -> None:
        """Take a message away. Where replies hang under it, a tombstone stays, as in Slack."""
        before = message.as_it_is()
        if message.only_for:
            self.ephemerals.remove(message)
            self.announce(Change("ephemeral", message.channel, message.only_for, message, before))
        elif self.messages.replies(message.channel, message.ts):
            message.text, message.blocks, message.attachments = _TOMBSTONE, [], []
            message.user, message.by_app, message.subtype, message.metadata = "USLACKBOT", False, "tombstone", None
            self.announce(Change("changed", message.channel, before.user, message, before))
        else:
            self.messages.remove(message)
            self.announce(Change("deleted", message.channel, before.user, message, before))
            self._clear_away(self.messages.find(message.channel, message.thread_ts))

    def _clear_away(self, parent: Message | None) -> None:
        """A tombstone goes with the last reply under it."""
        if parent and parent.subtype == "tombstone" and not self.messages.replies(parent.channel, parent.ts):
            self.delete(parent)

    def unfurl(self, message: Message, attachment: Json) -> None:
        """Show a preview under a message, as Slack does by itself with links. That is no edit."""
        before = message.as_it_is()
        message.attachments = [*message.attachments, attachment]
        self.announce(Change("changed", message.channel, message.user, message, before))

    def react(self, message: Message, user: str, name: str) -> bool:
        """Add a reaction; False if this person's is there already."""
        users = message.reactions.setdefault(name, [])
        if user in users:
            return False
        users.append(user)
        self.announce(Change("reaction", message.channel, user, message, detail={"name": name, "add": True}))
        return True

    def unreact(self, message: Message, user: str, name: str) -> bool:
        """Take a reaction away; False if there is none of this person."""
        users = message.reactions.get(name, [])
        if user not in users:
            return False
        users.remove(user)
        if not users:
            del message.reactions[name]
        self.announce(Change("reaction", message.channel, user, message, detail={"name": name, "add": False}))
        return True

    def join(self, channel: Channel, user: str) -> bool:
        """Let somebody in; False if they are in already."""
        if user in channel.members:
            return False
        channel.members.add(user)
        self.announce(Change("joined", channel.id, user))
        text = f"<@{user}> has joined the channel"
        self.post(Message(channel.id, user, text, subtype="channel_join"))
        return True

    def notice(self, user: str, text: str) -> None:
        """What Slack itself tells a person, such as that an app did not answer."""
        self.announce(Change("notice", user=user, detail={"text": text}))

    def find(self, channel: str, ts: str, user: str = "") -> Message | None:
        """A message by its place; for a person also one that only they see."""
        mine = (each for each in self.ephemerals if each.channel == channel and each.ts == ts and each.only_for == user)
        return self.messages.find(channel, ts) or next(mine, None)
