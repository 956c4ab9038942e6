from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.errors import HelpdeskError
from bot.ticket_reader import TicketReader
from knowledge.drafting.draft import DraftStatus
from knowledge.drafting.ticket import Author, Message, Ticket, TicketRef
from storage.database import Database
from storage.drafts import Drafts
from storage.tickets import Tickets
from tests.fakes import ShelfOfTickets
from tests.storage.examples import DRAFT

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
ASKED = Message(text="Can I cancel?")
REF = TicketRef(helpdesk="zendesk", id="1", url="https://acme.zendesk.com/agent/tickets/1")


class Desk:
    """A reader over a helpdesk with one ticket, and what is remembered of it."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.at = NOW
        self.shelf = ShelfOfTickets(**{"1": Ticket(messages=(ASKED,), fields={"plan": "Team"}, status="open")})
        self.reader = TicketReader(self.shelf, database, "w", lambda: self.at)

    async def open(self, ticket: Ticket | None = None) -> str:
        async with self.database.transaction() as tx:
            return await Tickets(tx, "w").open(ticket or Ticket(messages=(), ref=REF), "key", NOW)

    async def draft(self, ticket_id: str) -> str:
        async with self.database.transaction() as tx:
            return (await Drafts(tx, "w").save(DRAFT, ticket_id, self.at)).id

    async def known(self, ticket_id: str) -> Ticket:
        async with self.database.reading() as tx:
            found = await Tickets(tx, "w").load(ticket_id)
        assert found
        return found.ticket

    async def state(self, draft_id: str) -> DraftStatus:
        async with self.database.reading() as tx:
            found = await Drafts(tx, "w").load(draft_id)
        assert found
        return found.state

    def says(self, *messages: Message) -> None:
        self.shelf.tickets["1"] = Ticket(messages=messages)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    database = Database(f"sqlite:///{tmp_path / 'proofdesk.db'}")
    await database.migrate()
    yield Desk(database)
    await database.close()


async def test_the_first_reading_takes_all_over_and_is_no_change(desk: Desk) -> None:
    ticket_id = await desk.open()
    assert await desk.reader.refresh(ticket_id) == ""
    known = await desk.known(ticket_id)
    assert (known.messages, known.fields, known.status, known.ref) == ((ASKED,), {"plan": "Team"}, "open", REF)


async def test_what_was_written_since_makes_open_drafts_out_of_date(desk: Desk) -> None:
    ticket_id = await desk.open()
    await desk.reader.refresh(ticket_id)
    draft_id = await desk.draft(ticket_id)
    assert await desk.reader.refresh(ticket_id) == ""
    assert await desk.state(draft_id) is DraftStatus.AWAITING
    desk.says(ASKED, Message(text="And the invoice?"))
    assert await desk.reader.refresh(ticket_id) == "The customer wrote again."
    assert await desk.state(draft_id) is DraftStatus.STALE
    assert len((await desk.known(ticket_id)).messages) == 2


async def test_internal_notes_are_not_kept(desk: Desk) -> None:
    desk.shelf.tickets["1"] = Ticket(messages=(ASKED,), notes=(Message(text="SECRETNOTE", author=Author.AGENT),))
    ticket_id = await desk.open()
    await desk.reader.refresh(ticket_id)
    assert (await desk.known(ticket_id)).notes == ()


async def test_a_pasted_ticket_is_never_looked_for(desk: Desk) -> None:
    assert await desk.reader.refresh(await desk.open(Ticket.pasted("Can I cancel?"))) == ""
    assert desk.shelf.reads == []


async def test_words_pasted_for_a_ticket_that_cannot_be_read_stay(desk: Desk) -> None:
    desk.shelf.tickets.clear()
    ticket_id = await desk.open()
    with pytest.raises(HelpdeskError):
        await desk.reader.refresh(ticket_id)
    async with desk.database.transaction() as tx:
        await Tickets(tx, "w").change_text(ticket_id, Ticket.pasted("Which browsers?"), NOW, "U0ANA")
    assert await desk.reader.refresh(ticket_id) == ""
    assert (await desk.known(ticket_id)).ref == REF


async def test_a_round_looks_at_tickets_with_open_drafts_after_a_while(desk: Desk) -> None:
    ticket_id = await desk.open()
    await desk.reader.refresh(ticket_id)
    await desk.draft(ticket_id)
    desk.says(ASKED, ASKED)
    assert await desk.reader.look_round() == []
    desk.at += timedelta(minutes=6)
    assert await desk.reader.look_round() == [ticket_id]
    desk.at += timedelta(minutes=6)
    # Its draft is out of date by now, so nobody waits for more.
    assert await desk.reader.look_round() == []


async def test_a_ticket_that_cannot_be_read_waits_for_its_next_turn(desk: Desk) -> None:
    ticket_id = await desk.open()
    await desk.reader.refresh(ticket_id)
    draft_id = await desk.draft(ticket_id)
    desk.shelf.tickets.clear()
    desk.at += timedelta(minutes=6)
    reads = len(desk.shelf.reads)
    assert await desk.reader.look_round() == []
    assert await desk.reader.look_round() == []
    assert len(desk.shelf.reads) == reads + 1
    assert await desk.state(draft_id) is DraftStatus.AWAITING
