"""Filling: a card is placed, its ticket read and drafted, and the card shows the draft or why there is none."""

import asyncio

from bot.content import Failed, Working
from bot.content import Step as Doing
from bot.errors import HelpdeskError, explain
from bot.intents import Place
from bot.jobs import Step
from bot.parts import Parts
from bot.requests import PASTE
from bot.tasks.showing import Showing
from knowledge.drafting.ticket import Ticket
from storage.cards import Cards, StoredCard
from storage.drafts import Drafts
from storage.posts import Posts
from storage.tickets import Tickets

_AT_ONCE = 8
"""Drafts written at the same time; a model server and two cores do not thank us for more."""
_LOOK_EVERY = 1.0
"""Seconds between two looks at the work; a card edited more often would use up what Slack allows."""


class Filling:
    """Fills cards."""

    def __init__(self, parts: Parts, showing: Showing) -> None:
        self._parts = parts
        self._showing = showing
        self._writing = asyncio.Semaphore(_AT_ONCE)

    async def place(self, card: StoredCard, title: str, step: Step) -> None:
        """Place a card that says what is happening. A second call finds the first one's message."""
        working = await self._working(title)
        await step("place", lambda: self._parts.messenger.place(card.id, _place(card), working))

    async def place_failed(self, card: StoredCard, title: str, reason: str, step: Step) -> None:
        """Place a card that says why there is no draft."""
        failed = Failed(title=title, reason=reason)
        await step("place", lambda: self._parts.messenger.place(card.id, _place(card), failed))

    async def fill(self, card: StoredCard, title: str, draft_id: str, step: Step) -> None:
        """Draft and fill a placed card. A failure to draft is told in the card, with a way to try again."""
        working = await self._working(title)
        try:
            async with self._writing:
                await step("draft", lambda: self._draft(card, working, draft_id))
        except Exception as error:  # noqa: BLE001 - Whatever it was, the card says so.
            reason = f"{error} {PASTE}" if isinstance(error, HelpdeskError) else explain(error)[0]
            shown = await self._parts.board.card(card.id)
            failed = Failed(title=title, reason=reason, card=card.id)
            await self._parts.messenger.show(card.id, failed, shown.revision if shown else 0)
            return
        source = Place(channel=card.channel, message=card.source)
        changed = await self._parts.records.later_change(source) if card.source else None
        if changed and changed.text is None:
            await self.void(card, "")  # Deleted while it was drafted.
        await self._showing.show(card.id, step)

    async def begin_again(self, card: StoredCard, title: str) -> None:
        """Show that work on a card begins anew."""
        if shown := await self._parts.board.card(card.id):
            await self._parts.messenger.show(card.id, Working(title=title), shown.revision)

    async def post_again(self, card: StoredCard) -> None:
        """Let a card be posted anew, with all its parts: a person asked for it."""
        async with self._parts.database.transaction() as tx:
            posts = Posts(tx, self._parts.workspace)
            parts = [post.id for post in await posts.uncertain_ones() if post.id.startswith(f"{card.id}:part")]
            for post in (card.id, *parts):
                await posts.again(post)

    async def change(self, card: StoredCard, ticket: Ticket, person: str, draft_id: str) -> bool:
        """Take over a new text. Whether there is anything new to draft from."""
        async with self._parts.database.transaction() as tx:
            tickets = Tickets(tx, self._parts.workspace)
            changed = await tickets.change_text(card.ticket_id, ticket, self._parts.now(), actor=person)
            if changed:  # What answered the old words is void at once, even if no new draft can be made.
                drafts = Drafts(tx, self._parts.workspace)
                await drafts.stale(card.ticket_id, self._parts.now(), person or "proofdesk")
        return changed or await self._parts.records.is_draft(draft_id)

    async def void(self, card: StoredCard, person: str) -> None:
        """What a card was drafted from is gone: what is open on it may not be used any more."""
        async with self._parts.database.transaction() as tx:
            await Cards(tx, self._parts.workspace).source_gone(card.id, self._parts.now(), person or "proofdesk")
            drafts = Drafts(tx, self._parts.workspace)
            await drafts.stale(card.ticket_id, self._parts.now(), person or "proofdesk")

    async def _working(self, title: str) -> Working:
        return Working(title=title, documents=await self._parts.desk.library.catalogue.count_in_force())

    async def _draft(self, card: StoredCard, working: Working, draft_id: str) -> str:
        told = _Told()
        progress = asyncio.create_task(self._progress(card, working, told))
        try:
            return await self._parts.desk.draft_ticket(card.ticket_id, draft_id, card.requested_by, told) or ""
        finally:
            progress.cancel()
            await asyncio.gather(progress, return_exceptions=True)

    async def _progress(self, card: StoredCard, working: Working, told: "_Told") -> None:
        """Edit the card while a slow model writes; a draft that is ready within the second needs no such thing."""
        shown = working.step
        while True:
            await asyncio.sleep(_LOOK_EVERY)
            if told.step != shown:
                shown = told.step
                ticket = await self._parts.records.ticket(card.ticket_id)
                now = {"step": shown, "title": self._parts.board.title(ticket.ticket) if ticket else working.title}
                await self._parts.messenger.show(card.id, working.model_copy(update=now), 0)


class _Told:
    """Remembers which step began last."""

    def __init__(self) -> None:
        self.step = Doing.READING

    def __call__(self, step: str) -> None:
        self.step = Doing(step)


def _place(card: StoredCard) -> Place:
    return Place(channel=card.channel, thread=card.thread)
