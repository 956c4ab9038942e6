"""Events: what the app is told of each change, in Slack's own words."""

import secrets
import time
from collections.abc import Callable, Iterator

from bot.sandbox.composer import mentions
from bot.sandbox.messages import Message
from bot.sandbox.objects import message_object, view_object
from bot.sandbox.workspace import Change, Workspace
from bot.sandbox.world import Channel, Json, World

_TYPES = {"public": "channel", "private": "group", "im": "im", "mpim": "mpim"}
_FAMILIES = {"public": "channels", "private": "groups", "im": "im", "mpim": "mpim"}


class Events:
    """Turns changes into the events that the app has subscribed to, from the conversations it is in."""

    def __init__(self, workspace: Workspace, send: Callable[[Json], object]) -> None:
        self._workspace = workspace
        self._world = workspace.world
        self._send = send
        workspace.listen(self._changed)

    def _changed(self, change: Change) -> None:
        if not self._world.app.installed and change.kind != "uninstalled":
            return
        for event in self._events(change):
            if self._subscribed(event):
                self._send(envelope(event, self._world))

    def _events(self, change: Change) -> Iterator[Json]:
        channel = self._world.channels.get(change.channel)
        if change.kind == "uninstalled":
            yield {"type": "app_uninstalled", "event_ts": self._ts()}
            yield {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [self._world.app.user_id]}}
        elif change.kind == "home_opened":
            yield self._home_opened(change.user)
        elif channel and self._world.app.user_id in channel.members:
            yield from self._in_channel(change, channel)

    def _in_channel(self, change: Change, channel: Channel) -> Iterator[Json]:
        message, before = change.message, change.previous
        if change.kind == "shared":
            yield {**change.detail, "type": "channel_shared", "channel": channel.id, "event_ts": self._ts()}
        elif change.kind == "joined":
            yield self._joined(change.user, channel)
        elif message is None:
            return
        elif change.kind == "message":
            yield from self._posted(message, channel)
        elif change.kind == "changed" and before:
            yield self._edited(message, before, channel)
            if not message.by_app and not mentions(before.text, self._world.app.user_id):
                yield from self._mentioned(message, channel)
        elif change.kind == "deleted" and before:
            yield self._deleted(before, channel)
        elif change.kind == "reaction":
            yield self._reaction(change, message)

    def _posted(self, message: Message, channel: Channel) -> Iterator[Json]:
        shown = self._message(message)
        yield {**shown, "channel": channel.id, "event_ts": message.ts, "channel_type": _TYPES[channel.kind]}
        if not message.by_app:
            yield from self._mentioned(message, channel)

    def _mentioned(self, message: Message, channel: Channel) -> Iterator[Json]:
        if mentions(message.text, self._world.app.user_id) and channel.kind != "im" and not message.subtype:
            shown = self._message(message)
            yield {**shown, "type": "app_mention", "channel": channel.id, "event_ts": message.ts}

    def _edited(self, message: Message, before: Message, channel: Channel) -> Json:
        ts = self._ts()
        return {
            "type": "message",
            "subtype": "message_changed",
            "message": self._message(message),
            "previous_message": self._message(before),
            "channel": channel.id,
            "hidden": True,
            "ts": ts,
            "event_ts": ts,
            "channel_type": _TYPES[channel.kind],
        }

    def _deleted(self, before: Message, channel: Channel) -> Json:
        ts = self._ts()
        return {
            "type": "message",
            "subtype": "message_deleted",
            "previous_message": self._message(before),
            "channel": channel.id,
            "hidden": True,
            "deleted_ts": before.ts,
            "ts": ts,
            "event_ts": ts,
            "channel_type": _TYPES[channel.kind],
        }

    def _reaction(self, change: Change, message: Message) -> Json:
        return {
            "type": "reaction_added" if change.detail["add"] else "reaction_removed",
            "user": change.user,
            "reaction": change.detail["name"],
            "item": {"type": "message", "channel": message.channel, "ts": message.ts},
            "item_user": message.user,
            "event_ts": self._ts(),
        }

    def _joined(self, user: str, channel: Channel) -> Json:
        return {
            "type": "member_joined_channel",
            "user": user,
            "channel": channel.id,
            "channel_type": "G" if channel.kind == "private" else "C",
            "team": self._world.team_id,
            "event_ts": self._ts(),
        }

    def _home_opened(self, user: str) -> Json:
        channel = self._workspace.direct(frozenset({user}))
        home = self._workspace.modals.homes.get(user)
        event = {"type": "app_home_opened", "user": user, "channel": channel.id, "tab": "home", "event_ts": self._ts()}
        return event | ({"view": view_object(home, self._world)} if home else {})

    def _message(self, message: Message) -> Json:
        replies = self._workspace.messages.replies(message.channel, message.ts)
        shown = message_object(message, self._world, replies)
        parent = self._workspace.messages.find(message.channel, message.thread_ts) if message.is_reply else None
        return shown | ({"parent_user_id": parent.user} if parent else {})

    def _subscribed(self, event: Json) -> bool:
        if event["type"] != "message":
            return event["type"] in self._world.events
        channel = self._world.channels[event["channel"]]
        return f"message.{_FAMILIES[channel.kind]}" in self._world.events

    def _ts(self) -> str:
        return self._workspace.messages.next_ts()


def envelope(event: Json, world: World, event_id: str | None = None) -> Json:
    """An event with everything that Slack puts around it."""
    channel = world.channels.get(str(event.get("channel") or event.get("item", {}).get("channel", "")))
    authorization = {
        "enterprise_id": None,
        "team_id": world.team_id,
        "user_id": world.app.user_id,
        "is_bot": True,
        "is_enterprise_install": False,
    }
    return {
        "token": "sandbox-verification-token",
        "team_id": world.team_id,
        "context_team_id": world.team_id,
        "context_enterprise_id": None,
        "api_app_id": world.app.id,
        "event": event,
        "type": "event_callback",
        "event_id": event_id or f"Ev{secrets.token_hex(5).upper()}",
        "event_time": int(time.time()),
        "authorizations": [authorization],
        "is_ext_shared_channel": bool(channel and channel.is_ext_shared),
        "event_context": f"4-{secrets.token_urlsafe(24)}",
    }
