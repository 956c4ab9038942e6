"""Metrics: what happened to each draft, as times, counts and names; nothing of what anybody wrote."""

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement
from sqlmodel import and_, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from knowledge.drafting.draft import DraftStatus, Outcome
from knowledge.drafting.edits import EditKind, SentenceEdit
from storage.edits import EditStage
from storage.sent_replies import Satisfaction
from storage.tables import CitationRow, DraftRow, EditRow, ReviewRow, SentReplyRow, TicketRow

_AT_A_TIME = 2_000
_STATES = {state.value: state for state in DraftStatus}
_OUTCOMES = {outcome.value: outcome for outcome in Outcome}
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
    words: int
    """Of the reply."""
    model: str
    prompt_tokens: int
    completion_tokens: int
    opened_at: datetime | None
    """When the customer wrote first, as the helpdesk says; none where that is not known."""
    taken_at: datetime
    """When the ticket came to the desk."""
    created_at: datetime
    outcome: Outcome
    is_edited: bool
    """A person wrote it."""
    state: DraftStatus
    first_review_at: datetime | None = None
    decided: Decided | None = None
    edits: tuple[SentenceEdit, ...] = ()
    """What a person made of the desk's own version, for an edited one."""
    sent_edits: tuple[SentenceEdit, ...] = ()
    """How the reply that was sent differs from the approved one."""
    sent_at: datetime | None = None
    """When a reply followed in the helpdesk; none where none is known."""
    satisfaction: Satisfaction = Satisfaction.UNKNOWN


_Edits = tuple[tuple[SentenceEdit, ...], tuple[SentenceEdit, ...]]
_NO_REVIEW: tuple[None, None] = (None, None)
_NO_EDITS: _Edits = ((), ())
_NOT_SENT: tuple[None, Satisfaction] = (None, Satisfaction.UNKNOWN)


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
        reviews, edits, sent = await self._reviews(*made), await self._edits(*made), await self._sent(*made)
        of_ticket = and_(
            col(TicketRow.workspace) == col(DraftRow.workspace), col(TicketRow.id) == col(DraftRow.ticket_id)
        )
        query = (
            select(
                DraftRow.id,
                DraftRow.ticket_id,
                DraftRow.number,
                DraftRow.topic,
                DraftRow.words,
                DraftRow.model,
                DraftRow.prompt_tokens,
                DraftRow.completion_tokens,
                TicketRow.opened_at,
                TicketRow.created_at,
                DraftRow.created_at,
                DraftRow.outcome,
                DraftRow.edited_by,
                DraftRow.state,
            )  # type: ignore[call-overload] # SQLModel types no more than four columns.
            .join(TicketRow, of_ticket)
            .where(*made)
            .order_by(col(DraftRow.created_at), col(DraftRow.ticket_id), col(DraftRow.number))
        )
        found: list[Handled] = []
        async for part in self._parts(query):
            for *columns, outcome, edited_by, state in part:
                draft = columns[0]
                kinds = (_OUTCOMES[outcome], bool(edited_by), _STATES[state])
                fate = (*reviews.get(draft, _NO_REVIEW), *edits.get(draft, _NO_EDITS), *sent.get(draft, _NOT_SENT))
                found.append(Handled._make((*columns, *kinds, *fate)))
        return found

    async def _reviews(self, *made: ColumnElement[bool]) -> dict[str, tuple[datetime, Decided | None]]:
        """When each draft was first decided on, and the last decision where it stands."""
        columns = (ReviewRow.draft_id, ReviewRow.state, ReviewRow.at, ReviewRow.reason, ReviewRow.sentence)
        query = (
            select(*columns)  # type: ignore[call-overload] # As above.
            .join(DraftRow, _of_draft(ReviewRow))
            .where(*made)
            .order_by(col(ReviewRow.position))
        )
        documents = await self._faulty(*made)
        found: dict[str, tuple[datetime, Decided | None]] = {}
        async for part in self._parts(query):
            for draft, state, at, reason, sentence in part:
                decided = None
                if state in DECISIONS:
                    decided = Decided(_STATES[state], at, reason, documents.get((draft, sentence), ""))
                found[draft] = (found[draft][0] if draft in found else at, decided)
        return found

    async def _faulty(self, *made: ColumnElement[bool]) -> dict[tuple[str, int | None], str]:
        """The first document that proves each sentence that was called wrong."""
        proves = and_(
            col(CitationRow.workspace) == col(ReviewRow.workspace),
            col(CitationRow.draft_id) == col(ReviewRow.draft_id),
            col(CitationRow.statement) == col(ReviewRow.sentence),
            col(CitationRow.position) == 0,
        )
        query = (
            select(CitationRow.draft_id, CitationRow.statement, CitationRow.document)
            .join(ReviewRow, proves)
            .join(DraftRow, _of_draft(ReviewRow))
            .where(col(ReviewRow.sentence).is_not(None), *made)
        )
        return {(draft, sentence): document async for part in self._parts(query) for draft, sentence, document in part}

    async def _edits(self, *made: ColumnElement[bool]) -> dict[str, _Edits]:
        columns = (EditRow.draft_id, EditRow.stage, EditRow.kind, EditRow.words, EditRow.characters, EditRow.document)
        query = (
            select(*columns)  # type: ignore[call-overload] # As above.
            .join(DraftRow, _of_draft(EditRow))
            .where(*made)
            .order_by(col(EditRow.position))
        )
        found: dict[str, _Edits] = {}
        async for part in self._parts(query):
            for draft, stage, *edit in part:
                before, after = found.get(draft, _NO_EDITS)
                made_now = (_edit(*edit),)
                is_sent = stage == EditStage.SENT
                found[draft] = (before, after + made_now) if is_sent else (before + made_now, after)
        return found

    async def _sent(self, *made: ColumnElement[bool]) -> dict[str, tuple[datetime | None, Satisfaction]]:
        columns = (SentReplyRow.draft_id, SentReplyRow.sent_at, SentReplyRow.satisfaction)
        query = select(*columns).join(DraftRow, _of_draft(SentReplyRow)).where(*made)  # type: ignore[type-var] # As above.
        return {draft: (at, Satisfaction(said)) async for part in self._parts(query) for draft, at, said in part}

    async def _parts(self, query: Any) -> AsyncIterator[Sequence[Any]]:
        """The rows, some at a time: others of this process have their turn in between."""
        # The connection gives columns as they are; a session would look at each row for objects to make.
        stream = await (await self._tx.connection()).stream(query)
        try:
            async for part in stream.partitions(_AT_A_TIME):
                yield part
        finally:
            await stream.close()


def _of_draft(table: type[ReviewRow | EditRow | SentReplyRow]) -> ColumnElement[bool]:
    return and_(col(table.workspace) == col(DraftRow.workspace), col(table.draft_id) == col(DraftRow.id))


@lru_cache(maxsize=4096)
def _edit(kind: str, words: int, characters: int, document: str) -> SentenceEdit:
    """An edit; a hundred thousand of them are mostly the same few."""
    return SentenceEdit(kind=EditKind(kind), words=words, characters=characters, document=document)
