from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlmodel import select

from knowledge.drafting.ticket import Message, Ticket
from storage.database import Database
from storage.errors import StorageError
from storage.tables import TicketRow
from storage.tickets import Tickets
from tests.storage.examples import ACME, TICKET


async def test_a_time_comes_back_in_utc_whatever_its_zone_was(database: Database) -> None:
    lisbon = datetime(2026, 7, 1, 10, 0, 0, 1, tzinfo=timezone(timedelta(hours=1)))
    async with database.transaction() as tx:
        await Tickets(tx, ACME).open(TICKET, "key", lisbon)
    async with database.reading() as tx:
        stored = (await tx.exec(select(TicketRow.created_at))).one()
    assert stored == lisbon
    assert stored.tzinfo is UTC


async def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    naive = datetime(2026, 7, 1)  # noqa: DTZ001 - The naive time is the point.
    with pytest.raises(StorageError) as caught:
        async with database.transaction() as tx:
            await Tickets(tx, ACME).open(TICKET, "key", naive)
    assert "without a time zone" in str(caught.value.__cause__)


async def test_nul_is_kept_as_a_replacement_character_of_the_same_length(database: Database) -> None:
    async with database.transaction() as tx:
        ticket = Ticket(messages=(Message(text="a\x00b"),), subject="c\x00d")
        ticket_id = await Tickets(tx, ACME).open(ticket, "key", datetime(2026, 7, 1, tzinfo=UTC))
    async with database.reading() as tx:
        stored = await Tickets(tx, ACME).load(ticket_id)
    assert stored is not None
    assert stored.ticket.subject == "c\ufffdd"
    assert stored.ticket.messages[0].text == "a\x00b"
