"""Showing: the card says what is so now, whatever was done."""

import logging
from collections.abc import Iterable
from contextlib import suppress

from bot.errors import Undelivered
from bot.intents import Place
from bot.jobs import Step
from bot.parts import Parts
from knowledge.drafting.review import ChannelKind
from storage.cards import Cards, StoredCard

WITHHELD = (
    "This channel is shared with another company now, so the draft was taken away. Ask for it again in an internal "
    "channel."
)
_log = logging.getLogger(__name__)


class Showing:
    """Brings cards up to date."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._behind: set[str] = set()

    async def show(self, card_id: str, step: Step) -> None:
        """Edit a card to what the database says, as a step of a job."""

        async def now() -> str:
            await self.soon(card_id)
            return card_id

        await step("show", now)

    async def soon(self, card_id: str) -> None:
        """Edit a card to what the database says, now or as soon as Slack takes it."""
        try:
            await self.now(card_id)
        except Undelivered as error:
            # What was done stands, whatever the card says for now.
            _log.warning("card not shown yet", extra={"error": type(error).__name__})
            self._behind.add(card_id)

    async def drafts(self, drafts: Iterable[str]) -> None:
        """Edit the cards of drafts, each as soon as Slack takes it."""
        for draft in drafts:
            if on_card := await self._parts.records.draft(draft):
                await self.soon(on_card.card.id)

    async def again(self) -> None:
        """Bring cards up to date that Slack did not take before."""
        for card_id in tuple(self._behind):
            # A card that Slack still does not take keeps no other one waiting.
            with suppress(Undelivered):
                await self.now(card_id)
                self._behind.discard(card_id)

    async def now(self, card_id: str) -> None:
        """Edit a card to what the database says."""
        card = await self._parts.records.card(card_id)
        kind = await self._parts.people.channel(card.channel) if card and not card.withheld else ChannelKind.PUBLIC
        if kind is ChannelKind.UNKNOWN:
            raise Undelivered("I could not check who can read this channel; the card is brought up to date later.")
        if card and kind is ChannelKind.SHARED:
            async with self._parts.database.transaction() as tx:
                await Cards(tx, self._parts.workspace).withhold(card.channel, WITHHELD, self._parts.now())
        shown = await self._parts.board.card(card_id)
        if shown:
            await self._parts.messenger.show(card_id, shown.content, shown.revision)

    async def link(self, card: StoredCard) -> str:
        """The address of a card, or empty."""
        post = await self._parts.records.post(card.id)
        if post is None or post.ts is None:
            return ""
        return await self._parts.messenger.link(Place(channel=card.channel, thread=card.thread, message=post.ts))

    async def thread(self, card: StoredCard) -> Place:
        """Where a person is answered about a card: in its thread, which a card without one begins."""
        post = await self._parts.records.post(card.id) if not card.thread else None
        return Place(channel=card.channel, thread=card.thread or (post.ts if post and post.ts else ""))
