"""Lists of drafts: what waits for a decision, whose it is, and what cites a document."""

from datetime import datetime

from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased
from sqlmodel import and_, col, exists, select
from sqlmodel.ext.asyncio.session import AsyncSession

from knowledge.drafting.draft import DraftStatus, Outcome
from knowledge.drafting.factual_error import FactualError
from knowledge.drafting.frozen import Frozen
from storage.tables import CitationRow, DraftRow, TicketRow

VOIDABLE = tuple(state.value for state in DraftStatus if state.may_become(DraftStatus.STALE))
"""The states of drafts that are worth nothing once what they were drafted from is gone."""
OPEN = tuple(state for state in VOIDABLE if state != DraftStatus.APPROVED.value)
"""The states of drafts that people still work on."""
_WAITING = (DraftStatus.AWAITING.value, DraftStatus.AWAITING_SECOND.value)


class DraftSummary(Frozen):
    """A draft as one line of a list."""

    id: str
    ticket_id: str
    number: int
    state: DraftStatus
    outcome: Outcome
    subject: str
    """The ticket's subject, in the customer's words."""
    requested_by: str
    created_at: datetime


class DraftLists:
    """The lists of one workspace."""

    def __init__(self, tx: AsyncSession, workspace: str) -> None:
        self._tx = tx
        self._workspace = workspace

    async def waiting(self, limit: int) -> list[DraftSummary]:
        """The drafts that wait for a first or second decision, newest first."""
        return await self._summaries(limit, col(DraftRow.state).in_(_WAITING), ~has_newer())

    async def unanswered(self, since: datetime, limit: int) -> list[tuple[str, list[str]]]:
        """Tickets and the customer's questions that their newest draft could not answer, oldest first."""
        query = select(DraftRow.ticket_id, DraftRow.unanswered).where(
            col(DraftRow.workspace) == self._workspace, col(DraftRow.created_at) >= since, ~has_newer()
        )
        rows = await self._tx.exec(query.order_by(col(DraftRow.created_at).desc()).limit(limit))
        return [(ticket, list(questions)) for ticket, questions in rows if questions][::-1]

    async def approved(self, limit: int) -> list[str]:
        """The tickets whose newest draft is approved, the newest first."""
        query = select(DraftRow.ticket_id).where(
            col(DraftRow.workspace) == self._workspace,
            col(DraftRow.state) == DraftStatus.APPROVED.value,
            ~has_newer(),
        )
        return list(await self._tx.exec(query.order_by(col(DraftRow.created_at).desc()).limit(limit)))

    async def quotes_of(self, document: str, since: datetime, limit: int) -> list[tuple[str, str]]:
        """What approved drafts made since a moment quote of a document: the draft and the words, newest first."""
        of_draft = and_(
            col(CitationRow.workspace) == col(DraftRow.workspace), col(CitationRow.draft_id) == col(DraftRow.id)
        )
        query = (
            select(DraftRow.id, CitationRow.quote)
            .join(CitationRow, of_draft)
            .where(
                col(DraftRow.workspace) == self._workspace,
                col(DraftRow.state) == DraftStatus.APPROVED.value,
                col(DraftRow.created_at) >= since,
                col(CitationRow.document) == document,
            )
            .order_by(col(DraftRow.created_at).desc(), col(DraftRow.id))
            .limit(limit)
        )
        return [(draft, quote) for draft, quote in await self._tx.exec(query)]

    async def requested_by(self, person: str, limit: int) -> list[DraftSummary]:
        """The open drafts a person asked for, newest first."""
        return await self._summaries(limit, col(DraftRow.state).in_(OPEN), col(DraftRow.requested_by) == person)

    async def cited(self) -> dict[str, set[tuple[str, str]]]:
        """What each open draft cites: documents and the hashes of their versions."""
        of_draft = and_(
            col(CitationRow.workspace) == col(DraftRow.workspace), col(CitationRow.draft_id) == col(DraftRow.id)
        )
        query = (
            select(DraftRow.id, CitationRow.document, CitationRow.version)
            .join(CitationRow, of_draft)
            .where(col(DraftRow.workspace) == self._workspace, col(DraftRow.state).in_(OPEN), ~has_newer())
            .distinct()
        )
        found: dict[str, set[tuple[str, str]]] = {}
        for draft, document, version in await self._tx.exec(query):
            found.setdefault(draft, set()).add((document, version))
        return found

    async def citing(self, document: str) -> list[str]:
        """The ids of the open drafts that cite a document, oldest first."""
        cites = exists().where(
            col(CitationRow.workspace) == col(DraftRow.workspace),
            col(CitationRow.draft_id) == col(DraftRow.id),
            col(CitationRow.document) == document,
        )
        query = select(DraftRow.id).where(
            col(DraftRow.workspace) == self._workspace, col(DraftRow.state).in_(OPEN), cites
        )
        return list(await self._tx.exec(query.order_by(col(DraftRow.created_at), col(DraftRow.id))))

    async def quoting(self, error: FactualError) -> list[str]:
        """The ids of the open drafts that quote some of the words of an entry of the ledger, oldest first."""
        quotes = exists().where(
            col(CitationRow.workspace) == col(DraftRow.workspace),
            col(CitationRow.draft_id) == col(DraftRow.id),
            col(CitationRow.document) == error.document,
            col(CitationRow.version) == error.version,
            col(CitationRow.start) < error.end,
            col(CitationRow.end) > error.start,
        )
        query = select(DraftRow.id).where(
            col(DraftRow.workspace) == self._workspace, col(DraftRow.state).in_(OPEN), quotes
        )
        return list(await self._tx.exec(query.order_by(col(DraftRow.created_at), col(DraftRow.id))))

    async def _summaries(self, limit: int, *conditions: ColumnElement[bool]) -> list[DraftSummary]:
        of_ticket = and_(
            col(TicketRow.workspace) == col(DraftRow.workspace), col(TicketRow.id) == col(DraftRow.ticket_id)
        )
        query = (
            select(DraftRow, TicketRow.subject)
            .join(TicketRow, of_ticket)
            .where(col(DraftRow.workspace) == self._workspace, *conditions)
            .order_by(col(DraftRow.created_at).desc(), col(DraftRow.id))
            .limit(limit)
            .execution_options(populate_existing=True)
        )
        columns = set(DraftSummary.model_fields) - {"subject"}
        return [
            DraftSummary.model_validate({**draft.model_dump(include=columns), "subject": subject})
            for draft, subject in await self._tx.exec(query)
        ]


def has_newer() -> ColumnElement[bool]:
    """That a ticket's draft is not its newest one."""
    newer = aliased(DraftRow)
    return exists().where(
        col(newer.workspace) == col(DraftRow.workspace),
        col(newer.ticket_id) == col(DraftRow.ticket_id),
        col(newer.number) > col(DraftRow.number),
    )
