"""Objects: people, channels, messages and views as the Web API and events show them."""

from collections.abc import Sequence

from bot.sandbox.messages import Message
from bot.sandbox.modals import Modal
from bot.sandbox.world import App, Channel, Json, Member, UserGroup, World

_CREATED = 1_780_000_000


def user_object(person: Member) -> Json:
    """A user as `users.info` gives it."""
    return {
        "id": person.id,
        "team_id": person.team_id,
        "name": person.name,
        "real_name": person.real_name,
        "deleted": person.deleted,
        "is_restricted": person.is_restricted,
        "is_ultra_restricted": person.is_ultra_restricted,
        "is_bot": person.is_bot,
        "is_workflow_bot": person.is_workflow_bot,
        "is_stranger": person.is_stranger,
        "is_app_user": person.is_app_user,
        "is_admin": False,
        "is_owner": False,
        "tz": "Europe/Berlin",
        "tz_offset": 3600,
        "updated": _CREATED,
        "profile": {
            "real_name": person.real_name,
            "display_name": person.name,
            "title": person.title,
            "team": person.team_id,
        },
    }


def channel_object(channel: Channel, world: World) -> Json:
    """A conversation as `conversations.info` gives it."""
    common = {
        "id": channel.id,
        "created": _CREATED,
        "is_im": channel.kind == "im",
        "is_mpim": channel.kind == "mpim",
        "is_archived": channel.is_archived,
        "is_org_shared": channel.is_org_shared,
        "context_team_id": world.team_id,
    }
    if channel.kind == "im":
        return common | {"user": next(iter(channel.members - {world.app.user_id}), world.app.user_id)}
    shared = channel.is_ext_shared or channel.is_org_shared
    return common | {
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": channel.kind == "public",
        "is_group": channel.kind == "private",
        "is_private": channel.kind != "public",
        "is_general": False,
        "is_shared": shared,
        "is_ext_shared": channel.is_ext_shared,
        "is_pending_ext_shared": channel.is_pending_ext_shared,
        "pending_shared": [],
        "shared_team_ids": [world.team_id, *(["T0PARTNER"] if channel.is_ext_shared else [])],
        "is_member": world.app.user_id in channel.members,
        "creator": "U0SAM",
        "topic": {"value": channel.topic, "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
    }


def group_object(group: UserGroup, world: World, *, users: bool) -> Json:
    """A user group as `usergroups.list` gives it."""
    return {
        "id": group.id,
        "team_id": world.team_id,
        "is_usergroup": True,
        "name": group.name,
        "handle": group.handle,
        "date_create": _CREATED,
        "date_delete": _CREATED + 1 if group.disabled else 0,
        "user_count": len(group.users),
    } | ({"users": list(group.users)} if users else {})


def message_object(message: Message, world: World, replies: Sequence[Message] = (), *, metadata: bool = False) -> Json:
    """A message as `conversations.history` and events give it."""
    body: Json = {"type": "message", "user": message.user, "ts": message.ts, "text": message.text}
    body |= _author(message, world)
    for key in ("subtype", "client_msg_id", "blocks", "attachments", "edited"):
        if value := getattr(message, key):
            body[key] = value
    if message.is_reply:
        body |= {"thread_ts": message.thread_ts}
    if replies:
        people = list(dict.fromkeys(reply.user for reply in replies))
        body |= {
            "thread_ts": message.ts,
            "reply_count": len(replies),
            "reply_users_count": len(people),
            "reply_users": people,
            "latest_reply": replies[-1].ts,
            "is_locked": False,
            "subscribed": False,
        }
    if message.reactions:
        body["reactions"] = reactions_object(message)
    if metadata and message.metadata:
        body["metadata"] = message.metadata
    return body


def reactions_object(message: Message) -> list[Json]:
    """The reactions to a message, in the order in which each was first used."""
    return [{"name": n, "users": list(users), "count": len(users)} for n, users in message.reactions.items()]


def view_object(modal: Modal, world: World) -> Json:
    """A modal or a home tab as views methods and payloads give it."""
    given = modal.given
    return {
        "id": modal.id,
        "team_id": world.team_id,
        "type": given["type"],
        "blocks": modal.blocks,
        "private_metadata": given.get("private_metadata", ""),
        "callback_id": given.get("callback_id", ""),
        "external_id": given.get("external_id", ""),
        "state": {"values": modal.state},
        "hash": modal.hash,
        "title": given.get("title"),
        "close": given.get("close"),
        "submit": given.get("submit"),
        "clear_on_close": bool(given.get("clear_on_close")),
        "notify_on_close": bool(given.get("notify_on_close")),
        "previous_view_id": modal.previous_id or None,
        "root_view_id": modal.root_id,
        "app_id": world.app.id,
        "app_installed_team_id": world.team_id,
        "bot_id": world.app.bot_id,
    }


def bot_profile(app: App, team_id: str) -> Json:
    """The app as messages carry it."""
    return {
        "id": app.bot_id,
        "app_id": app.id,
        "name": app.name,
        "team_id": team_id,
        "deleted": False,
        "updated": _CREATED,
    }


def _author(message: Message, world: World) -> Json:
    if message.by_app:
        profile = bot_profile(world.app, world.team_id)
        return {"team": world.team_id, "bot_id": world.app.bot_id, "app_id": world.app.id, "bot_profile": profile}
    person = world.people.get(message.user)
    if person is None:
        return {"team": world.team_id}
    away = {"user_team": person.team_id, "source_team": person.team_id} if person.team_id != world.team_id else {}
    bot = {"bot_id": "B" + person.id[1:], "app_id": "A" + person.id[1:]} if person.is_bot else {}
    return {"team": person.team_id, **away, **bot}
