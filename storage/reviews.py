"""The decisions on drafts: of two people who decide at once, one wins and the other is told who."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy.orm import aliased
from sqlmodel import col, exists, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from knowledge.drafting.draft import DraftStatus
from knowledge.drafting.frozen import Frozen
from knowledge.drafting.review import Verdict
from storage.audit import AuditTrail
from storage.errors import DraftChanged, StorageError
from storage.tables import CitationRow, DraftRow, ReviewRow
from storage.turn import take_turn


class Decision(Frozen):
    """What a person decided about a draft."""

    person: str
    verdict: str
    reason: str = ""
    """Why it is rejected, as one of the desk's reasons; empty otherwise."""
    sentence: int | None = None
    """For a factual error: which statement, counted from 0."""


class StoredReview(Decision):
    """A decision that stood."""

    number: int
    """The draft's number, as the person saw it."""
    state: DraftStatus
    """What the draft became."""
    at: datetime


_Review = TypeVar("_Review", StoredReview, ReviewRow)


class Reviews:
    """The decisions of one workspace."""

    def __init__(self, tx: AsyncSession, workspace: str) -> None:
        self._tx = tx
        self._workspace = workspace

    async def decide(
        self,
        draft_id: str,
        *,
        expected_state: DraftStatus,
        expected_number: int,
        new_state: DraftStatus,
        review: Decision,
        now: datetime,
    ) -> None:
        """Moves the draft on, if it still is what the person was looking at and the newest of its ticket.

        Raises `DraftChanged` where it is not. Whether the person may decide is the policy's to say, before this.
        """
        if not expected_state.may_become(new_state):
            raise ValueError(f"A draft that is {expected_state} cannot become {new_state}.")
        await take_turn(self._tx, self._workspace)
        newer = aliased(DraftRow)
        same = update(DraftRow).where(
            col(DraftRow.workspace) == self._workspace,
            col(DraftRow.id) == draft_id,
            col(DraftRow.state) == expected_state.value,
            col(DraftRow.number) == expected_number,
            ~exists().where(
                col(newer.workspace) == col(DraftRow.workspace),
                col(newer.ticket_id) == col(DraftRow.ticket_id),
                col(newer.number) > expected_number,
            ),
        )
        changed = await self._tx.exec(same.values(state=new_state.value))
        if changed.rowcount != 1:
            raise await self._lost(draft_id)
        await self._remember(draft_id, expected_number, new_state, review, now)

    async def of(self, draft_id: str) -> list[StoredReview]:
        """The decisions on a draft, first to last."""
        query = select(ReviewRow).where(
            col(ReviewRow.workspace) == self._workspace, col(ReviewRow.draft_id) == draft_id
        )
        return [
            StoredReview.model_validate(row.model_dump(include=set(StoredReview.model_fields)))
            for row in await self._tx.exec(query.order_by(col(ReviewRow.position)))
        ]

    async def last(self, draft_id: str) -> StoredReview | None:
        """The last decision on a draft, or none where nobody has decided."""
        decisions = await self.of(draft_id)
        return decisions[-1] if decisions else None

    async def _remember(self, draft_id: str, number: int, state: DraftStatus, review: Decision, now: datetime) -> None:
        # str(): psycopg would write the name of an enumeration's member and not its value.
        decided: dict[str, Any] = {
            "verdict": str(review.verdict),
            "reason": str(review.reason),
            "sentence": review.sentence,
        }
        row = ReviewRow(
            workspace=self._workspace,
            draft_id=draft_id,
            position=len(await self.of(draft_id)) + 1,
            number=number,
            person=review.person,
            state=state.value,
            at=now,
            **decided,
        )
        self._tx.add(row)
        await AuditTrail(self._tx, self._workspace).append(
            at=now,
            actor=review.person,
            action="draft.decided",
            subject=draft_id,
            details={
                "number": number,
                "state": state.value,
                **decided,
                "document": await self._document(draft_id, review.sentence),
            },
        )

    async def _document(self, draft_id: str, sentence: int | None) -> str:
        """The first document that proves a sentence; empty where no sentence is named or nothing proves it."""
        query = select(CitationRow.document).where(
            col(CitationRow.workspace) == self._workspace,
            col(CitationRow.draft_id) == draft_id,
            col(CitationRow.statement) == sentence,
            col(CitationRow.position) == 0,
        )
        return "" if sentence is None else (await self._tx.exec(query)).one_or_none() or ""

    async def _lost(self, draft_id: str) -> StorageError:
        draft = await self._tx.get(DraftRow, (self._workspace, draft_id), populate_existing=True)
        if draft is None:
            return StorageError(f"There is no draft {draft_id} in {self._workspace}; draft the ticket again.")
        query = select(DraftRow).where(
            col(DraftRow.workspace) == self._workspace, col(DraftRow.ticket_id) == draft.ticket_id
        )
        newest = (await self._tx.exec(query.order_by(col(DraftRow.number).desc()).limit(1))).one()
        state = DraftStatus(draft.state)
        reviews = await self.of(draft_id)
        if newest.number > draft.number or not reviews:
            return DraftChanged(state=state, number=newest.number, person=newest.requested_by, verdict="")
        return DraftChanged(state=state, number=newest.number, person=reviews[-1].person, verdict=reviews[-1].verdict)


def standing(reviews: Sequence[_Review]) -> list[_Review]:
    """The decisions that still stand: those since the last undo, and an escalation before it."""
    kept: list[_Review] = []
    for review in reviews:
        if review.verdict != Verdict.UNDO:
            kept.append(review)
            continue
        # What was decided is open again. That somebody escalated it before stands, unless that was taken back.
        kept = kept[:-1]
        while kept and kept[-1].verdict != Verdict.ESCALATE:
            kept.pop()
    return kept
