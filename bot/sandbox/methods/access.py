"""Access: which conversations, messages and views the app may see and use."""

import time

from bot.sandbox.arguments import Refused
from bot.sandbox.messages import Message
from bot.sandbox.workspace import Workspace
from bot.sandbox.world import Channel, World

_FAMILY = {"public": "channels", "private": "groups", "im": "im", "mpim": "mpim"}


def need(world: World, scope: str) -> None:
    """Refuse without a scope, the way Slack does."""
    if scope and scope not in world.scopes:
        raise Refused("missing_scope", needed=scope, provided=",".join(sorted(world.scopes)))


def visible(workspace: Workspace, channel_id: str) -> Channel:
    """A conversation the app can see: a public one, or one that it is in."""
    channel = workspace.channel(channel_id)
    if channel is None or (channel.kind != "public" and workspace.world.app.user_id not in channel.members):
        raise Refused("channel_not_found")
    return channel


def joined(workspace: Workspace, channel_id: str) -> Channel:
    """A conversation the app is in."""
    channel = visible(workspace, channel_id)
    if workspace.world.app.user_id not in channel.members:
        raise Refused("not_in_channel")
    return channel


def writable(workspace: Workspace, channel_id: str) -> Channel:
    """A conversation the app can post in; a person's id stands for their direct conversation."""
    if channel_id in workspace.world.people:
        if channel_id == workspace.world.app.user_id or workspace.world.people[channel_id].is_bot:
            raise Refused("cannot_dm_bot")
        channel_id = workspace.direct(frozenset({channel_id})).id
    channel = joined(workspace, channel_id)
    if channel.is_archived:
        raise Refused("is_archived")
    return channel


def readable(workspace: Workspace, channel_id: str, right: str) -> Channel:
    """A conversation the app may read or look at (`history`, `read`), by its kind's own scope."""
    found = workspace.channel(channel_id)
    if found:
        need(workspace.world, f"{_FAMILY[found.kind]}:{right}")
    return joined(workspace, channel_id) if right == "history" else visible(workspace, channel_id)


def message_at(workspace: Workspace, channel: Channel, ts: str) -> Message:
    """A message that is there."""
    message = workspace.messages.find(channel.id, ts)
    if message is None or message.subtype == "tombstone":
        raise Refused("message_not_found")
    return message


def own_message(workspace: Workspace, channel: Channel, ts: str, otherwise: str) -> Message:
    """A message of the app."""
    message = message_at(workspace, channel, ts)
    if not message.by_app:
        raise Refused(otherwise)
    return message


def in_sight(message: Message) -> bool:
    """Whether reading methods find a message yet."""
    return message.hidden_until <= time.monotonic()
