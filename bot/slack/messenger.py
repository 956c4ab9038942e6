"""SlackMessenger: shows the desk's cards in Slack, each of them once."""

import asyncio
import hashlib
import json
import logging
from collections import OrderedDict
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from itertools import count
from typing import Any
from weakref import WeakValueDictionary

from slack_sdk.web.async_client import AsyncWebClient

from bot.cards.card import announcement as announced
from bot.cards.card import notice as noticed
from bot.cards.card import render
from bot.cards.rendering import Rendering
from bot.content import Announcement, Content, Notice, Reported, Working
from bot.errors import BotError, Undelivered
from bot.intents import Place
from bot.interfaces import Reactions
from bot.slack.client import call
from bot.slack.editing import Editing
from bot.slack.files import Files
from bot.slack.identity import Identity
from bot.slack.lookup import Lookup
from bot.slack.patience import Patience
from bot.slack.posting import POST, QUIET, Checkpoint, Message, Posting
from bot.slack.refusals import Limited, Refusal, Troubled, Unanswered, Unreachable
from bot.slack.throttle import Throttle
from knowledge.team import plain_emoji
from storage.database import Database

_LOG = logging.getLogger(__name__)
_SUPERSEDED = Message(
    "This part is no longer needed.",
    [{"type": "context", "elements": [{"type": "plain_text", "text": "This part is no longer needed."}]}],
)
_PATIENCE = Patience()
_REMEMBERED = 2_000
_NOT_YET = "invalid_blocks"
_AGAIN = (0.25, 1.0, 4.0)
"""Pauses before a private word is tried again: to hear it twice does no harm."""
_SECOND = 2
"""The number of the first part that is not the card itself."""


