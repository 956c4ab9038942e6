"""The inbox: what Slack delivered, remembered before it is acknowledged, and each thing once."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlmodel import col, func, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from knowledge.drafting.frozen import Frozen
from storage.once import add_once
from storage.tables import InboxRow
from storage.turn import take_turn


class InboxState(StrEnum):
    """How far a delivery has come."""

    NEW = "new"
    DONE = "done"
    FAILED = "failed"


class Delivery(Frozen):
    """Something a person did in Slack, as it was delivered to us."""

    key: str
    """What makes it the same thing when it is delivered again, even as another event."""
    event_id: str | None = None
    """Slack's own name of the event; a click has none."""
    kind: str
    intent: dict[str, Any]
    """What is needed to act on it."""
    channel: str = ""
    message: str = ""
    """The ts of the message it is about; both are empty where it is about none."""


class StoredDelivery(Delivery):
    """A delivery and what became of it."""

    state: InboxState
    received_at: datetime
    finished_at: datetime | None
    problem: str
    """Why it failed, as a sentence for people; otherwise empty."""
    tries: int
    """How often its work was begun."""


class Inbox:
    """The deliveries of one workspace."""

    def __init__(self, tx: AsyncSession, workspace: str) -> None:
        self._tx = tx
        self._workspace = workspace

    async def add(self, delivery: Delivery, now: datetime) -> bool:
        """Whether the delivery is new; false where its key or its event is known.

        Slack waits for this, so it takes no turn and leaves no audit row. Give it a transaction of its own.
        """
        row = InboxRow(workspace=self._workspace, received_at=now, state=InboxState.NEW.value, **delivery.model_dump())
        return await add_once(self._tx, row)

    async def load(self, key: str) -> StoredDelivery | None:
        """The delivery, or none where this workspace has none with the key."""
        row = await self._tx.get(InboxRow, (self._workspace, key), populate_existing=True)
        return _stored(row) if row else None

    async def about(self, channel: str, message: str, kind: str) -> list[StoredDelivery]:
        """The deliveries of one kind about a message, oldest first."""
        query = select(InboxRow).where(
            col(InboxRow.workspace) == self._workspace,
            col(InboxRow.channel) == channel,
            col(InboxRow.message) == message,
            col(InboxRow.kind) == kind,
        )
        oldest_first = query.order_by(col(InboxRow.received_at), col(InboxRow.key))
        rows = await self._tx.exec(oldest_first, execution_options={"populate_existing": True})
        return [_stored(row) for row in rows]

    async def begin(self, key: str, change: int = 1) -> None:
        """Counts a beginning of the work; -1 takes one back that was stopped in order."""
        await take_turn(self._tx, self._workspace)
        begun = update(InboxRow).where(col(InboxRow.workspace) == self._workspace, col(InboxRow.key) == key)
        await self._tx.exec(begun.values(tries=col(InboxRow.tries) + change))

    async def finish(self, key: str, now: datetime, problem: str = "") -> None:
        """Notes that a delivery is dealt with, or why it cannot be. A failure can be mended; what is done stays so."""
        await take_turn(self._tx, self._workspace)
        state = InboxState.FAILED if problem else InboxState.DONE
        unfinished = update(InboxRow).where(
            col(InboxRow.workspace) == self._workspace,
            col(InboxRow.key) == key,
            col(InboxRow.state) != InboxState.DONE.value,
        )
        await self._tx.exec(unfinished.values(state=state.value, finished_at=now, problem=problem))

    async def open(self, limit: int = 500) -> list[str]:
        """The keys of what nobody has dealt with, oldest first."""
        query = select(InboxRow.key).where(
            col(InboxRow.workspace) == self._workspace, col(InboxRow.state) == InboxState.NEW.value
        )
        oldest_first = query.order_by(col(InboxRow.received_at), col(InboxRow.key))
        return list(await self._tx.exec(oldest_first.limit(limit)))

    async def newest(self, channel: str, before: datetime | None = None) -> str:
        """The ts of the newest message seen in a channel, or empty: where a catch-up begins.

        With `before`, only what was received before then counts: what came since may have overtaken what was missed.

        Slack writes each ts with as many digits, so the greatest text is the newest.
        """
        query = select(func.max(InboxRow.message)).where(
            col(InboxRow.workspace) == self._workspace,
            col(InboxRow.channel) == channel,
            *([col(InboxRow.received_at) < before] if before else []),
        )
        return (await self._tx.exec(query)).one() or ""

    async def forget(self, before: datetime) -> int:
        """Blanks what was said in deliveries finished before a time, and gives back of how many.

        The rows stay: without its key a late repetition would pass for new.
        """
        await take_turn(self._tx, self._workspace)
        old = update(InboxRow).where(
            col(InboxRow.workspace) == self._workspace,
            ~col(InboxRow.forgotten),
            col(InboxRow.finished_at) < before,
        )
        return (await self._tx.exec(old.values(intent={}, forgotten=True))).rowcount


def _stored(row: InboxRow) -> StoredDelivery:
    return StoredDelivery.model_validate(row.model_dump(include=set(StoredDelivery.model_fields)))
