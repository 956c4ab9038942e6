"""What became of approved drafts: whether and how they were sent, and what the customer said of it."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlmodel import and_, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from knowledge.drafting.draft import DraftStatus
from knowledge.drafting.edits import SentenceEdit
from knowledge.drafting.frozen import Frozen
from storage.audit import AuditTrail, Details
from storage.draft_lists import has_newer
from storage.edits import Edits, EditStage
from storage.tables import DraftRow, SentReplyRow, TicketRow
from storage.turn import take_turn

_ACTOR = "proofdesk"


class Satisfaction(StrEnum):
    """What a customer said of the service."""

    GOOD = "good"
    BAD = "bad"
    UNKNOWN = ""


class Awaited(Frozen):
    """An approved draft whose fate is to be looked up."""

    draft_id: str
    ticket_id: str


class SentReplies:
    """The sent replies of one workspace."""

    def __init__(self, tx: AsyncSession, workspace: str) -> None:
        self._tx = tx
        self._workspace = workspace

    async def due(self, before: datetime, since: datetime, limit: int, *, made_before: datetime) -> list[Awaited]:
        """Approved drafts of tickets in a helpdesk, made between two moments and not looked at after `before`.

        Those whose reply and satisfaction are both known are not due any more. The longest unseen comes first.
        """
        of_draft = and_(
            col(SentReplyRow.workspace) == col(DraftRow.workspace), col(SentReplyRow.draft_id) == col(DraftRow.id)
        )
        of_ticket = and_(
            col(TicketRow.workspace) == col(DraftRow.workspace), col(TicketRow.id) == col(DraftRow.ticket_id)
        )
        seen, sent = col(SentReplyRow.read_at), col(SentReplyRow.sent_at)
        query = (
            select(DraftRow.id, DraftRow.ticket_id)
            .join(TicketRow, of_ticket)
            .join(SentReplyRow, of_draft, isouter=True)
            .where(
                col(DraftRow.workspace) == self._workspace,
                col(DraftRow.state) == DraftStatus.APPROVED.value,
                col(DraftRow.created_at) > since,
                col(DraftRow.created_at) <= made_before,
                # What an agent writes after a later draft is that one's.
                ~has_newer(),
                # What was pasted is in no helpdesk that could be read.
                col(TicketRow.read_at).is_not(None),
                seen.is_(None) | ((seen < before) & (sent.is_(None) | (col(SentReplyRow.satisfaction) == ""))),
            )
            .order_by(seen.is_not(None), seen, col(DraftRow.created_at))
            .limit(limit)
        )
        return [Awaited(draft_id=draft, ticket_id=ticket) for draft, ticket in await self._tx.exec(query)]

    async def save(
        self,
        draft_id: str,
        *,
        now: datetime,
        sent_at: datetime | None = None,
        edits: Sequence[SentenceEdit] = (),
        satisfaction: Satisfaction = Satisfaction.UNKNOWN,
    ) -> None:
        """Keeps what the helpdesk says now. A reply that was found stays the one that was sent, with its edits."""
        row = await self._looked(draft_id, now)
        is_new = row.sent_at is None and sent_at is not None
        if is_new:
            row.sent_at = sent_at
        if not is_new and row.satisfaction == satisfaction.value:
            return
        row.satisfaction = satisfaction.value
        details: Details = {
            "sent_at": row.sent_at.isoformat() if row.sent_at else "",
            "satisfaction": row.satisfaction,
        }
        await AuditTrail(self._tx, self._workspace).append(
            at=now, actor=_ACTOR, action="reply.read", subject=draft_id, details=details
        )
        if is_new:
            await Edits(self._tx, self._workspace).save(draft_id, EditStage.SENT, edits, _ACTOR, now)

    async def looked_at(self, draft_id: str, now: datetime) -> None:
        """Notes that it was looked for, and could not be seen."""
        await self._looked(draft_id, now)

    async def _looked(self, draft_id: str, now: datetime) -> SentReplyRow:
        await take_turn(self._tx, self._workspace)
        row = await self._tx.get(SentReplyRow, (self._workspace, draft_id), populate_existing=True)
        if row is None:
            row = SentReplyRow(workspace=self._workspace, draft_id=draft_id, read_at=now, satisfaction="")
            self._tx.add(row)
        row.read_at = now
        return row
