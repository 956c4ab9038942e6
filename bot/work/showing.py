"""Showing: the card says what is so now, whatever was done."""

from bot.intents import Place
from bot.jobs import Step
from bot.parts import Parts
from storage.cards import StoredCard


class Showing:
    """Brings cards up to date."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def show(self, card_id: str, step: Step) -> None:
        """Edit a card to what the database says, as a step of a job."""

        async def now() -> str:
            await self.now(card_id)
            return card_id

        await step("show", now)

    async def now(self, card_id: str) -> None:
        """Edit a card to what the database says."""
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
