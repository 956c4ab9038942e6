"""The tickets of a workspace."""

from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from knowledge.drafting.frozen import Frozen
from knowledge.drafting.ticket import Message, Ticket, TicketRef
from storage.audit import AuditTrail
from storage.tables import TicketRow
from storage.turn import take_turn


class StoredTicket(Frozen):
    """A ticket and how it is remembered."""

    id: str
    key: str
    ticket: Ticket
    created_at: datetime


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
            messages=[message.model_dump(mode="json") for message in ticket.messages],
            helpdesk=ref.helpdesk if ref else None,
            ref_id=ref.id if ref else None,
            ref_url=ref.url if ref else None,
            created_at=now,
        )
        self._tx.add(row)
        details = {"helpdesk": row.helpdesk, "ref": row.ref_id}
        trail = AuditTrail(self._tx, self._workspace)
        await trail.append(at=now, actor=actor, action="ticket.opened", subject=row.id, details=details)
        return row.id

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
        )
        return StoredTicket(id=row.id, key=row.key, ticket=ticket, created_at=row.created_at)
