"""Random histories of tickets and drafts, carried out through the storage that the desk uses."""

from collections.abc import Sequence
from datetime import timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from knowledge.drafting.answer import TokenCount
from knowledge.drafting.draft import DraftStatus, Outcome
from knowledge.drafting.edits import EditKind, SentenceEdit
from knowledge.drafting.review import RejectReason, Verdict
from knowledge.drafting.ticket import TicketRef
from storage.database import Database
from storage.drafts import Drafts, Origin, StoredDraft
from storage.metrics import Metrics
from storage.metrics_from_audit import handled_by_audit
from storage.reviews import Decision, Reviews
from storage.sent_replies import Satisfaction, SentReplies
from storage.tickets import Tickets
from tests.storage.examples import DRAFT, NOW, TICKET

STEPS = ("draft", "edit", "decide", "decide", "undo", "stale", "read", "reply")
TICKETS = 3
NUMBERS = 10
"""That say how a step is done."""
_VERDICTS = (
    (Verdict.APPROVE, DraftStatus.APPROVED),
    (Verdict.APPROVE, DraftStatus.AWAITING_SECOND),
    (Verdict.REJECT, DraftStatus.REJECTED),
    (Verdict.ESCALATE, DraftStatus.ESCALATED),
)


async def play(database: Database, workspace: str, steps: Sequence[tuple[str, int, int]]) -> int:
    """Carry a history out; how many drafts it made. Raises AssertionError where audit trail and tables differ."""
    for minute, (step, ticket, how) in enumerate(steps):
        async with database.transaction() as tx:
            await _Moment(tx, workspace, minute).do(step, f"ticket {ticket}", how)
    async with database.reading() as tx:
        stored = await Metrics(tx, workspace).handled(NOW)
        assert await handled_by_audit(tx, workspace, NOW) == stored
        later = NOW + timedelta(minutes=10)
        assert await handled_by_audit(tx, workspace, later) == await Metrics(tx, workspace).handled(later)
    return len(stored)


class _Moment:
    """One step of a history."""

    def __init__(self, tx: AsyncSession, workspace: str, minute: int) -> None:
        self._tx = tx
        self._workspace = workspace
        self._now = NOW + timedelta(minutes=minute)

    async def do(self, step: str, key: str, how: int) -> None:
        ref = TicketRef(helpdesk="zendesk", id=key)
        ticket = TICKET.model_copy(update={"ref": ref, "opened_at": NOW if how % 2 else None})
        ticket_id = await Tickets(self._tx, self._workspace).open(ticket, key, self._now)
        newest = await Drafts(self._tx, self._workspace).newest(ticket_id)
        match step:
            case "draft":
                await self._draft(ticket_id, how)
            case "read":
                dated = ticket.model_copy(update={"opened_at": NOW - timedelta(hours=how) if how else None})
                await Tickets(self._tx, self._workspace).refresh(ticket_id, dated, "", self._now)
            case "stale":
                await Drafts(self._tx, self._workspace).stale(ticket_id, self._now, "U1", approved=bool(how % 2))
            case "edit" if newest:
                await self._draft(ticket_id, how, edited_by="U1")
            case "reply" if newest:
                await self._reply(newest, how)
            case "undo" if newest:
                await self._decide(newest, Verdict.UNDO, DraftStatus.AWAITING, how)
            case "decide" if newest:
                await self._decide(newest, *_VERDICTS[how % len(_VERDICTS)], how)

    async def _draft(self, ticket_id: str, how: int, edited_by: str = "") -> None:
        draft = DRAFT.model_copy(
            update={
                "topic": f"topic {how % 3}" if how % 3 else "",
                "reply": "word " * how,
                "status": (*Outcome,)[how % 3],
                "tokens": TokenCount(prompt=how, completion=how * 2),
            }
        )
        edits = _edits(how) if edited_by else ()
        origin = Origin(requested_by="U2", edited_by=edited_by)
        await Drafts(self._tx, self._workspace).save(draft, ticket_id, self._now, origin=origin, edits=edits)

    async def _decide(self, draft: StoredDraft, verdict: Verdict, state: DraftStatus, how: int) -> None:
        if not draft.state.may_become(state):
            return
        reason = (*RejectReason,)[how % 5] if verdict is Verdict.REJECT else ""
        sentence = how % 2 if reason == RejectReason.FACTUAL_ERROR else None
        await Reviews(self._tx, self._workspace).decide(
            draft.id,
            expected_state=draft.state,
            expected_number=draft.number,
            new_state=state,
            review=Decision(person="U1", verdict=verdict, reason=reason, sentence=sentence),
            now=self._now,
        )

    async def _reply(self, draft: StoredDraft, how: int) -> None:
        await SentReplies(self._tx, self._workspace).save(
            draft.id,
            now=self._now,
            sent_at=self._now if how > 3 else None,
            edits=_edits(how),
            satisfaction=(*Satisfaction,)[how % 3],
        )


def _edits(how: int) -> tuple[SentenceEdit, ...]:
    kinds = (*EditKind,)
    return tuple(
        SentenceEdit(kind=kinds[(how + n) % 4], words=n + 1, characters=how, document="refunds" if n else "")
        for n in range(how % 4)
    )
