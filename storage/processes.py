"""The processes that work for a workspace: who is alive, and whose work must be taken over."""

from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import col, delete, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.once import add_once
from storage.tables import ProcessRow


class Processes:
    """The processes of one workspace. Each writes its own row only, so none takes a turn and a beat is never late."""

    def __init__(self, tx: AsyncSession, workspace: str) -> None:
        self._tx = tx
        self._workspace = workspace

    async def beat(self, name: str, now: datetime) -> None:
        """Notes that a process is alive."""
        if not await add_once(self._tx, ProcessRow(workspace=self._workspace, name=name, beat_at=now)):
            await self._tx.exec(update(ProcessRow).where(*self._is(name)).values(beat_at=now))

    async def stale(self, before: datetime) -> list[str]:
        """The processes that were last alive before a time, longest silent first."""
        query = select(ProcessRow.name).where(
            col(ProcessRow.workspace) == self._workspace, col(ProcessRow.beat_at) < before
        )
        return list(await self._tx.exec(query.order_by(col(ProcessRow.beat_at), col(ProcessRow.name))))

    async def end(self, name: str) -> None:
        """Forgets a process: it stopped in order, or its work has been taken over."""
        await self._tx.exec(delete(ProcessRow).where(*self._is(name)))

    def _is(self, name: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        return col(ProcessRow.workspace) == self._workspace, col(ProcessRow.name) == name
