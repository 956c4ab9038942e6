import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import rounds as module
from bot.app import support_desk
from bot.follow_up import FollowUp
from bot.intents import Delivery, OpenTicket, Place
from bot.jobs import Jobs, Step
from bot.reception import Reception
from bot.rounds import Rounds
from bot.settings import Settings
from storage.database import Database
from storage.inbox import Inbox, InboxState
from storage.processes import Processes
from tests.conftest import document
from tests.fakes import ShelfOfTickets

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
TICKET = OpenTicket(place=Place(channel="C0INTAKE", message="1.1"), person="U0ANA", text="Can I cancel?")


class House:
    """Rounds with everything they look after, in one process; the clock is set by hand."""

    def __init__(self, database: Database, workspace: str) -> None:
        self.database = database
        self.workspace = workspace
        self.at = NOW
        self.rounds: Rounds
        self.reception: Reception
        self.worked: list[str] = []
        self.told: list[str] = []
        self.looked = 0
        self.shown = 0
        self.collected = 0
        self.done = asyncio.Event()
        self.fails = False

    def now(self) -> datetime:
        return self.at

    async def work(self, key: str, _: Step) -> None:
        self.worked.append(key)
        if self.fails:
            raise ValueError(key)
        async with self.database.transaction() as tx:
            await Inbox(tx, self.workspace).finish(key, self.now())
        self.done.set()

    async def tell(self, key: str) -> None:
        self.told.append(key)

    async def tell_week(self) -> None:
        pass

    async def look_at_tickets(self) -> None:
        pass

    async def collect(self) -> None:
        self.collected += 1

    async def tell_owners(self) -> None:
        pass

    async def show_again(self) -> None:
        self.shown += 1

    async def mark_outdated(self) -> None:
        self.looked += 1

    async def names(self) -> list[str]:
        async with self.database.reading() as tx:
            return await Processes(tx, self.workspace).stale(self.at + timedelta(days=1))


@pytest.fixture
async def house(desk_folder: Path) -> AsyncIterator[House]:
    settings = Settings(desk=desk_folder, embeddings="none")
    async with support_desk(settings) as desk:
        database = Database(settings.database + "?timeout=0.2")
        made = House(database, settings.workspace)
        async with Jobs(settings.database, process="desk-1", work=made.work) as jobs:
            # Jobs are started by the rounds alone, as after a crash.
            made.reception = Reception(
                database=database,
                workspace=settings.workspace,
                start=lambda _: None,
                intake=lambda: ["C0INTAKE"],
                asks_for=lambda _draft, text: "invoice" in text,
                find=ShelfOfTickets().find,
                now=made.now,
            )
            made.rounds = Rounds(
                database=database,
                workspace=settings.workspace,
                process="desk-1",
                desk=desk,
                jobs=jobs,
                reception=made.reception,
                chores=made,
                sources=made,
                follow_up=FollowUp(ShelfOfTickets(), database, settings.workspace, lambda: desk.playbook, made.now),
                now=made.now,
            )
            yield made
        await database.close()


async def test_what_was_taken_in_and_not_started_is_started(house: House) -> None:
    await house.reception.accept(Delivery(key="a", intent=TICKET))
    await house.rounds.unfinished()
    await asyncio.wait_for(house.done.wait(), 10)
    await house.rounds.unfinished()
    assert house.worked == ["a"]


async def test_a_job_that_failed_three_times_is_given_up_with_a_sentence(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    house.fails = True
    await house.reception.accept(Delivery(key="a", intent=TICKET))
    async with asyncio.timeout(15):
        while await house.reception.unfinished():
            await house.rounds.unfinished()
    assert (house.worked, house.told) == (["a"] * 3, ["a"])
    async with house.database.reading() as tx:
        stored = await Inbox(tx, house.workspace).load("a")
    assert stored
    assert (stored.state, "failed three times" in stored.problem) == (InboxState.FAILED, True)
    assert "job given up" in caplog.messages


async def test_a_process_is_alive_from_its_first_round_on_and_the_silent_are_forgotten(house: House) -> None:
    async with house.database.transaction() as tx:
        await Processes(tx, house.workspace).beat("killed-1", NOW - timedelta(seconds=41))
        await Processes(tx, house.workspace).beat("slow-1", NOW - timedelta(seconds=39))
    await house.rounds.sign_of_life()
    assert sorted(await house.names()) == ["desk-1", "killed-1", "slow-1"], "once is not enough"
    await house.rounds.sign_of_life()
    assert sorted(await house.names()) == ["desk-1", "slow-1"]
    house.at += timedelta(hours=1)
    await house.rounds.sign_of_life()
    await house.rounds.sign_of_life()
    assert await house.names() == ["desk-1"], "it does not take itself for silent"


async def test_what_people_said_is_forgotten_a_day_after_it_was_dealt_with(house: House) -> None:
    await house.reception.accept(Delivery(key="a", intent=TICKET))
    await house.reception.give_up("a")
    house.at += timedelta(hours=23)
    await house.rounds.tidy()
    assert (await _intent(house))["text"] == TICKET.text
    house.at += timedelta(hours=2)
    await house.rounds.tidy()
    assert await _intent(house) == {}


async def test_a_broken_document_is_told_once_and_a_mended_one_is_taken_over(
    house: House, desk_folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await house.rounds.documents()
    document(desk_folder, "refunds", "Refunds take 30 days.", effective_from="2026-02-31")
    for _ in range(2):
        await house.rounds.documents()
    (problem,) = house.rounds.problems
    assert "2026-02-31" in problem
    assert caplog.messages.count("documents not taken over") == 1
    assert house.looked == 3
    document(desk_folder, "refunds", "Refunds take 30 days.")
    await house.rounds.documents()
    assert house.rounds.problems == ()


async def test_without_a_database_no_try_is_counted_and_the_rounds_go_on_when_it_is_back(
    house: House, desk_folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(module, "_EVERY", 0.01)
    await house.reception.accept(Delivery(key="a", intent=TICKET))
    failed = _heard(caplog, "round failed")
    intruder = sqlite3.connect(desk_folder / ".proofdesk" / "proofdesk.db", isolation_level=None)
    intruder.execute("BEGIN IMMEDIATE")
    going = asyncio.create_task(house.rounds.run())
    await asyncio.wait_for(failed.wait(), 10)
    assert house.worked == []
    intruder.execute("ROLLBACK")
    intruder.close()
    await asyncio.wait_for(house.done.wait(), 10)
    going.cancel()
    await asyncio.gather(going, return_exceptions=True)
    assert house.worked == ["a"]


def _heard(caplog: pytest.LogCaptureFixture, part: str) -> asyncio.Event:
    """Set once the log says something."""
    heard = asyncio.Event()

    def listen(record: logging.LogRecord) -> bool:
        if part in record.getMessage():
            heard.set()
        return True

    caplog.handler.addFilter(listen)
    return heard


async def _intent(house: House) -> dict[str, object]:
    async with house.database.reading() as tx:
        stored = await Inbox(tx, house.workspace).load("a")
    assert stored
    return stored.intent
