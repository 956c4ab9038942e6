"""Messages: what has been said in each conversation."""

import time
from dataclasses import dataclass, field, replace

from bot.sandbox.world import Json


@dataclass
class Message:
    """One message. An empty `ts` means that it has not been posted yet."""

    channel: str
    user: str
    text: str
    ts: str = ""
    thread_ts: str = ""
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    by_app: bool = False
    subtype: str = ""
    client_msg_id: str = ""
    edited: Json | None = None
    metadata: Json | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    only_for: str = ""
    """Of an ephemeral message: the one person who sees it."""
    hidden_until: float = 0.0
    """Monotonic time before which the API does not find it in its own reading methods."""

    @property
    def is_reply(self) -> bool:
        """Whether it belongs under another message."""
        return bool(self.thread_ts) and self.thread_ts != self.ts

    @property
    def in_channel(self) -> bool:
        """Whether the channel itself shows it."""
        return not self.is_reply or self.subtype == "thread_broadcast"

    def as_it_is(self) -> "Message":
        """A copy that later edits leave alone."""
        return replace(self, reactions={name: list(users) for name, users in self.reactions.items()})


class Messages:
    """All messages of a workspace, by channel and time stamp."""

    def __init__(self) -> None:
        self._channels: dict[str, dict[str, Message]] = {}
        self._threads: dict[tuple[str, str], dict[str, Message]] = {}
        self._last = 0

    def next_ts(self) -> str:
        """A time stamp no message has yet."""
        self._last = max(self._last + 1, time.time_ns() // 1000)
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"

    def add(self, message: Message) -> None:
        """Keep a message, with a time stamp of its own."""
        message.ts = self.next_ts()
        self._channels.setdefault(message.channel, {})[message.ts] = message
        if message.is_reply:
            self._threads.setdefault((message.channel, message.thread_ts), {})[message.ts] = message

    def remove(self, message: Message) -> None:
        """Forget a message."""
        del self._channels[message.channel][message.ts]
        if message.is_reply:
            del self._threads[message.channel, message.thread_ts][message.ts]

    def find(self, channel: str, ts: str) -> Message | None:
        """The message at a place, if there is one."""
        return self._channels.get(channel, {}).get(ts)

    def in_channel(self, channel: str) -> list[Message]:
        """What the channel shows, oldest first."""
        return [message for message in self._channels.get(channel, {}).values() if message.in_channel]

    def replies(self, channel: str, ts: str) -> list[Message]:
        """The replies under a message, oldest first."""
        return list(self._threads.get((channel, ts), {}).values())
