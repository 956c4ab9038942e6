"""The bot is killed where it hurts, and started again. One bot serves several tests: a start takes seconds."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from storage.inbox import InboxState
from storage.reviews import Reviews
from tests.faults.bot_process import AFTER_ACK
from tests.faults.desks import small_desk
from tests.faults.machine import Machine, machine
from tests.office import INTAKE, said

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module", name="bots")
async def _bots(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Machine]:
    async with machine(small_desk(Path(tmp_path_factory.mktemp("machine")) / "desk")) as opened:
        yield opened


async def test_killed_after_the_acknowledgement_and_before_the_job(bots: Machine) -> None:
    process = await bots.alive()
    bots.crash.name(AFTER_ACK)
    ts = await bots.post()
    await bots.acknowledged(ts)
    await bots.die(process)
    assert bots.cards(ts) == []

    bots.crash.clear()
    await bots.start()
    await bots.filled(ts)

    asked = len(bots.model.seen)
    await bots.sandbox.redeliver(bots.event_of(ts))
    other = await bots.post()
    await bots.filled(other)
    assert len(bots.cards(ts)) == 1, "what is delivered again after the restart is known"
    assert len(bots.model.seen) == asked + 1, "the model wrote for the other message alone"


async def test_killed_between_the_post_and_its_record(bots: Machine) -> None:
    process = await bots.alive()
    bots.crash.name("after_post")
    ts = await bots.post()
    await bots.dead(process)
    assert len(bots.cards(ts)) == 1

    await bots.start()
    await bots.filled(ts)


async def test_killed_before_the_card_is_filled(bots: Machine) -> None:
    process = await bots.alive()
    asked = len(bots.model.seen)
    bots.crash.name("before_update")
    ts = await bots.post()
    await bots.dead(process)
    assert '"redraft"' not in said(bots.cards(ts)[0])
    missed = await bots.post()
    await bots.sandbox.settled()

    await bots.start()
    await bots.filled(ts)
    await bots.filled(missed)
    assert len(bots.model.seen) == asked + 2, "a draft that was saved is not paid for twice"
    assert len(bots.cards(missed)) == 1, "what was said meanwhile is caught up with once"


async def test_killed_after_a_decision_and_before_the_card_says_so(bots: Machine) -> None:
    process = await bots.alive()
    ts = await bots.post()
    card = await bots.filled(ts)
    bots.crash.name("before_update")
    await bots.ana.press(INTAKE, card["ts"], "approve")
    await bots.dead(process)

    await bots.start()
    await bots.until(ts, lambda said: '"undo"' in said)
    assert len(bots.cards(ts)) == 1
    async with bots.database.reading() as tx:
        reviews = await Reviews(tx, bots.settings.workspace).of(await _draft_on(bots, ts))
    assert [(review.person, review.verdict) for review in reviews] == [("U0ANA", "approve")]


async def test_a_second_bot_has_another_name_and_adopts_the_jobs_of_one_that_was_killed(bots: Machine) -> None:
    first = await bots.alive()
    second = await bots.start()
    locks = sorted(path.name for path in (bots.desk / ".proofdesk").glob("process-*.lock"))
    assert locks == ["process-1.lock", "process-2.lock"]
    await bots.stop(second, 25)
