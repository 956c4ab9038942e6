"""What people decided about documents: each decision is about one exact text, and the last one counts."""

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from knowledge.documents.decision import DocumentDecision
from storage.audit import AuditTrail
from storage.tables import DocumentDecisionRow
from storage.turn import take_turn


class Decisions:
    """The decisions about documents of one workspace."""

    def __init__(self, tx: AsyncSession, workspace: str) -> None:
        self._tx = tx
        self._workspace = workspace

    async def decide(self, decision: DocumentDecision) -> None:
        """Keeps a decision, and notes it in the audit trail in the same transaction."""
        await take_turn(self._tx, self._workspace)
        row = decision.model_dump() | {"workspace": self._workspace, "seq": await self.newest() + 1}
        self._tx.add(DocumentDecisionRow.model_validate(row))
        await self._tx.flush()
        await AuditTrail(self._tx, self._workspace).append(
            at=decision.at,
            actor=decision.person,
            action=f"document.decided_{decision.verdict}",
            subject=decision.document,
            details={"hash": decision.hash},
        )

    async def all(self) -> list[DocumentDecision]:
        """The decisions, first to last."""
        query = select(DocumentDecisionRow).where(col(DocumentDecisionRow.workspace) == self._workspace)
        rows = await self._tx.exec(query.order_by(col(DocumentDecisionRow.seq)))
        return [DocumentDecision.model_validate(row.model_dump(exclude={"workspace", "seq"})) for row in rows]

    async def newest(self) -> int:
        """The number of the last decision; 0 where there is none."""
        query = select(func.max(DocumentDecisionRow.seq)).where(col(DocumentDecisionRow.workspace) == self._workspace)
        return (await self._tx.exec(query)).one() or 0
