"""The factual-error ledger of a workspace: sentences that people called wrong, until somebody has answered for them."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from knowledge.drafting.draft import Draft
from knowledge.drafting.factual_error import FactualError, Resolution, touching
from storage.audit import AuditTrail, Details
from storage.tables import FactualErrorRow
from storage.turn import take_turn

_OPEN = ""


class FactualErrors:
    """The entries of one workspace. Lists are oldest first; each change is in the audit trail."""

    def __init__(self, tx: AsyncSession, workspace: str) -> None:
        self._tx = tx
        self._workspace = workspace

    async def report(self, errors: Iterable[FactualError]) -> None:
        """Opens entries. One that is open stays as it is; one that was resolved is open again."""
        await take_turn(self._tx, self._workspace)
        for error in errors:
            row = await self._row(error.id)
            if row and row.resolution == _OPEN:
                continue
            if row:
                await self._tx.delete(row)
                await self._tx.flush()
            fields = error.model_dump() | {"resolution": _OPEN, "workspace": self._workspace}
            self._tx.add(FactualErrorRow(**fields))
            details: Details = {
                "draft": error.draft,
                "sentence": error.sentence,
                "document": error.document,
                "version": error.version,
            }
            await self._note("error.reported", error.id, error.reported_at, error.reported_by, details)

    async def take_back(self, draft_id: str, person: str, now: datetime) -> None:
        """Closes the open entries of a draft whose rejection was undone."""
        for error in await self._where(col(FactualErrorRow.draft) == draft_id, _is_open()):
            await self.resolve(error.id, Resolution.TAKEN_BACK, person, now)

    async def resolve(self, error_id: str, resolution: Resolution, person: str, now: datetime) -> bool:
        """Whether this closed an entry; false where it is closed already or not known."""
        await take_turn(self._tx, self._workspace)
        row = await self._row(error_id)
        if row is None or row.resolution != _OPEN:
            return False
        row.resolution, row.resolved_by, row.resolved_at = resolution.value, person, now
        await self._note("error.resolved", error_id, now, person, {"draft": row.draft, "resolution": row.resolution})
        return True

    async def move(self, error: FactualError, now: datetime) -> None:
        """Keeps the place of an open entry's words in a later version of its document."""
        await take_turn(self._tx, self._workspace)
        row = await self._row(error.id)
        if row is None or row.resolution != _OPEN:
            return
        row.version, row.start, row.end = error.version, error.start, error.end
        details: Details = {"document": row.document, "version": row.version}
        await self._note("error.moved", error.id, now, "proofdesk", details)

    async def load(self, error_id: str) -> FactualError | None:
        """The entry, or none where this workspace has no such entry."""
        found = await self._where(col(FactualErrorRow.id) == error_id)
        return found[0] if found else None

    async def of_draft(self, draft_id: str) -> list[FactualError]:
        """The entries of a draft."""
        return await self._where(col(FactualErrorRow.draft) == draft_id)

    async def open(self, documents: Collection[str] | None = None) -> list[FactualError]:
        """The open entries: all, or those about some documents."""
        about = [] if documents is None else [col(FactualErrorRow.document).in_(documents)]
        return await self._where(_is_open(), *about)

    async def about(self, draft: Draft) -> tuple[FactualError, ...]:
        """The open entries whose words a draft quotes."""
        cited = {citation.document for statement in draft.statements for citation in statement.citations}
        return touching(await self.open(cited), draft) if cited else ()

    async def all(self) -> list[FactualError]:
        """The entries, open and resolved; those that were taken back are none."""
        return await self._where(col(FactualErrorRow.resolution) != Resolution.TAKEN_BACK.value)

    async def _row(self, error_id: str) -> FactualErrorRow | None:
        return await self._tx.get(FactualErrorRow, (self._workspace, error_id), populate_existing=True)

    async def _note(self, action: str, error_id: str, at: datetime, actor: str, details: Details) -> None:
        trail = AuditTrail(self._tx, self._workspace)
        await trail.append(at=at, actor=actor, action=action, subject=error_id, details=details)

    async def _where(self, *conditions: ColumnElement[bool]) -> list[FactualError]:
        query = select(FactualErrorRow).where(col(FactualErrorRow.workspace) == self._workspace, *conditions)
        oldest_first = query.order_by(col(FactualErrorRow.reported_at), col(FactualErrorRow.id))
        rows = await self._tx.exec(oldest_first, execution_options={"populate_existing": True})
        return [
            FactualError.model_validate(
                row.model_dump(exclude={"workspace"}) | {"resolution": row.resolution or None},
            )
            for row in rows
        ]


def _is_open() -> ColumnElement[bool]:
    return col(FactualErrorRow.resolution) == _OPEN
