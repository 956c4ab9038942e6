"""The drafts of a workspace, each saved whole; lists of many are in `draft_lists`."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple, TypeVar

from sqlalchemy import inspect
from sqlmodel import col, func, select, update

from knowledge.drafting.draft import Draft, DraftStatus
from knowledge.drafting.edits import SentenceEdit
from knowledge.drafting.frozen import Frozen
from knowledge.drafting.review import Verdict
from storage.audit import AuditTrail, Details
from storage.draft_lists import OPEN, VOIDABLE, DraftLists, DraftSummary
from storage.draft_rows import Parts, draft_of, parts_of, row_of
from storage.edits import Edits, EditStage
from storage.errors import StorageError
from storage.tables import (
    CitationRow,
    DraftPartRow,
    DraftRow,
    EscalationRow,
    MissingFactRow,
    RemovedStatementRow,
    ReviewRow,
    StatementRow,
    TicketRow,
    new_id,
)
from storage.turn import take_turn

__all__ = ["DraftId", "DraftSummary", "Drafts", "Origin", "StoredDraft"]

_REPLACEABLE = [state.value for state in DraftStatus if state.may_become(DraftStatus.REPLACED)]
_Part = TypeVar("_Part", bound=DraftPartRow)


class DraftId(NamedTuple):
    """How a saved draft is named: by id to us, by the how many-th draft of its ticket to people."""

    id: str
    number: int


class Origin(Frozen):
    """Where a draft comes from."""

    requested_by: str = ""
    """The person who asked for it."""
    playbook: str = ""
    """Which playbook it was drafted with, as the caller names it."""
    edited_by: str = ""
    """The person who wrote its reply, where an agent edited an earlier draft."""
    style: str = ""
    """How its reply was asked to sound, as the caller names it."""


class StoredDraft(Frozen):
    """A draft and where it stands."""

    id: str
    ticket_id: str
    number: int
    newest: int
    """The number of the ticket's newest draft: another one than `number` means this one is history."""
    state: DraftStatus
    draft: Draft
    origin: Origin
    first_approver: str
    """Who approved it while it still awaits a second approval; otherwise empty."""
    created_at: datetime


