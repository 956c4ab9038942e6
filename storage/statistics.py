"""The numbers of a desk: what was drafted, what people made of it, and how long that took."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from statistics import median
from typing import NamedTuple

from sqlalchemy.orm import aliased
from sqlmodel import and_, col, exists, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from knowledge.drafting.draft import DraftStatus, Outcome
from knowledge.drafting.frozen import Frozen
from storage.tables import DraftRow, EscalationRow, ReviewRow


class Counts(Frozen):
    """What became of the drafts made since a time. A decision that was undone does not count."""

    drafts: int
    """All drafts, an agent's edits and redrafts included."""
    edited: int
    """Those that an agent edited."""
    unverified: int
    """Those that could not be verified from the approved documents."""
    states: dict[DraftStatus, int]
    """Where they stand now."""
    approved: int
    rejected: int
    """Also those that a newer draft has replaced since."""
    escalated: int
    """Those that a person escalated."""
    reasons: dict[str, int]
    """Why they were rejected."""
    warnings: dict[str, int]
    """How many carry an escalation warning, by its category."""
    median_seconds: float | None
    """None where there is no decision."""


class _Decided(NamedTuple):
    state: str
    reason: str
    seconds: float


_DECISIONS = (DraftStatus.APPROVED.value, DraftStatus.REJECTED.value, DraftStatus.ESCALATED.value)


class Statistics:
    """The numbers of one workspace. They hold nothing of what anybody wrote."""

    def __init__(self, tx: AsyncSession, workspace: str) -> None:
        self._tx = tx
        self._workspace = workspace

    async def since(self, when: datetime) -> Counts:
        """What became of the drafts made since a time."""
        states: Counter[DraftStatus] = Counter()
        unverified = edited = 0
        made = (col(DraftRow.workspace) == self._workspace, col(DraftRow.created_at) >= when)
        is_edit = col(DraftRow.edited_by) != ""
        kinds = select(DraftRow.state, DraftRow.outcome, is_edit, func.count()).where(*made)
        for state, outcome, edit, count in await self._tx.exec(
            kinds.group_by(col(DraftRow.state), col(DraftRow.outcome), is_edit)
        ):
            states[DraftStatus(state)] += count
            unverified += count * (outcome == Outcome.UNVERIFIED.value)
            edited += count * bool(edit)
        decided = await self._decided(when)
        decisions = Counter(decision.state for decision in decided)
        return Counts(
            drafts=states.total(),
            edited=edited,
            unverified=unverified,
            states=dict(states),
            approved=decisions[DraftStatus.APPROVED.value],
            rejected=decisions[DraftStatus.REJECTED.value],
            escalated=decisions[DraftStatus.ESCALATED.value],
            reasons=dict(Counter(d.reason for d in decided if d.state == DraftStatus.REJECTED.value)),
            warnings=await self._warnings(when),
            median_seconds=median(decision.seconds for decision in decided) if decided else None,
        )

    async def _decided(self, when: datetime) -> Sequence[_Decided]:
        """The last decision on each draft, where it stands. The median is ours: SQLite has none."""
        later = aliased(ReviewRow)
        has_later = exists().where(
            col(later.workspace) == col(ReviewRow.workspace),
            col(later.draft_id) == col(ReviewRow.draft_id),
            col(later.position) > col(ReviewRow.position),
        )
        of_draft = and_(
            col(ReviewRow.workspace) == col(DraftRow.workspace), col(ReviewRow.draft_id) == col(DraftRow.id)
        )
        query = (
            select(ReviewRow.state, ReviewRow.reason, DraftRow.created_at, ReviewRow.at)
            .join(DraftRow, of_draft)
            .where(
                col(DraftRow.workspace) == self._workspace,
                col(DraftRow.created_at) >= when,
                col(ReviewRow.state).in_(_DECISIONS),
                ~has_later,
            )
        )
        return [
            _Decided(state, reason, (at - made).total_seconds())
            for state, reason, made, at in await self._tx.exec(query)
        ]

    async def _warnings(self, when: datetime) -> dict[str, int]:
        of_draft = and_(
            col(EscalationRow.workspace) == col(DraftRow.workspace), col(EscalationRow.draft_id) == col(DraftRow.id)
        )
        query = (
            select(EscalationRow.category, func.count(func.distinct(DraftRow.id)))
            .join(DraftRow, of_draft)
            .where(col(DraftRow.workspace) == self._workspace, col(DraftRow.created_at) >= when)
            .group_by(col(EscalationRow.category))
        )
        return dict((await self._tx.exec(query)).all())
