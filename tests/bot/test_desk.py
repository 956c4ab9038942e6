from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.desk import SupportDesk
from bot.library import Library
from bot.ticket_reader import TicketReader
from knowledge.documents.lifecycle import DocumentRules
from knowledge.drafter import Drafter
from knowledge.drafting.draft import Outcome
from knowledge.drafting.ticket import Ticket, TicketRef
from knowledge.errors import ModelRefused
from knowledge.index.document_index import DocumentIndex
from knowledge.index.seen_by import SeenBy
from knowledge.models.scripted import Reply, ScriptedModel
from knowledge.relevance import Relevance
from storage.audit import AuditTrail
from storage.database import Database
from storage.drafts import Drafts
from storage.tickets import Tickets
from tests.builders import PLAYBOOK, an_answer
from tests.conftest import document
from tests.fakes import NoSimilarity, ShelfOfTickets

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
REFUND = "Yearly plans are refunded in full when you ask within 14 days of buying."
ASKED = Ticket.pasted("When are yearly plans refunded in full?")


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = Database(f"sqlite:///{tmp_path / 'proofdesk.db'}")
    await opened.migrate()
    yield opened
    await opened.close()


def a_desk(folder: Path, database: Database, clock: Clock, *answers: Reply) -> SupportDesk:
    index = DocumentIndex(folder / ".proofdesk" / "index.db", None)
    relevance = Relevance(NoSimilarity())
    model = ScriptedModel(*answers)
    reader = TicketReader(ShelfOfTickets(**{"4821": ASKED}), database, "w", clock)
    library = Library(
        folder=folder / "documents",
        index=index,
        rules=DocumentRules,
        database=database,
        workspace="w",
        now=clock,
    )
    return SupportDesk(
        library=library,
        playbook=lambda: PLAYBOOK,
        drafter=lambda playbook, audience: Drafter(SeenBy(index, audience), model, relevance, playbook),
        audience=lambda channel: frozenset({channel}),
        reader=reader,
        database=database,
        workspace="w",
        now=clock,
    )


async def test_a_draft_is_saved_with_its_ticket_and_the_next_is_its_second_version(
    desk_folder: Path, database: Database, clock: Clock
) -> None:
    answer = an_answer((REFUND, "P1", REFUND))
    desk = a_desk(desk_folder, database, clock, answer, answer)
    await desk.library.sync()
    ticket = ASKED.model_copy(update={"ref": TicketRef(helpdesk="zendesk", id="4821")})
    made = [await desk.draft(ticket), await desk.draft(ticket)][-1]

    assert made.status is Outcome.ANSWERED
    async with database.reading() as tx:
        ticket_id = await Tickets(tx, "w").find("zendesk:4821")
        assert ticket_id
        stored = await Drafts(tx, "w").newest(ticket_id)
        assert stored
        assert (stored.number, stored.draft) == (2, made)
        assert await AuditTrail(tx, "w").verify() > 0


async def test_a_ticket_is_kept_when_the_model_fails(desk_folder: Path, database: Database, clock: Clock) -> None:
    desk = a_desk(desk_folder, database, clock, ModelRefused("The model declined."))
    await desk.library.sync()
    with pytest.raises(ModelRefused):
        await desk.draft(ASKED.model_copy(update={"ref": TicketRef(helpdesk="zendesk", id="1")}))
    async with database.reading() as tx:
        assert await Tickets(tx, "w").find("zendesk:1")


async def test_a_look_up_is_not_saved(desk_folder: Path, database: Database, clock: Clock) -> None:
    desk = a_desk(desk_folder, database, clock, an_answer((REFUND, "P1", REFUND)))
    await desk.library.sync()
    async with database.reading() as tx:
        before = await AuditTrail(tx, "w").verify()
    assert (await desk.look_up("When are yearly plans refunded in full?")).statements
    async with database.reading() as tx:
        assert await AuditTrail(tx, "w").verify() == before


async def test_a_document_is_out_of_answers_the_day_after_its_last(
    desk_folder: Path, database: Database, clock: Clock
) -> None:
    document(desk_folder, "refunds", REFUND, effective_until="2026-11-01")
    answer = an_answer((REFUND, "P1", REFUND))
    desk = a_desk(desk_folder, database, clock, answer, answer)
    await desk.library.sync()
    assert (await desk.draft(ASKED)).status is Outcome.ANSWERED
    clock.now = datetime(2026, 11, 2, tzinfo=UTC)
    assert (await desk.draft(ASKED)).status is Outcome.UNVERIFIED


async def test_the_state_of_the_folder_is_known_without_reading_it(
    desk_folder: Path, database: Database, clock: Clock
) -> None:
    desk = a_desk(desk_folder, database, clock)
    assert not await desk.library.is_current()
    await desk.library.sync()
    assert await desk.library.is_current()
    document(desk_folder, "refunds", REFUND + " And more.")
    assert not await desk.library.is_current()


async def test_another_database_is_told_of_the_documents_too(
    desk_folder: Path, database: Database, clock: Clock, tmp_path: Path
) -> None:
    await a_desk(desk_folder, database, clock).library.sync()
    other = Database(f"sqlite:///{tmp_path / 'other.db'}")
    await other.migrate()
    assert not await a_desk(desk_folder, other, clock).library.is_current()
    await other.close()


async def test_a_broken_document_stays_as_it_was_and_the_rest_goes_on(
    desk_folder: Path, database: Database, clock: Clock
) -> None:
    desk = a_desk(desk_folder, database, clock, an_answer((REFUND, "P1", REFUND)))
    await desk.library.sync()
    document(desk_folder, "refunds", "Other words.", status="aproved")
    document(desk_folder, "invoices", "Invoices come monthly.")
    synced, _, problems, _ = await desk.library.sync()
    assert synced.new == ("invoices",)
    assert "refunds.md line 4: status 'aproved'" in problems[0]
    assert {record.id: record.gone_at for record in await desk.library.catalogue.list()}["refunds"] is None
    assert not await desk.library.is_current()
    assert (await desk.look_up("When are yearly plans refunded in full?")).statements


async def test_a_document_that_is_gone_is_remembered_as_gone(
    desk_folder: Path, database: Database, clock: Clock
) -> None:
    desk = a_desk(desk_folder, database, clock)
    await desk.library.sync()
    (desk_folder / "documents" / "refunds.md").unlink()
    synced, skipped, _, _ = await desk.library.sync()
    assert synced.gone == ("refunds",)
    assert skipped == ()
    gone = {record.id: record.gone_at for record in await desk.library.catalogue.list()}
    assert gone["refunds"] == NOW
    assert gone["passwords"] is None


async def test_files_that_are_no_documents_are_named(desk_folder: Path, database: Database, clock: Clock) -> None:
    (desk_folder / "documents" / "policy.pdf").write_bytes(b"%PDF-1.7")
    _, skipped, _, _ = await a_desk(desk_folder, database, clock).library.sync()
    assert [Path(name).name for name in skipped] == ["policy.pdf"]


def test_today_is_a_day_in_utc(desk_folder: Path, clock: Clock, tmp_path: Path) -> None:
    assert a_desk(desk_folder, Database(f"sqlite:///{tmp_path / 'x.db'}"), clock).today == date(2026, 11, 1)
