"""The audit trail: who did what and when, in rows that each seal the one before."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.errors import AuditBroken
from storage.tables import AuditHeadRow, AuditRow
from storage.turn import take_turn

Details = Mapping[str, str | int | bool | None]
"""Identifiers, states and counts. Never what a customer, a model or a document says."""


class AuditTrail:
    """The audit trail of one workspace.

    It shows any change by somebody who does not know how it is sealed. It holds no secret: who can write to the
    database and knows this file can seal a trail of their own, which only a copy kept elsewhere would show.
    """

    def __init__(self, tx: AsyncSession, workspace: str) -> None:
        self._tx = tx
        self._workspace = workspace

    async def append(self, *, at: datetime, actor: str, action: str, subject: str, details: Details) -> int:
        """Adds a row and gives back its number."""
        await take_turn(self._tx, self._workspace)
        head = await self._tx.get(AuditHeadRow, self._workspace)
        if head is None:
            head = AuditHeadRow(workspace=self._workspace, seq=0, hash="")
            self._tx.add(head)
        row = AuditRow(
            workspace=self._workspace,
            seq=head.seq + 1,
            at=at,
            actor=actor,
            action=action,
            subject=subject,
            details=dict(details),
            previous_hash=head.hash,
            hash="",
        )
        row.hash = _seal(row)
        head.seq, head.hash = row.seq, row.hash
        self._tx.add(row)
        await self._tx.flush()
        return row.seq

    async def newest(self) -> int:
        """The number of the newest row, 0 where there is none: what changed later has a greater one."""
        head = await self._tx.get(AuditHeadRow, self._workspace, populate_existing=True)
        return head.seq if head else 0

    async def last_at(self) -> datetime | None:
        """When the newest row was written; none where there is none."""
        query = select(AuditRow.at).where(col(AuditRow.workspace) == self._workspace)
        return (await self._tx.exec(query.order_by(col(AuditRow.seq).desc()).limit(1))).first()

    async def verify(self) -> int:
        """How many rows there are, all of them as they were written. Raises `AuditBroken` for the first that is not."""
        rows = select(AuditRow).where(col(AuditRow.workspace) == self._workspace).order_by(col(AuditRow.seq))
        seq, seal = 0, ""
        # Rows may have changed since this session last saw them.
        fresh = {"yield_per": 500, "populate_existing": True}
        stream = await self._tx.stream_scalars(rows, execution_options=fresh)
        try:
            async for row in stream:
                seq += 1
                if (row.seq, row.previous_hash, row.hash) != (seq, seal, _seal(row)):
                    raise AuditBroken(self._workspace, seq)
                seal = row.hash
        finally:
            await stream.close()
        head = await self._tx.get(AuditHeadRow, self._workspace, populate_existing=True)
        if (head.seq, head.hash) != (seq, seal) if head else seq > 0:
            raise AuditBroken(self._workspace, min(seq, head.seq) + 1 if head else 1)
        return seq


def _seal(row: AuditRow) -> str:
    content = row.model_dump(include={"workspace", "seq", "actor", "action", "subject", "details", "previous_hash"})
    content["at"] = row.at.astimezone(UTC).isoformat()
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
