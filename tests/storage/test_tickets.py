import asyncio

import pytest

from knowledge.drafting.ticket import Message, Ticket
from storage.database import Database
from storage.tickets import StoredTicket, Tickets
from tests.storage.examples import ACME, LATER, NOW, OTHER, TICKET


@pytest.mark.parametrize("ticket", [TICKET, Ticket(messages=()), Ticket.pasted("Subject: Hi\n\nHelp 🐢")])
async def test_a_ticket_comes_back_as_it_was_opened(database: Database, ticket: Ticket) -> None:
    async with database.transaction() as tx:
        ticket_id = await Tickets(tx, ACME).open(ticket, "key", NOW)
    async with database.reading() as tx:
        stored = await Tickets(tx, ACME).load(ticket_id)
    assert stored == StoredTicket(id=ticket_id, key="key", ticket=ticket, created_at=NOW)


async def test_opening_again_gives_the_same_id_and_leaves_the_ticket_as_it_is(database: Database) -> None:
    async with database.transaction() as tx:
        first = await Tickets(tx, ACME).open(TICKET, "key", NOW)
    async with database.transaction() as tx:
        second = await Tickets(tx, ACME).open(Ticket(messages=(Message(text="Other"),)), "key", LATER)
        stored = await Tickets(tx, ACME).load(second)
    assert first == second
    assert stored is not None
    assert stored.ticket == TICKET


async def test_two_who_open_the_same_ticket_at_once_get_one(database: Database, other: Database) -> None:
    async def open_through(through: Database) -> str:
        async with through.transaction() as tx:
            return await Tickets(tx, ACME).open(TICKET, "key", NOW)

    ids = await asyncio.gather(*(open_through(through) for through in (database, other) * 3))
    assert len(set(ids)) == 1


async def test_workspaces_have_keys_of_their_own(database: Database) -> None:
    async with database.transaction() as tx:
        ours = await Tickets(tx, ACME).open(TICKET, "key", NOW)
        theirs = await Tickets(tx, OTHER).open(TICKET, "key", NOW)
        assert ours != theirs
        assert await Tickets(tx, OTHER).load(ours) is None
        assert await Tickets(tx, OTHER).find("key") == theirs


async def test_an_unknown_ticket_is_none(database: Database) -> None:
    async with database.reading() as tx:
        assert await Tickets(tx, ACME).load("unknown") is None
        assert await Tickets(tx, ACME).find("unknown") is None
