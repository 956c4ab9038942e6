"""What people post: customers' messages, mentions, talk in a draft's thread, edits and deletions."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from slack_bolt.async_app import AsyncApp

from bot.helpdesks.links import Links
from bot.intents import CardDeleted, ChannelShared, Delivery, Intent, OpenTicket, Place, SourceChanged, Talk
from bot.listeners.plain_text import begins_with_mention, mentions, names_somebody, plain_text
from bot.listeners.services import Services
from bot.reception import opening_key
from bot.requests import is_message, is_only_links
from bot.wishes import ASIDE

_SPOKEN = {None, "", "file_share", "thread_broadcast"}
Event = Mapping[str, Any]
Find = Callable[[str], Links]


def register(app: AsyncApp, services: Services) -> None:
    """Listen to messages."""

    async def heard(event: dict[str, Any], body: dict[str, Any]) -> None:
        parts = services.parts
        delivery = read(
            event, body.get("event_id", ""), services.bot_user, parts.team().channels.intake, parts.reader.find
        )
        if delivery:
            await services.reception.accept(delivery)

    async def shared(event: dict[str, Any], body: dict[str, Any]) -> None:
        place = Place(channel=event.get("channel", ""))
        event_id = body.get("event_id", "")
        await services.reception.accept(
            Delivery(key=f"shared:{event_id}", event_id=event_id, intent=ChannelShared(place=place, person=""))
        )

    app.event("message")(heard)
    app.event("app_mention")(heard)
    app.event("channel_shared")(shared)


def read(event: Event, event_id: str, bot: str, intake: Collection[str], find: Find) -> Delivery | None:
    """What a message event wants of the desk, or None. `find` finds links to tickets."""
    match event.get("subtype"):
        case "message_changed":
            # Of a message with replies, such as ours, Slack leaves a tombstone and tells of a change.
            gone = (event.get("message") or {}).get("subtype") == "tombstone"
            return _deleted(event, event_id, bot) if gone else _changed(event, event_id)
        case "message_deleted":
            return _deleted(event, event_id, bot)
        case subtype if subtype in _SPOKEN and _by_a_person(event, bot):
            intent = _spoken(event, bot, intake, find)
            key = opening_key(event.get("channel", ""), event.get("ts", ""))
            return Delivery(key=key, event_id=event_id, intent=intent) if intent else None
        case _:
            return None


def _by_a_person(message: Event, bot: str) -> bool:
    return bool(message.get("user")) and not message.get("bot_id") and message["user"] not in (bot, "USLACKBOT")


def _spoken(event: Event, bot: str, intake: Collection[str], find: Find) -> Intent | None:
    raw, channel, ts = event.get("text") or "", event.get("channel", ""), event.get("ts", "")
    text = plain_text(raw, bot=bot)
    named = mentions(raw, bot)
    addressed = named or event.get("channel_type") == "im"
    if text.casefold().startswith(ASIDE):
        return None
    thread = event.get("thread_ts")
    if thread and thread != ts:
        if not addressed and names_somebody(raw):
            return None
        place = Place(channel=channel, thread=thread, message=ts)
        return Talk(place=place, person=event["user"], text=text, mentioned=addressed)
    files = files_of(event)
    if addressed or (channel in intake and not begins_with_mention(raw) and _says(text, files, find)):
        place = Place(channel=channel, thread=ts, message=ts)
        return OpenTicket(place=place, person=event["user"], text=text, files=files)
    return None


def files_of(message: Event) -> tuple[str, ...]:
    """The names of what came with a message."""
    return tuple(str(file.get("name") or "a file") for file in message.get("files") or ())


def _says(text: str, files: tuple[str, ...], find: Find) -> bool:
    """Whether there is something to draft from, and not a word or two between colleagues."""
    return bool(files) or is_message(text) or is_only_links(find(text))


def _changed(event: Event, event_id: str) -> Delivery | None:
    message, before = event.get("message") or {}, event.get("previous_message") or {}
    if not message.get("user") or message.get("bot_id") or message.get("text") == before.get("text"):
        return None  # An unfurl, or our own edit.
    text = plain_text(message.get("text") or "")
    if text.casefold().startswith(ASIDE):
        return None
    place = _place(event, message, message.get("ts", ""))
    edited = (message.get("edited") or {}).get("ts") or event.get("event_ts", "")
    intent = SourceChanged(place=place, person=message["user"], text=text)
    return Delivery(key=f"changed:{place.channel}:{place.message}:{edited}", event_id=event_id, intent=intent)


def _deleted(event: Event, event_id: str, bot: str) -> Delivery | None:
    before = event.get("previous_message") or {}
    place = _place(event, before, event.get("deleted_ts") or before.get("ts", ""))
    if before.get("user") == bot:
        gone = CardDeleted(place=place, person="")
        return Delivery(key=f"deleted:{place.channel}:{place.message}", event_id=event_id, intent=gone)
    if before.get("bot_id"):
        return None
    intent: Intent = SourceChanged(place=place, person=before.get("user", ""), text=None)
    return Delivery(key=f"deleted:{place.channel}:{place.message}", event_id=event_id, intent=intent)


def _place(event: Event, message: Event, ts: str) -> Place:
    """Where a message is; a thread is named only for a reply in it."""
    thread = message.get("thread_ts") or ""
    return Place(channel=event.get("channel", ""), thread="" if thread == ts else thread, message=ts)
