"""Onlooker: what one person sees of the workspace, and nothing that they do not see."""

from bot.sandbox.messages import Message
from bot.sandbox.modals import Modal
from bot.sandbox.objects import message_object, reactions_object, view_object
from bot.sandbox.stream import Stream
from bot.sandbox.workspace import Workspace
from bot.sandbox.world import Channel, Json


class CannotDo(Exception):
    """What a person wants to do is not possible here. The message is a sentence."""


class Onlooker:
    """One person, looking."""

    def __init__(self, user: str, workspace: Workspace, stream: Stream) -> None:
        self.id = user
        self._workspace = workspace
        self._world = workspace.world
        self._stream = stream

    @property
    def views(self) -> list[Json]:
        """The modals open for this person, newest last."""
        return [view_object(modal, self._world) for modal in self._workspace.modals.of(self.id)]

    @property
    def home(self) -> Json | None:
        """The app's home tab as this person sees it."""
        home = self._workspace.modals.homes.get(self.id)
        return view_object(home, self._world) if home else None

    @property
    def notices(self) -> list[str]:
        """What Slack itself has told this person."""
        return list(self._stream.notices.get(self.id, ()))

    def channels(self) -> list[Channel]:
        """The conversations this person is in."""
        return [channel for channel in self._world.channels.values() if self.id in channel.members]

    def messages(self, channel: str) -> list[Json]:
        """What the channel shows this person, oldest first."""
        self._channel(channel)
        said = self._workspace.messages.in_channel(channel)
        mine = [each for each in self._whispered(channel) if not each.is_reply]
        return [self._seen(message) for message in sorted([*said, *mine], key=lambda each: each.ts)]

    def thread(self, channel: str, ts: str) -> list[Json]:
        """A thread as this person sees it: its first message, then the replies."""
        parent = self._posted(channel, ts)
        replies = self._workspace.messages.replies(channel, ts)
        mine = [each for each in self._whispered(channel) if each.thread_ts == ts]
        return [self._seen(parent), *(self._seen(m) for m in sorted([*replies, *mine], key=lambda each: each.ts))]

    def ephemerals(self, channel: str, thread_ts: str | None = None) -> list[Json]:
        """The messages in a channel, or one of its threads, that only this person sees."""
        found = self._whispered(channel)
        return [self._seen(each) for each in found if thread_ts is None or each.thread_ts == thread_ts]

    def modal(self, view: Modal | Json | str) -> Modal:
        """An open modal, or the home tab, of this person."""
        view_id = view.id if isinstance(view, Modal) else view["id"] if isinstance(view, dict) else view
        modal = self._workspace.modals.find(view_id)
        if modal is None or modal.user != self.id:
            raise CannotDo("This view is not open any more.")
        return modal

    def _whispered(self, channel: str) -> list[Message]:
        return [each for each in self._workspace.ephemerals if each.channel == channel and each.only_for == self.id]

    def _seen(self, message: Message) -> Json:
        replies = self._workspace.messages.replies(message.channel, message.ts)
        shown = message_object(message, self._world, replies) | {"reactions": reactions_object(message)}
        if not message.by_app:
            shown.pop("blocks", None)
        return shown | ({"ephemeral": True} if message.only_for else {})

    def _channel(self, channel_id: str) -> Channel:
        channel = self._workspace.channel(channel_id)
        if channel is None or self.id not in channel.members:
            raise CannotDo("You are not in this conversation.")
        return channel

    def _message(self, channel: str, ts: str) -> Message:
        self._channel(channel)
        message = self._workspace.find(channel, ts, self.id)
        if message is None:
            raise CannotDo("This message is not there any more.")
        return message

    def _posted(self, channel: str, ts: str) -> Message:
        message = self._message(channel, ts)
        if message.only_for:
            raise CannotDo("This message is only visible to you, so it takes no reactions or replies.")
        return message
