import asyncio

import pytest
from sqlmodel import col, select

from knowledge.drafting.ticket import Message, Ticket
from storage.audit import AuditTrail
from storage.database import Database
from storage.errors import StorageError
from storage.tables import AuditRow
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


SAID = Message(text="It is the plan of last year. 🐢", name="Ada", at=LATER)


async def test_a_message_is_added_to_the_end_and_once_when_the_step_runs_twice(database: Database) -> None:
    async with database.transaction() as tx:
        ticket_id = await Tickets(tx, ACME).open(TICKET, "key", NOW)
    added = []
    for _ in range(2):
        async with database.transaction() as tx:
            added.append(await Tickets(tx, ACME).add_message(ticket_id, SAID, LATER, "U1"))
    async with database.reading() as tx:
        stored = await Tickets(tx, ACME).load(ticket_id)
    assert added == [True, False]
    assert stored is not None
    assert stored.ticket == TICKET.model_copy(update={"messages": (*TICKET.messages, SAID)})


async def test_the_same_words_said_again_later_are_another_message(database: Database) -> None:
    async with database.transaction() as tx:
        tickets = Tickets(tx, ACME)
        ticket_id = await tickets.open(TICKET, "key", NOW)
        for message in (SAID, TICKET.messages[0], SAID):
            assert await tickets.add_message(ticket_id, message, LATER, "U1")
        stored = await tickets.load(ticket_id)
    assert stored is not None
    assert stored.ticket.messages[2:] == (SAID, TICKET.messages[0], SAID)


async def test_messages_added_at_once_are_all_kept(database: Database, other: Database) -> None:
    async with database.transaction() as tx:
        ticket_id = await Tickets(tx, ACME).open(TICKET, "key", NOW)

    async def add(through: Database, words: str) -> None:
        async with through.transaction() as tx:
            await Tickets(tx, ACME).add_message(ticket_id, Message(text=words), LATER, "U1")

    await asyncio.gather(*(add((database, other)[n % 2], str(n)) for n in range(6)))
    async with database.reading() as tx:
        stored = await Tickets(tx, ACME).load(ticket_id)
    assert stored is not None
    assert sorted(message.text for message in stored.ticket.messages[2:]) == ["0", "1", "2", "3", "4", "5"]


async def test_an_edited_ticket_keeps_its_key_and_its_place(database: Database) -> None:
    edited = Ticket(messages=(SAID,), subject="Refund", requester="Grace")
    async with database.transaction() as tx:
        tickets = Tickets(tx, ACME)
        ticket_id = await tickets.open(TICKET, "key", NOW)
        assert not await tickets.change_text(ticket_id, TICKET, LATER, "U1")
        assert await tickets.change_text(ticket_id, edited, LATER, "U1")
        assert not await tickets.change_text(ticket_id, edited, LATER, "U1")
    async with database.reading() as tx:
        stored = await Tickets(tx, ACME).load(ticket_id)
    assert stored == StoredTicket(
        id=ticket_id, key="key", ticket=edited.model_copy(update={"ref": TICKET.ref}), created_at=NOW
    )


async def test_each_change_of_a_ticket_is_in_the_audit_trail_without_what_was_said(database: Database) -> None:
    async with database.transaction() as tx:
        tickets = Tickets(tx, ACME)
        ticket_id = await tickets.open(TICKET, "key", NOW)
        await tickets.add_message(ticket_id, SAID, LATER, "U1")
        await tickets.add_message(ticket_id, SAID, LATER, "U1")
        await tickets.change_text(ticket_id, Ticket(messages=(SAID,)), LATER, "U2")
        assert await AuditTrail(tx, ACME).verify() == 3
        rows = (await tx.exec(select(AuditRow).where(col(AuditRow.seq) > 1).order_by(col(AuditRow.seq)))).all()
    assert [(row.action, row.actor, row.subject, row.details) for row in rows] == [
        ("ticket.message_added", "U1", ticket_id, {"messages": 3, "author": "customer"}),
        ("ticket.changed", "U2", ticket_id, {"messages": 1}),
    ]


async def test_a_ticket_of_another_workspace_cannot_be_changed(database: Database) -> None:
    async with database.transaction() as tx:
        ticket_id = await Tickets(tx, OTHER).open(TICKET, "key", NOW)
    with pytest.raises(StorageError, match="open it first"):
        async with database.transaction() as tx:
            await Tickets(tx, ACME).add_message(ticket_id, SAID, LATER, "U1")
    with pytest.raises(StorageError, match="open it first"):
        async with database.transaction() as tx:
            await Tickets(tx, ACME).change_text(ticket_id, Ticket(messages=()), LATER, "U1")
