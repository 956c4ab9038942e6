"""conversations.*: looking at channels, reading them, opening and joining them."""

from collections.abc import Sequence

from bot.sandbox.arguments import Arguments, Refused
from bot.sandbox.messages import Message
from bot.sandbox.methods.access import in_sight, need, readable, visible
from bot.sandbox.methods.method import Desk, method
from bot.sandbox.methods.pages import cut
from bot.sandbox.objects import channel_object, message_object
from bot.sandbox.world import Channel, Json

_KINDS = {"public_channel": "public", "private_channel": "private", "im": "im", "mpim": "mpim"}
_LIST_SCOPES = {"public": "channels:read", "private": "groups:read", "im": "im:read", "mpim": "mpim:read"}
_PAGE = "cursor inclusive include_all_metadata include_metadata latest limit oldest"


@method("conversations.info", required="channel", optional="include_locale include_num_members")
def info(desk: Desk, arguments: Arguments) -> Json:
    """One conversation."""
    channel = readable(desk.workspace, arguments.text("channel"), "read")
    members = {"num_members": len(channel.members)} if arguments.flag("include_num_members") else {}
    return {"channel": channel_object(channel, desk.workspace.world) | members}


@method("conversations.history", required="channel", optional=_PAGE)
def history(desk: Desk, arguments: Arguments) -> Json:
    """What a channel shows, newest first."""
    workspace = desk.workspace
    channel = readable(workspace, arguments.text("channel"), "history")
    said = _between([m for m in workspace.messages.in_channel(channel.id) if in_sight(m)], arguments)
    page, more = cut(said[::-1], arguments, most=999)
    return {"messages": _shown(desk, page, arguments), "pin_count": 0, **more}


@method("conversations.replies", required="channel ts", optional=_PAGE)
def replies(desk: Desk, arguments: Arguments) -> Json:
    """A thread: its first message, then the replies, oldest first."""
    workspace = desk.workspace
    channel = readable(workspace, arguments.text("channel"), "history")
    parent = workspace.messages.find(channel.id, arguments.text("ts"))
    if parent is None or not in_sight(parent):
        raise Refused("thread_not_found")
    said = _between([m for m in workspace.messages.replies(channel.id, parent.ts) if in_sight(m)], arguments)
    page, more = cut(said, arguments, most=1000)
    return {"messages": _shown(desk, [parent, *page], arguments), **more}


@method("conversations.list", optional="cursor exclude_archived limit types")
def list_(desk: Desk, arguments: Arguments) -> Json:
    """The conversations the app can see."""
    world = desk.workspace.world
    found = [c for c in _of_kinds(desk, arguments) if c.kind == "public" or world.app.user_id in c.members]
    page, more = cut(found, arguments, most=1000)
    return {"channels": [channel_object(channel, world) for channel in page], **more}


@method("users.conversations", optional="cursor exclude_archived limit types user")
def of_user(desk: Desk, arguments: Arguments) -> Json:
    """The conversations a person (the app, if none is named) is in, as far as the app can see them."""
    world = desk.workspace.world
    user = arguments.text("user") or world.app.user_id
    if user not in world.people:
        raise Refused("user_not_found")
    seen = [c for c in _of_kinds(desk, arguments) if c.kind == "public" or world.app.user_id in c.members]
    page, more = cut([c for c in seen if user in c.members], arguments, most=999)
    return {"channels": [channel_object(channel, world) for channel in page], **more}


@method("conversations.members", required="channel", optional="cursor limit")
def members(desk: Desk, arguments: Arguments) -> Json:
    """The ids of everybody in a conversation."""
    channel = readable(desk.workspace, arguments.text("channel"), "read")
    page, more = cut(sorted(channel.members), arguments, most=1000)
    return {"members": page, **more}


@method("conversations.open", optional="channel return_im users")
def open_(desk: Desk, arguments: Arguments) -> Json:
    """The direct conversation with one person or several, opened if need be."""
    workspace = desk.workspace
    users = frozenset(filter(None, arguments.text("users").split(",")))
    need(workspace.world, "mpim:write" if len(users) > 1 else "im:write")
    if arguments.text("channel"):
        channel = visible(workspace, arguments.text("channel"))
        if channel.kind not in ("im", "mpim"):
            raise Refused("channel_not_found")
    elif not users:
        raise Refused("users_list_not_supplied")
    elif not users <= set(workspace.world.people):
        raise Refused("user_not_found")
    else:
        channel = workspace.direct(users)
    full = arguments.flag("return_im")
    return {"channel": channel_object(channel, workspace.world) if full else {"id": channel.id}}


@method("conversations.join", scope="channels:join", required="channel")
def join(desk: Desk, arguments: Arguments) -> Json:
    """The app enters a public channel."""
    workspace = desk.workspace
    channel = visible(workspace, arguments.text("channel"))
    if channel.kind != "public":
        raise Refused("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise Refused("is_archived")
    fresh = workspace.join(channel, workspace.world.app.user_id)
    return {"channel": channel_object(channel, workspace.world)} | ({} if fresh else {"warning": "already_in_channel"})


def _between(said: list[Message], arguments: Arguments) -> list[Message]:
    """The messages after `oldest` and before `latest`, these two included if asked."""
    oldest, latest = _moment(arguments.text("oldest")), _moment(arguments.text("latest"))
    edges = {oldest, latest} if arguments.flag("inclusive") else set()
    return [
        message
        for message in said
        if (at := _moment(message.ts)) in edges or (at > oldest and (not latest or at < latest))
    ]


def _moment(ts: str) -> int:
    """A time stamp in microseconds: as text or as a float it would not compare."""
    seconds, _, fraction = (ts or "0").partition(".")
    if not seconds.isdecimal() or (fraction and not fraction.isdecimal()):
        raise Refused("invalid_arguments")
    return int(seconds) * 1_000_000 + int(fraction[:6].ljust(6, "0") or 0)


def _shown(desk: Desk, page: Sequence[Message], arguments: Arguments) -> list[Json]:
    workspace = desk.workspace
    metadata = arguments.flag("include_all_metadata") or arguments.flag("include_metadata")
    return [
        message_object(m, workspace.world, workspace.messages.replies(m.channel, m.ts), metadata=metadata) for m in page
    ]


def _of_kinds(desk: Desk, arguments: Arguments) -> list[Channel]:
    world = desk.workspace.world
    wanted = [each.strip() for each in (arguments.text("types") or "public_channel").split(",")]
    if not set(wanted) <= set(_KINDS):
        raise Refused("invalid_types")
    kinds = [_KINDS[each] for each in wanted]
    for kind in kinds:
        need(world, _LIST_SCOPES[kind])
    archived = not arguments.flag("exclude_archived")
    return [c for c in world.channels.values() if c.kind in kinds and (archived or not c.is_archived)]
