"""The tickets of a workspace."""

from datetime import UTC, datetime
from typing import Any

from sqlmodel import col, exists, select
from sqlmodel.ext.asyncio.session import AsyncSession

from knowledge.drafting.frozen import Frozen
from knowledge.drafting.ticket import Message, Ticket, TicketRef
from storage.audit import AuditTrail, Details
from storage.draft_lists import OPEN
from storage.errors import StorageError
from storage.tables import DraftRow, TicketRow
from storage.turn import take_turn

_DETAILS = {"status", "tags", "fields", "attachments", "satisfaction", "folded", "left_out"}
"""What a helpdesk says of a ticket and nobody looks for in the database. Internal notes are not kept."""


class StoredTicket(Frozen):
    """A ticket and how it is remembered."""

    id: str
    key: str
    ticket: Ticket
    created_at: datetime
    read_at: datetime | None = None
    """When it was last read from its helpdesk; none for one that was pasted."""
    change: str = ""
    """How it changed since its newest draft, in the desk's own sentence; empty where it did not."""

    @property
    def was_pasted(self) -> bool:
        """Whether its words were pasted, even if it lives in a helpdesk."""
        return bool(self.ticket.messages) and self.read_at is None


class Tickets:
    """The tickets of one workspace."""

    def __init__(self, tx: AsyncSession, workspace: str) -> None:
        self._tx = tx
        self._workspace = workspace

    async def open(self, ticket: Ticket, key: str, now: datetime, *, actor: str = "proofdesk") -> str:
        """The ticket's id. A key opens one ticket only: a second call leaves it as it is and gives the same id."""
        await take_turn(self._tx, self._workspace)
        known = await self.find(key)
        if known:
            return known
        ref = ticket.ref
        row = TicketRow(
            workspace=self._workspace,
            key=key,
            subject=ticket.subject,
            requester=ticket.requester,
            messages=_json(ticket),
            helpdesk=ref.helpdesk if ref else None,
            ref_id=ref.id if ref else None,
            ref_url=ref.url if ref else None,
            created_at=now,
            opened_at=ticket.opened_at,
            details=_details(ticket),
        )
        self._tx.add(row)
        details: Details = {"helpdesk": row.helpdesk, "ref": row.ref_id, "opened_at": _iso(row.opened_at)}
        await self._note("ticket.opened", row, now, actor, details)
        return row.id

    async def add_message(self, ticket_id: str, message: Message, now: datetime, actor: str) -> bool:
        """Adds a message to the end of a ticket. False where it is there already: a job's step may run twice."""
        row = await self._to_change(ticket_id)
        written = message.model_dump(mode="json")
        if row.messages and row.messages[-1] == written:
            return False
        row.messages = [*row.messages, written]
        details: Details = {"messages": len(row.messages), "author": message.author.value}
        await self._note("ticket.message_added", row, now, actor, details)
        return True

    async def change_text(self, ticket_id: str, ticket: Ticket, now: datetime, actor: str) -> bool:
        """Gives a ticket other messages, subject and requester, because its source was edited. False where all is so.

        Its key and its place in the helpdesk stay.
        """
        row = await self._to_change(ticket_id)
        present = (row.messages, row.subject, row.requester)
        if present == (_json(ticket), ticket.subject, ticket.requester):
            return False
        row.messages, row.subject, row.requester = _json(ticket), ticket.subject, ticket.requester
        await self._note("ticket.changed", row, now, actor, {"messages": len(row.messages)})
        return True

    async def refresh(self, ticket_id: str, ticket: Ticket, change: str, now: datetime) -> None:
        """Takes over what the helpdesk says of a ticket now; what colleagues supplied here stays.

        `change` says how what was said differs from what was known; empty where it does not.
        """
        row = await self._to_change(ticket_id)
        row.read_at = now
        supplied = [message for message in row.messages if message.get("supplied")]
        row.messages, row.subject, row.requester = [*_json(ticket), *supplied], ticket.subject, ticket.requester
        dated = row.opened_at != ticket.opened_at
        row.opened_at = ticket.opened_at
        row.details = {**_details(ticket), "change": change or row.details.get("change", "")}
        if change or dated:
            details: Details = {"messages": len(row.messages), "opened_at": _iso(row.opened_at)}
            await self._note("ticket.read", row, now, "proofdesk", details)

    async def looked_at(self, ticket_id: str, now: datetime) -> None:
        """Notes that a ticket is in its helpdesk as it is known here."""
        row = await self._to_change(ticket_id)
        row.read_at = now

    async def to_look_at(self, before: datetime, since: datetime, limit: int) -> list[str]:
        """The ids of tickets with an open draft, opened here since a moment and not read after another.

        The longest unread comes first.
        """
        is_open = exists().where(
            col(DraftRow.workspace) == col(TicketRow.workspace),
            col(DraftRow.ticket_id) == col(TicketRow.id),
            col(DraftRow.state).in_(OPEN),
        )
        query = select(TicketRow.id).where(
            col(TicketRow.workspace) == self._workspace,
            col(TicketRow.helpdesk).is_not(None),
            col(TicketRow.read_at) < before,
            col(TicketRow.created_at) > since,
            is_open,
        )
        return list(await self._tx.exec(query.order_by(col(TicketRow.read_at)).limit(limit)))

    async def is_unread(self, ticket_id: str) -> bool:
        """Whether nothing is known of what a ticket says."""
        row = await self._tx.get(TicketRow, (self._workspace, ticket_id))
        return row is not None and not row.messages

    async def of_ref(self, ref: TicketRef) -> list[str]:
        """The ids of the tickets that were opened for one of a helpdesk, newest first."""
        query = select(TicketRow.id).where(
            col(TicketRow.workspace) == self._workspace,
            col(TicketRow.helpdesk) == ref.helpdesk,
            col(TicketRow.ref_id) == ref.id,
        )
        return list(await self._tx.exec(query.order_by(col(TicketRow.created_at).desc())))

    async def find(self, key: str) -> str | None:
        """The id of the ticket that was opened under a key."""
        query = select(TicketRow.id).where(col(TicketRow.workspace) == self._workspace, col(TicketRow.key) == key)
        return (await self._tx.exec(query)).one_or_none()

    async def load(self, ticket_id: str) -> StoredTicket | None:
        """The ticket, or none where this workspace has no such ticket."""
        row = await self._tx.get(TicketRow, (self._workspace, ticket_id))
        if row is None:
            return None
        ref = None
        if row.helpdesk is not None:
            ref = TicketRef(helpdesk=row.helpdesk, id=row.ref_id or "", url=row.ref_url or "")
        ticket = Ticket(
            messages=tuple(Message.model_validate(message) for message in row.messages),
            subject=row.subject,
            requester=row.requester,
            ref=ref,
            opened_at=row.opened_at,
            **{name: value for name, value in row.details.items() if name in _DETAILS},
        )
        return StoredTicket(
            id=row.id,
            key=row.key,
            ticket=ticket,
            created_at=row.created_at,
            read_at=row.read_at,
            change=row.details.get("change", ""),
        )

    async def _to_change(self, ticket_id: str) -> TicketRow:
        await take_turn(self._tx, self._workspace)
        row = await self._tx.get(TicketRow, (self._workspace, ticket_id), populate_existing=True)
        if row is None:
            raise StorageError(f"There is no ticket {ticket_id} in {self._workspace}; open it first.")
        return row

    async def _note(self, action: str, row: TicketRow, now: datetime, actor: str, details: Details) -> None:
        trail = AuditTrail(self._tx, self._workspace)
        await trail.append(at=now, actor=actor, action=action, subject=row.id, details=details)


def _iso(at: datetime | None) -> str:
    return at.astimezone(UTC).isoformat() if at else ""


def _details(ticket: Ticket) -> dict[str, Any]:
    return ticket.model_dump(mode="json", include=_DETAILS, exclude_defaults=True)


def _json(ticket: Ticket) -> list[dict[str, Any]]:
    return [message.model_dump(mode="json") for message in ticket.messages]