class SlackMessenger:
    """The messenger of one workspace. `checkpoint` is told of the steps that a crash could fall on."""

    def __init__(  # noqa: PLR0913 - Everything it uses is handed to it.
        self,
        *,
        client: AsyncWebClient,
        database: Database,
        workspace: str,
        throttle: Throttle,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        patience: Patience = _PATIENCE,
        checkpoint: Checkpoint = lambda _: None,
    ) -> None:
        self._client = client
        self._throttle = throttle
        self._identity = Identity(client)
        self._files = Files(client, throttle)
        self._posting = Posting(
            client=client,
            database=database,
            workspace=workspace,
            throttle=throttle,
            lookup=Lookup(client, throttle, self._identity),
            now=now,
            patience=patience,
            checkpoint=checkpoint,
        )
        self._editing = Editing(client, throttle, self._posting, patience, checkpoint)
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._last_shown: OrderedDict[str, tuple[int, bytes]] = OrderedDict()

    async def place(self, post: str, place: Place, content: Content) -> str:
        """Post a card once and give back its message. A second call finds the first one's.

        Raises `Undelivered` where Slack refuses, and `Unconfirmed` where it cannot be known whether it took the card.
        """
        return await self._post(post, place, render(content))

    async def announce(self, post: str, place: Place, announcement: Announcement) -> None:
        """Post something else once. Pictures that the workspace does not take are told in words."""
        announced(announcement)  # What may not be shown is not worth an upload.
        stored = await self._posting.load(post)
        if not isinstance(announcement, Reported) or not announcement.pictures or (stored and stored.ts):
            await self._post(post, place, announced(announcement))
            return
        pictures = tuple([await self._files.upload(each) for each in announcement.pictures])
        # Slack works on a file for a moment before a message may show it.
        for pause in _AGAIN:
            try:
                await self._post(post, place, announced(announcement.model_copy(update={"pictures": pictures})))
            except Refusal as refusal:
                if refusal.code != _NOT_YET:
                    raise
                await asyncio.sleep(pause)
            else:
                return
        await self._post(post, place, announced(announcement))

    async def show(self, post: str, content: Content, revision: int) -> None:
        """Edit a card. An older revision never replaces a newer one; a card that a person deleted stays deleted."""
        if isinstance(content, Working) and self._throttle.busy("chat.update"):
            return
        async with self._lock(post):
            await self._show(post, render(content), revision)

    async def whisper(self, place: Place, person: str, notice: Notice) -> None:
        """Tell one person in private: beside the card or, where Slack does not allow that, in a direct message."""
        try:
            for message in _messages(noticed(notice)):
                await self._tell_surely(place, person, message)
        except BotError as unheard:
            _LOG.warning("whisper_failed", extra={"channel": place.channel, "reason": type(unheard).__name__})

    async def reactions(self, place: Place) -> Reactions:
        """Who reacts to a message with which emoji, as it is now: skin tones folded, without ourselves."""
        own = await self._identity.read()
        try:
            found = await self._read_reactions(place)
        except Refusal as refusal:
            if refusal.code == "message_not_found":
                return Reactions({}, 0.0)
            raise
        message = found.get("message") or {}
        people: dict[str, frozenset[str]] = {}
        for reaction in message.get("reactions") or ():
            name = plain_emoji(str(reaction["name"]))
            people[name] = people.get(name, frozenset()) | (frozenset(reaction["users"]) - {own.user_id})
        edited_at = float((message.get("edited") or {}).get("ts") or place.message)
        reacting = {name: users for name, users in people.items() if users}
        return Reactions(reacting, edited_at, _buttons(message["blocks"]) if "blocks" in message else None)

    async def _read_reactions(self, place: Place) -> Mapping[str, Any]:
        """What Slack says, asked again where it has trouble: a decision hangs on it."""
        for pause in _AGAIN:
            try:
                return await self._ask_reactions(place)
            except (Limited, Troubled, Unanswered, Unreachable) as trouble:
                wait = trouble.seconds if isinstance(trouble, Limited) else pause
                self._throttle.hold("reactions.get", "", wait)
        return await self._ask_reactions(place)

    async def _ask_reactions(self, place: Place) -> Mapping[str, Any]:
        await self._throttle.turn("reactions.get")
        return await call(self._client, "reactions.get", channel=place.channel, timestamp=place.message, full=True)

    async def link(self, place: Place) -> str:
        """The address of a message, or empty."""
        await self._throttle.turn("chat.getPermalink")
        try:
            answer = await call(
                self._client, "chat.getPermalink", channel=place.channel, message_ts=place.message or place.thread
            )
        except Undelivered:
            return ""
        return str(answer.get("permalink") or "")

    async def _post(self, post: str, place: Place, rendering: Rendering) -> str:
        first, *others = _messages(rendering)
        async with self._lock(post):
            self._last_shown.pop(post, None)
            ts = await self._posting.once(post, place, first)
            thread = place.model_copy(update={"thread": place.thread or ts})
            for number, message in enumerate(others, _SECOND):
                await self._posting.once(_part(post, number), thread, message)
        return ts

    async def _show(self, post: str, rendering: Rendering, revision: int) -> None:
        stored = await self._posting.load(post)
        if stored is None or not await self._posting.shows(post, revision):
            return
        said = _digest(rendering)
        if self._last_shown.get(post) == (stored.shown, said):
            # What the card says already, as this process left it.
            self._remember(post, revision, said)
            return
        first, *others = _messages(rendering)
        if not await self._editing.edit(post, first, lambda: self._posting.shows(post, revision)):
            self._last_shown.pop(post, None)
            return
        thread = Place(channel=stored.channel, thread=stored.thread or stored.ts or "")
        await self._show_parts(post, thread, others)
        self._remember(post, revision, said)

    async def _show_parts(self, post: str, thread: Place, messages: list[Message]) -> None:
        for number in count(_SECOND):
            part = _part(post, number)
            wanted = messages[number - _SECOND] if number - _SECOND < len(messages) else None
            known = await self._posting.load(part)
            if wanted is None and known is None:
                return
            if wanted is not None and (known is None or known.ts is None):
                await self._posting.once(part, thread, wanted)
            if known is not None:
                await self._editing.edit(part, wanted or _SUPERSEDED)

    async def _tell_surely(self, place: Place, person: str, message: Message) -> None:
        for pause in _AGAIN:
            with suppress(Troubled, Unreachable, Unanswered):
                return await self._tell(place, person, message)
            await asyncio.sleep(pause)
        return await self._tell(place, person, message)

    async def _tell(self, place: Place, person: str, message: Message) -> None:
        # A direct conversation has nobody to hide a notice from, and there it stays readable.
        if place.channel.startswith("D"):
            await self._say("chat.postMessage", message, channel=place.channel, thread_ts=place.thread or None)
            return
        # In a thread that nobody has answered yet, Slack shows a private word to nobody.
        thread = place.thread if place.thread and await self._posting.is_answered(place) else None
        try:
            await self._say("chat.postEphemeral", message, channel=place.channel, thread_ts=thread, user=person)
        except Refusal:
            await self._say("chat.postMessage", message, channel=person)

    async def _say(self, method: str, message: Message, **where: str | None) -> None:
        quiet: dict[str, Any] = QUIET if method == POST else {"parse": "none", "link_names": False}
        said = {"text": message.text, "blocks": message.blocks, **quiet, **where}
        channel = where["channel"] or ""
        await self._throttle.turn(method, channel)
        try:
            await call(self._client, method, **said)
        except Limited as limited:
            self._throttle.hold(method, channel, limited.seconds)
            await self._throttle.turn(method, channel)
            await call(self._client, method, **said)

    def _lock(self, post: str) -> asyncio.Lock:
        return self._locks.setdefault(post, asyncio.Lock())

    def _remember(self, post: str, revision: int, said: bytes) -> None:
        self._last_shown[post] = (revision, said)
        self._last_shown.move_to_end(post)
        if len(self._last_shown) > _REMEMBERED:
            self._last_shown.popitem(last=False)


def _messages(rendering: Rendering) -> list[Message]:
    """A card's messages. The text stands for the blocks in a notification, and only the first one needs to tell."""
    first, *others = rendering.parts
    return [Message(rendering.text, first), *(Message("The draft continues.", blocks) for blocks in others)]


def _buttons(blocks: list[dict[str, Any]]) -> frozenset[tuple[str, str]]:
    pressed = (each for block in blocks if block.get("type") == "actions" for each in block.get("elements") or ())
    return frozenset((str(each.get("action_id")), str(each["value"])) for each in pressed if each.get("value"))


def _part(post: str, number: int) -> str:
    return f"{post}:part{number}"


def _digest(rendering: Rendering) -> bytes:
    return hashlib.sha256(json.dumps([rendering.text, rendering.parts]).encode()).digest()
