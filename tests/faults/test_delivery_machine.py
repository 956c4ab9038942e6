"""Deliveries in any order, any number of times, with crashes in between: each counts once, none is forgotten."""

import asyncio
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from bot.intents import Delivery, OpenTicket, Place
from bot.reception import Reception, opening_key
from storage.database import Database
from storage.inbox import Inbox
from tests.fakes import ShelfOfTickets
from tests.office import INTAKE

_EXAMPLES = count()
_MESSAGES = st.integers(0, 5)
_EVENTS = st.sampled_from(["app_mention", "message"])
"""One post comes as two events, with an id each."""


def now() -> datetime:
    return datetime.now(UTC)


def delivery(message: int, event: str) -> Delivery:
    ts = f"1700000000.{message:06}"
    place = Place(channel=INTAKE, thread=ts, message=ts)
    intent = OpenTicket(place=place, person="U0ANA", text="When are yearly plans refunded?")
    return Delivery(key=opening_key(INTAKE, ts), event_id=f"{event}-{message}", intent=intent)


class DeliveryMachine(RuleBasedStateMachine):
    url = ""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.Runner()
        self.database = Database(self.url)
        # One file for all examples, a workspace for each.
        self.workspace = f"T{next(_EXAMPLES)}"
        self.accepted: set[str] = set()
        self.done: set[str] = set()
        self.running: set[str] = set()
        """What this life of the process has started."""
        self.reception = self.new_life()

    def new_life(self) -> Reception:
        self.running.clear()
        return Reception(
            database=self.database,
            workspace=self.workspace,
            start=self.running.add,
            intake=lambda: [INTAKE],
            asks_for=lambda _draft, text: "invoice" in text,
            find=ShelfOfTickets().find,
            now=now,
        )

    @rule(message=_MESSAGES, event=_EVENTS, copies=st.integers(1, 4))
    def deliver(self, message: int, event: str, copies: int) -> None:
        arriving = delivery(message, event)

        async def at_once() -> list[bool]:
            return await asyncio.gather(*(self.reception.accept(arriving) for _ in range(copies)))

        new = self.loop.run(at_once())
        assert sum(new) == (arriving.key not in self.accepted), "accepted once, whichever copy was first"
        assert (arriving.key in self.running) or arriving.key in self.accepted
        self.accepted.add(arriving.key)

    @rule(messages=st.permutations(range(6)))
    def deliver_a_batch_in_any_order(self, messages: list[int]) -> None:
        for message in messages:
            self.deliver(message, "message", 1)

    @precondition(lambda self: self.running - self.done)
    @rule(data=st.data())
    def a_job_ends(self, data: st.DataObject) -> None:
        key = data.draw(st.sampled_from(sorted(self.running - self.done)))

        async def finish() -> None:
            async with self.database.transaction() as tx:
                await Inbox(tx, self.workspace).finish(key, now())

        self.loop.run(finish())
        self.done.add(key)

    @rule()
    def crash(self) -> None:
        self.reception = self.new_life()

    @rule()
    def a_round(self) -> None:
        self.running.update(self.loop.run(self.reception.unfinished()))
        assert self.accepted - self.done <= self.running, "what was accepted before a crash is started after it"

    @invariant()
    def what_was_accepted_and_is_not_done_is_known_to_the_inbox_and_nothing_else_is(self) -> None:
        assert set(self.loop.run(self.reception.unfinished())) == self.accepted - self.done

    def teardown(self) -> None:
        self.loop.run(self.database.close())
        self.loop.close()


def test_each_delivery_is_accepted_once_and_none_is_forgotten(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'proofdesk.db'}"

    async def migrate() -> None:
        database = Database(url)
        await database.migrate()
        await database.close()

    asyncio.run(migrate())
    DeliveryMachine.url = url
    run_state_machine_as_test(
        DeliveryMachine, settings=settings(max_examples=50, stateful_step_count=25, deadline=None)
    )
