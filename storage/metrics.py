"""Metrics: what happened to each draft, as times, counts and names; nothing of what anybody wrote."""

from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement
from sqlmodel import and_, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from knowledge.drafting.draft import DraftStatus, Outcome
from knowledge.drafting.edits import SentenceEdit
from storage.edits import EditStage
from storage.sent_replies import Satisfaction
from storage.tables import CitationRow, DraftRow, EditRow, ReviewRow, SentReplyRow, TicketRow

DECISIONS = frozenset({DraftStatus.APPROVED, DraftStatus.REJECTED, DraftStatus.ESCALATED})


class Decided(NamedTuple):
    """The last decision on a draft, where it still stands."""

    state: DraftStatus
    at: datetime
    reason: str = ""
    document: str = ""
    """For a factual error: the first document that proves the sentence; empty where none does."""


class Handled(NamedTuple):
    """One draft and what people made of it."""

    draft: str
    ticket: str
    number: int
    """The how many-th draft of its ticket, from 1."""
    topic: str
    outcome: Outcome
    words: int
    """Of the reply."""
    is_edited: bool
    """A person wrote it."""
    model: str
    prompt_tokens: int
    completion_tokens: int
    opened_at: datetime | None
    """When the customer wrote first, as the helpdesk says; none where that is not known."""
    taken_at: datetime
    """When the ticket came to the desk."""
    created_at: datetime
    state: DraftStatus
    first_review_at: datetime | None = None
    decided: Decided | None = None
    edits: tuple[SentenceEdit, ...] = ()
    """What a person made of the desk's own version, for an edited one."""
    sent_at: datetime | None = None
    """When a reply followed in the helpdesk; none where none is known."""
    sent_edits: tuple[SentenceEdit, ...] = ()
    """How that reply differs from the approved one."""
    satisfaction: Satisfaction = Satisfaction.UNKNOWN


_NOTHING_MORE = tuple(Handled._field_defaults.values())


class Metrics:
    """What happened to the drafts of one workspace."""

    def __init__(self, tx: AsyncSession, workspace: str) -> None:
        self._tx = tx
        self._workspace = workspace

    async def handled(self, since: datetime, until: datetime | None = None) -> list[Handled]:
        """The drafts made from a moment on and before another, oldest first."""
        # A moment without an end is simpler than two queries.
        made = (
            col(DraftRow.workspace) == self._workspace,
            col(DraftRow.created_at) >= since,
            col(DraftRow.created_at) < (until or datetime.max.replace(tzinfo=UTC)),
        )
        reviews = await self._reviews(*made)
        edits = await self._edits(*made)
        sent = await self._sent(*made)
        of_ticket = and_(
            col(TicketRow.workspace) == col(DraftRow.workspace), col(TicketRow.id) == col(DraftRow.ticket_id)
        )
        query = (
            select(
                DraftRow.id,
                DraftRow.ticket_id,
                DraftRow.number,
                DraftRow.topic,
                DraftRow.outcome,
                DraftRow.words,
                DraftRow.edited_by,
                DraftRow.model,
                DraftRow.prompt_tokens,
                DraftRow.completion_tokens,
                TicketRow.opened_at,
                TicketRow.created_at,
                DraftRow.created_at,
                DraftRow.state,
            )  # type: ignore[call-overload] # SQLModel types no more than four columns.
            .join(TicketRow, of_ticket)
            .where(*made)
            .order_by(col(DraftRow.created_at), col(DraftRow.ticket_id), col(DraftRow.number))
        )
        found: list[Handled] = []
        for draft, ticket, number, topic, outcome, words, edited_by, *rest, state in await self._tx.exec(query):
            columns: tuple[Any, ...] = (draft, ticket, number, topic, Outcome(outcome), words, bool(edited_by), *rest)
            more = {**reviews.get(draft, {}), **edits.get(draft, {}), **sent.get(draft, {})}
            found.append(Handled._make((*columns, DraftStatus(state), *_NOTHING_MORE))._replace(**more))
        return found

    async def _reviews(self, *made: ColumnElement[bool]) -> dict[str, dict[str, Any]]:
        """When each draft was first decided on, and the last decision where it stands."""
        faulty = and_(
            col(CitationRow.workspace) == col(ReviewRow.workspace),
            col(CitationRow.draft_id) == col(ReviewRow.draft_id),
            col(CitationRow.statement) == col(ReviewRow.sentence),
            col(CitationRow.position) == 0,
        )
        query = (
            select(ReviewRow.draft_id, ReviewRow.state, ReviewRow.at, ReviewRow.reason, CitationRow.document)  # type: ignore[call-overload] # As above.
            .join(DraftRow, _of_draft(ReviewRow))
            .join(CitationRow, faulty, isouter=True)
            .where(*made)
            .order_by(col(ReviewRow.draft_id), col(ReviewRow.position))
        )
        found: dict[str, dict[str, Any]] = {}
        for draft, state, at, reason, document in await self._tx.exec(query):
            decided = Decided(DraftStatus(state), at, reason, document or "") if state in DECISIONS else None
            found.setdefault(draft, {"first_review_at": at})["decided"] = decided
        return found

    async def _edits(self, *made: ColumnElement[bool]) -> dict[str, dict[str, Any]]:
        query = select(EditRow).join(DraftRow, _of_draft(EditRow)).where(*made)
        found: dict[str, dict[str, Any]] = {}
        for row in await self._tx.exec(query.order_by(col(EditRow.position))):
            edit = SentenceEdit.model_validate(row.model_dump(include=set(SentenceEdit.model_fields)))
            edits = found.setdefault(row.draft_id, {"edits": (), "sent_edits": ()})
            edits["edits" if row.stage == EditStage.EDITED else "sent_edits"] += (edit,)
        return found

    async def _sent(self, *made: ColumnElement[bool]) -> dict[str, dict[str, Any]]:
        query = select(SentReplyRow.draft_id, SentReplyRow.sent_at, SentReplyRow.satisfaction)
        rows = await self._tx.exec(query.join(DraftRow, _of_draft(SentReplyRow)).where(*made))
        return {draft: {"sent_at": at, "satisfaction": Satisfaction(said)} for draft, at, said in rows}


def _of_draft(table: type[ReviewRow | EditRow | SentReplyRow]) -> ColumnElement[bool]:
    return and_(col(table.workspace) == col(DraftRow.workspace), col(table.draft_id) == col(DraftRow.id))
