"""TicketReader: tickets as they are in their helpdesk now, and what that means for the drafts on them."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.helpdesks.links import Links
from bot.interfaces import Helpdesks
from knowledge.drafting.ticket import TicketRef
from knowledge.drafting.ticket_change import what_changed
from storage.database import Database
from storage.drafts import Drafts
from storage.tickets import Tickets

_log = logging.getLogger(__name__)
_NO_LONGER_READ = timedelta(minutes=5)
"""So long an open draft rests on a ticket before it is looked at again without anybody's asking."""
_NO_LONGER_AWAITED = timedelta(days=14)
"""How old the ticket's card may be; nobody waits for an older draft, and an approval looks anyway."""
_AT_A_TIME = 10
"""Tickets that one round looks at; helpdesks limit what they answer."""


class TicketReader:
    """Reads the tickets of one workspace where they live. Tickets that were pasted stay as they are."""

    def __init__(self, helpdesks: Helpdesks, database: Database, workspace: str, now: Callable[[], datetime]) -> None:
        self._helpdesks = helpdesks
        self._database = database
        self._workspace = workspace
        self._now = now

    def find(self, text: str) -> Links:
        """The links to tickets in a text."""
        return self._helpdesks.find(text)

    async def refresh(self, ticket_id: str) -> str:
        """Take over what a ticket's helpdesk says now; open drafts of what it said before are out of date then.

        Returns how it changed, in a sentence, or nothing. Raises `HelpdeskError` where it cannot be read.
        """
        async with self._database.reading() as tx:
            stored = await Tickets(tx, self._workspace).load(ticket_id)
        if stored is None or stored.ticket.ref is None or stored.was_pasted:
            return ""
        now_there = await self._helpdesks.read(stored.ticket.ref)
        async with self._database.transaction() as tx:
            tickets = Tickets(tx, self._workspace)
            known = await tickets.load(ticket_id)
            change = what_changed(known.ticket, now_there) if known and known.ticket.messages else ""
            await tickets.refresh(ticket_id, now_there, change, self._now())
            if change:
                await Drafts(tx, self._workspace).stale(ticket_id, self._now(), "proofdesk", approved=False)
        return change

    async def look_round(self) -> list[str]:
        """Read the tickets of open drafts that were not read for a while; the ids of those that changed.

        One that cannot be read keeps no other one waiting, and comes again next time.
        """
        async with self._database.reading() as tx:
            due = await Tickets(tx, self._workspace).to_look_at(
                self._now() - _NO_LONGER_READ, self._now() - _NO_LONGER_AWAITED, _AT_A_TIME
            )
        return [ticket_id for ticket_id in due if await self._changed(ticket_id)]

    async def known(self, ref: TicketRef) -> list[str]:
        """The ids of the tickets that were opened for one of a helpdesk, newest first."""
        async with self._database.reading() as tx:
            return await Tickets(tx, self._workspace).of_ref(ref)

    async def _changed(self, ticket_id: str) -> bool:
        try:
            return bool(await self.refresh(ticket_id))
        except Exception as error:  # noqa: BLE001 - Whatever one ticket's trouble is, the others are looked at.
            _log.warning("ticket not looked at", extra={"error": type(error).__name__})
            async with self._database.transaction() as tx:
                # Its turn is over: those behind it are looked at next.
                await Tickets(tx, self._workspace).looked_at(ticket_id, self._now())
            return False
