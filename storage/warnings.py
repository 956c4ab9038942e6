"""What people say of the escalation warnings of a workspace, and the numbers that follow."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased
from sqlmodel import and_, col, exists, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from knowledge.drafting.review import Verdict
from knowledge.drafting.scorecard import (
    Escalated,
    Judgement,
    Score,
    WarnedDraft,
    WarnedTicket,
    WarningVerdict,
    scorecard,
)
from storage.audit import AuditTrail
from storage.drafts import Drafts, StoredDraft
from storage.errors import DraftChanged, StorageError
from storage.reviews import standing
from storage.tables import DraftPartRow, DraftRow, EscalationRow, ReviewRow, WarningJudgementRow
from storage.turn import take_turn

_Tickets = Sequence[str] | SelectOfScalar[str]
"""Ids of tickets, or how to find them."""


class _Place(NamedTuple):
    """A draft among all; sorted, those of a ticket are oldest first."""

    ticket: str
    number: int
    draft: str


class Warnings:
    """The warnings of one workspace. What is said of them is kept and never changed; the last word counts."""

    def __init__(self, tx: AsyncSession, workspace: str) -> None:
        self._tx = tx
        self._workspace = workspace

    async def judge(
        self, draft_id: str, category: str, verdict: WarningVerdict, seen: WarningVerdict, person: str, now: datetime
    ) -> Judgement | None:
        """Keeps what a person says of a warning; `OPEN` takes back what was said.

        `seen` is what stood there when they said it. Where somebody was first and it says something else by now,
        nothing changes and their word is given back. Where it says the same already, nothing changes either. Raises
        `DraftChanged` where the draft is not the newest, `StorageError` where it carries no such warning.
        """
        await take_turn(self._tx, self._workspace)
        draft = await self._draft(draft_id)
        if draft.number != draft.newest:
            raise DraftChanged(state=draft.state, number=draft.newest, person="", verdict="")
        if category not in {each.category for each in draft.draft.escalations}:
            raise StorageError("This draft has no such warning; look at the card again.")
        said = [each for _, each in await self._said([draft.ticket_id])]
        pressed = [each for each in said if each.category == category and each.verdict is not WarningVerdict.MISSED]
        last = pressed[-1] if pressed else None
        present = last.verdict if last else WarningVerdict.OPEN
        if present is verdict:
            return None
        if present is not seen:
            return last
        await self._say(draft, len(said) + 1, category, verdict, person, now)
        return None

    async def miss(self, draft_id: str, category: str, person: str, now: datetime) -> bool:
        """Keeps of which kind a ticket is that a person escalated though its draft carries no warning.

        False where they have taken the escalation back, or the draft carries one; then nothing changes.
        """
        await take_turn(self._tx, self._workspace)
        draft = await self._draft(draft_id)
        of_ticket = (await self._tickets([draft.ticket_id])).get(draft.ticket_id)
        drafts = of_ticket.drafts if of_ticket else ()
        escalated = next((each.escalated for each in drafts if each.id == draft_id and not each.categories), None)
        if of_ticket is None or escalated is None or escalated.person != person:
            return False
        told = [each for each in of_ticket.said if (each.draft, each.verdict) == (draft_id, WarningVerdict.MISSED)]
        if not told or told[-1].category != category:
            await self._say(draft, len(of_ticket.said) + 1, category, WarningVerdict.MISSED, person, now)
        return True

    async def of_ticket(self, ticket_id: str) -> dict[str, Judgement]:
        """What counts of a ticket's warnings, by category; see `WarnedTicket.judgements`."""
        found = (await self._tickets([ticket_id])).get(ticket_id)
        return found.judgements() if found else {}

    async def scorecard(self, since: datetime, until: datetime | None = None) -> tuple[Score, ...]:
        """How each category did on the tickets first drafted from `since` on and before `until`, by category.

        A ticket belongs to the time of its first draft, whenever it is judged: what is said later changes the score of
        that time, and no ticket is in two of them.
        """
        first = select(DraftRow.ticket_id).where(
            col(DraftRow.workspace) == self._workspace, col(DraftRow.created_at) >= since, col(DraftRow.number) == 1
        )
        within = first.where(col(DraftRow.created_at) < until) if until else first
        return scorecard((await self._tickets(within)).values())

    async def _tickets(self, ids: _Tickets) -> dict[str, WarnedTicket]:
        """The tickets that carry a warning, or whose draft somebody escalated, by id."""
        escalated = await self._escalated(ids)
        categories: dict[_Place, set[str]] = {place: set() for place in escalated}
        for place, category in await self._raised(ids):
            categories.setdefault(place, set()).add(category)
        drafts: dict[str, list[WarnedDraft]] = defaultdict(list)
        for place in sorted(categories):
            drafts[place.ticket].append(WarnedDraft(place.draft, frozenset(categories[place]), escalated.get(place)))
        said: dict[str, list[Judgement]] = defaultdict(list)
        for ticket, judgement in await self._said(ids):
            said[ticket].append(judgement)
        return {ticket: WarnedTicket(each, said[ticket]) for ticket, each in drafts.items()}

    async def _raised(self, ids: _Tickets) -> list[tuple[_Place, str]]:
        of_draft = and_(
            col(EscalationRow.workspace) == col(DraftRow.workspace), col(EscalationRow.draft_id) == col(DraftRow.id)
        )
        query = select(DraftRow.ticket_id, DraftRow.number, DraftRow.id, EscalationRow.category).join(
            EscalationRow, of_draft
        )
        rows = await self._tx.exec(query.where(*self._parts_of(EscalationRow, ids)))
        return [(_Place(ticket, number, draft), category) for ticket, number, draft, category in rows]

    async def _escalated(self, ids: _Tickets) -> dict[_Place, Escalated]:
        """The drafts that a person escalated and did not take back, with the last who did."""
        of_draft = and_(
            col(ReviewRow.workspace) == col(DraftRow.workspace), col(ReviewRow.draft_id) == col(DraftRow.id)
        )
        other = aliased(ReviewRow)
        escalated = exists().where(
            col(other.workspace) == col(DraftRow.workspace),
            col(other.draft_id) == col(DraftRow.id),
            col(other.verdict) == Verdict.ESCALATE.value,
        )
        query = select(DraftRow.ticket_id, DraftRow.number, DraftRow.id, ReviewRow).join(ReviewRow, of_draft)
        reviews: dict[_Place, list[ReviewRow]] = defaultdict(list)
        for ticket, number, draft, row in await self._tx.exec(
            query.where(*self._parts_of(ReviewRow, ids), escalated).order_by(col(ReviewRow.position))
        ):
            reviews[_Place(ticket, number, draft)].append(row)
        stands = {
            place: [each for each in standing(rows) if each.verdict == Verdict.ESCALATE]
            for place, rows in reviews.items()
        }
        return {place: Escalated(rows[-1].person, rows[-1].at) for place, rows in stands.items() if rows}

    async def _said(self, ids: _Tickets) -> list[tuple[str, Judgement]]:
        """What was said on tickets, each with its ticket, first to last."""
        query = select(WarningJudgementRow).where(
            col(WarningJudgementRow.workspace) == self._workspace, col(WarningJudgementRow.ticket_id).in_(ids)
        )
        rows = await self._tx.exec(query.order_by(col(WarningJudgementRow.position)))
        return [
            (
                row.ticket_id,
                Judgement(
                    category=row.category,
                    verdict=WarningVerdict(row.verdict),
                    draft=row.draft_id,
                    person=row.person,
                    at=row.at,
                ),
            )
            for row in rows
        ]

    def _parts_of(self, table: type[DraftPartRow], ids: _Tickets) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        """That a row belongs to a draft of the tickets. Said of the row itself, or SQLite would read them all."""
        drafts = select(DraftRow.id).where(col(DraftRow.workspace) == self._workspace, col(DraftRow.ticket_id).in_(ids))
        return col(table.workspace) == self._workspace, col(table.draft_id).in_(drafts)

    async def _draft(self, draft_id: str) -> StoredDraft:
        found = await Drafts(self._tx, self._workspace).load(draft_id)
        if found is None:
            raise StorageError("This draft is not known here any more; ask for a new one.")
        return found

    async def _say(
        self, draft: StoredDraft, position: int, category: str, verdict: WarningVerdict, person: str, now: datetime
    ) -> None:
        self._tx.add(
            WarningJudgementRow(
                workspace=self._workspace,
                ticket_id=draft.ticket_id,
                position=position,
                draft_id=draft.id,
                category=category,
                verdict=verdict.value,
                person=person,
                at=now,
            )
        )
        await AuditTrail(self._tx, self._workspace).append(
            at=now,
            actor=person,
            action="warning.judged",
            subject=draft.id,
            details={"ticket": draft.ticket_id, "category": category, "verdict": verdict.value},
        )
