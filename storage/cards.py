"""The cards: where in Slack a ticket's draft is shown, one for each ticket and thread."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from knowledge.drafting.frozen import Frozen
from storage.audit import AuditTrail
from storage.tables import CardRow, PostRow
from storage.turn import take_turn


class StoredCard(Frozen):
    """A card; the post with the same id is its message."""

    id: str
    ticket_id: str
    channel: str
    thread: str
    """The ts of the message it answers; empty where the card begins a thread of its own."""
    source: str
    """The ts of the message the ticket's text came from, or empty."""
    requested_by: str
    claimed_by: str
    """Who is looking after it, or empty."""
    source_gone: bool
    """Whether the message the text came from was deleted."""
    withheld: str
    """Why nothing of it may be shown, or empty."""
    created_at: datetime


class Cards:
    """The cards of one workspace. Lists are oldest first; each change of a card is in the audit trail."""

    def __init__(self, tx: AsyncSession, workspace: str) -> None:
        self._tx = tx
        self._workspace = workspace

    async def open(  # noqa: PLR0913, PLR0917 - Where a card stands and why.
        self,
        card_id: str,
        ticket_id: str,
        channel: str,
        thread: str,
        source: str,
        requested_by: str,
        now: datetime,
    ) -> StoredCard:
        """The ticket's card in this thread, made with this id where there is none."""
        await take_turn(self._tx, self._workspace)
        known = await self._where(
            col(CardRow.channel) == channel, col(CardRow.thread) == thread, col(CardRow.ticket_id) == ticket_id
        )
        if known:
            return known[0]
        row = CardRow(
            workspace=self._workspace,
            id=card_id,
            ticket_id=ticket_id,
            channel=channel,
            thread=thread,
            source=source,
            requested_by=requested_by,
            created_at=now,
        )
        self._tx.add(row)
        await self._note("card.opened", row, now, requested_by or "proofdesk")
        return _card(row)

    async def load(self, card_id: str) -> StoredCard | None:
        """The card, or none where this workspace has no such card."""
        found = await self._where(col(CardRow.id) == card_id)
        return found[0] if found else None

    async def in_thread(self, channel: str, thread: str) -> list[StoredCard]:
        """The cards in a thread, and the card that began it."""
        first = select(PostRow.id).where(
            col(PostRow.workspace) == self._workspace, col(PostRow.channel) == channel, col(PostRow.ts) == thread
        )
        began_it = and_(col(CardRow.thread) == "", col(CardRow.id).in_(first))
        return await self._where(col(CardRow.channel) == channel, or_(col(CardRow.thread) == thread, began_it))

    async def of_ticket(self, ticket_id: str) -> list[StoredCard]:
        """The cards that show a ticket."""
        return await self._where(col(CardRow.ticket_id) == ticket_id)

    async def of_source(self, channel: str, source: str) -> list[StoredCard]:
        """The cards whose text came from a message."""
        return await self._where(col(CardRow.channel) == channel, col(CardRow.source) == source)

    async def claim(self, card_id: str, person: str, now: datetime) -> bool:
        """Notes who looks after a card, or with an empty name that nobody does. False where there is no such card."""
        row = await self._to_change(card_id)
        if row is None:
            return False
        actor = person or row.claimed_by or "proofdesk"
        row.claimed_by = person
        await self._note("card.claimed" if person else "card.released", row, now, actor)
        return True

    async def source_gone(self, card_id: str, now: datetime, actor: str = "proofdesk") -> bool:
        """Notes that the message the text came from was deleted. False where there is no such card."""
        row = await self._to_change(card_id)
        if row is None:
            return False
        row.source_gone = True
        await self._note("card.source_gone", row, now, actor)
        return True

    async def sourced(self, card_id: str, source: str, now: datetime, actor: str) -> None:
        """Notes which message a card's text comes from, because another one took the place of the first."""
        row = await self._to_change(card_id)
        if row is not None and row.source != source:
            row.source = source
            await self._note("card.sourced", row, now, actor)

    async def withhold(self, channel: str, reason: str, now: datetime, actor: str = "proofdesk") -> list[StoredCard]:
        """Withholds the cards of a channel, for a reason that is told in their place; those not withheld before."""
        await take_turn(self._tx, self._workspace)
        query = select(CardRow).where(
            col(CardRow.workspace) == self._workspace, col(CardRow.channel) == channel, col(CardRow.withheld) == ""
        )
        in_order = query.order_by(col(CardRow.created_at), col(CardRow.id))
        rows = list(await self._tx.exec(in_order, execution_options={"populate_existing": True}))
        for row in rows:
            row.withheld = reason
            await self._note("card.withheld", row, now, actor)
        return [_card(row) for row in rows]

    async def _to_change(self, card_id: str) -> CardRow | None:
        await take_turn(self._tx, self._workspace)
        return await self._tx.get(CardRow, (self._workspace, card_id), populate_existing=True)

    async def _note(self, action: str, row: CardRow, now: datetime, actor: str) -> None:
        trail = AuditTrail(self._tx, self._workspace)
        await trail.append(at=now, actor=actor, action=action, subject=row.id, details={"ticket": row.ticket_id})

    async def _where(self, *conditions: ColumnElement[bool]) -> list[StoredCard]:
        query = select(CardRow).where(col(CardRow.workspace) == self._workspace, *conditions)
        oldest_first = query.order_by(col(CardRow.created_at), col(CardRow.id))
        rows = await self._tx.exec(oldest_first, execution_options={"populate_existing": True})
        return [_card(row) for row in rows]


def _card(row: CardRow) -> StoredCard:
    return StoredCard.model_validate(row.model_dump(exclude={"workspace"}))