class Drafts(DraftLists):
    """The drafts of one workspace."""

    async def save(
        self,
        draft: Draft,
        ticket_id: str,
        now: datetime,
        *,
        origin: Origin = Origin(),  # noqa: B008 - Immutable.
        draft_id: str | None = None,
        edits: Sequence[SentenceEdit] = (),
    ) -> DraftId:
        """Keeps a draft as the ticket's newest; the ones before that are not final become `REPLACED`.

        `edits` is what a person made of the desk's own version, for one that a person wrote.
        With a `draft_id` of the caller's own, a second call changes nothing: a job's step may run twice.
        """
        await take_turn(self._tx, self._workspace)
        if draft_id:
            known = await self._tx.get(DraftRow, (self._workspace, draft_id))
            if known:
                return DraftId(known.id, known.number)
        if await self._tx.get(TicketRow, (self._workspace, ticket_id)) is None:
            raise StorageError(f"There is no ticket {ticket_id} in {self._workspace}; open it before drafting.")
        saved = DraftId(draft_id or new_id(), await self._newest(ticket_id) + 1)
        replaced = await self._replace_earlier(ticket_id)
        self._tx.add(
            DraftRow(
                workspace=self._workspace,
                id=saved.id,
                ticket_id=ticket_id,
                number=saved.number,
                state=DraftStatus.AWAITING.value,
                created_at=now,
                **origin.model_dump(),
                **row_of(draft),
            )
        )
        await self._tx.flush()
        for level in parts_of(draft, self._workspace, saved.id).levels():
            self._tx.add_all(level)
            await self._tx.flush()
        await AuditTrail(self._tx, self._workspace).append(
            at=now,
            actor=origin.requested_by or "proofdesk",
            action="draft.saved",
            subject=saved.id,
            details={
                "ticket": ticket_id,
                "number": saved.number,
                "outcome": draft.status.value,
                "topic": draft.topic,
                "words": len(draft.reply.split()),
                "edited": bool(origin.edited_by),
                "model": draft.model,
                "prompt_tokens": draft.tokens.prompt,
                "completion_tokens": draft.tokens.completion,
                "playbook": origin.playbook,
                "replaced": replaced,
            },
        )
        await Edits(self._tx, self._workspace).save(saved.id, EditStage.EDITED, edits, origin.edited_by, now)
        return saved

    async def load(self, draft_id: str) -> StoredDraft | None:
        """The draft as it was saved and where it stands, or none where this workspace has no such draft."""
        row = await self._tx.get(DraftRow, (self._workspace, draft_id), populate_existing=True)
        if row is None:
            return None
        parts = Parts(
            statements=await self._parts(StatementRow, draft_id),
            citations=await self._parts(CitationRow, draft_id),
            removed=await self._parts(RemovedStatementRow, draft_id),
            missing_facts=await self._parts(MissingFactRow, draft_id),
            escalations=await self._parts(EscalationRow, draft_id),
        )
        state = DraftStatus(row.state)
        return StoredDraft(
            id=row.id,
            ticket_id=row.ticket_id,
            number=row.number,
            newest=await self._newest(row.ticket_id),
            state=state,
            draft=draft_of(row, parts),
            origin=Origin.model_validate(row.model_dump(include=set(Origin.model_fields))),
            first_approver=await self._first_approver(row.id) if state is DraftStatus.AWAITING_SECOND else "",
            created_at=row.created_at,
        )

    async def newest(self, ticket_id: str) -> StoredDraft | None:
        """The ticket's newest draft, or none where it has no draft yet."""
        query = select(DraftRow.id).where(
            col(DraftRow.workspace) == self._workspace,
            col(DraftRow.ticket_id) == ticket_id,
            col(DraftRow.number) == await self._newest(ticket_id),
        )
        draft_id = (await self._tx.exec(query)).one_or_none()
        return await self.load(draft_id) if draft_id else None

    async def of_ticket(self, ticket_id: str) -> list[StoredDraft]:
        """All drafts of a ticket, oldest first."""
        query = select(DraftRow.id).where(
            col(DraftRow.workspace) == self._workspace, col(DraftRow.ticket_id) == ticket_id
        )
        ids = list(await self._tx.exec(query.order_by(col(DraftRow.number))))
        return [stored for draft_id in ids if (stored := await self.load(draft_id))]

    async def stale(self, ticket_id: str, now: datetime, actor: str, *, approved: bool = True) -> list[str]:
        """Marks the ticket's open drafts as stale, and `approved` ones: it is another ticket now. Their ids."""
        await take_turn(self._tx, self._workspace)
        query = select(DraftRow).where(
            col(DraftRow.workspace) == self._workspace,
            col(DraftRow.ticket_id) == ticket_id,
            col(DraftRow.state).in_(VOIDABLE if approved else OPEN),
        )
        in_order = query.order_by(col(DraftRow.number)).execution_options(populate_existing=True)
        rows = list(await self._tx.exec(in_order))
        trail = AuditTrail(self._tx, self._workspace)
        for row in rows:
            details: Details = {"ticket": ticket_id, "number": row.number, "was": row.state}
            row.state = DraftStatus.STALE.value
            await trail.append(at=now, actor=actor, action="draft.stale", subject=row.id, details=details)
        return [row.id for row in rows]

    async def _newest(self, ticket_id: str) -> int:
        query = select(func.max(DraftRow.number)).where(
            col(DraftRow.workspace) == self._workspace, col(DraftRow.ticket_id) == ticket_id
        )
        return (await self._tx.exec(query)).one() or 0

    async def _replace_earlier(self, ticket_id: str) -> int:
        earlier = update(DraftRow).where(
            col(DraftRow.workspace) == self._workspace,
            col(DraftRow.ticket_id) == ticket_id,
            col(DraftRow.state).in_(_REPLACEABLE),
        )
        return (await self._tx.exec(earlier.values(state=DraftStatus.REPLACED.value))).rowcount

    async def _parts(self, table: type[_Part], draft_id: str) -> list[_Part]:
        query = select(table).where(col(table.workspace) == self._workspace, col(table.draft_id) == draft_id)
        # The last part of each key is the position.
        return list(await self._tx.exec(query.order_by(*inspect(table).primary_key)))

    async def _first_approver(self, draft_id: str) -> str:
        """Who approved last so that a second person must: somebody else may have escalated and undone since."""
        query = select(ReviewRow.person).where(
            col(ReviewRow.workspace) == self._workspace,
            col(ReviewRow.draft_id) == draft_id,
            col(ReviewRow.verdict) == Verdict.APPROVE.value,
            col(ReviewRow.state) == DraftStatus.AWAITING_SECOND.value,
        )
        return (await self._tx.exec(query.order_by(col(ReviewRow.position).desc()).limit(1))).first() or ""
