"""The bot is killed where it hurts, and started again. One bot serves several tests: a start takes seconds."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

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


@pytest.mark.parametrize("point", ["after_post", "before_update"])
async def test_killed_around_a_call_to_slack(bots: Machine, point: str) -> None:
    process = await bots.alive()
    bots.crash.name(point)
    ts = await bots.post()
    await bots.dead(process)
    assert len(bots.cards(ts)) == 1
    assert '"redraft"' not in said(bots.cards(ts)[0])

    await bots.start()
    await bots.filled(ts)


async def test_killed_with_a_draft_that_is_saved_and_a_job_that_does_not_know(bots: Machine) -> None:
    process = await bots.alive()
    asked = len(bots.model.seen)
    bots.crash.name("ran:draft")
    ts = await bots.post()
    await bots.dead(process)

    await bots.start()
    await bots.filled(ts)
    assert len(bots.model.seen) == asked + 1, "what was written is not paid for twice"


async def test_killed_after_a_decision_and_before_the_card_says_so(bots: Machine) -> None:
    process = await bots.alive()
    ts = await bots.post()
    card = await bots.filled(ts)
    bots.crash.name("ran:decide")
    await bots.ana.press(INTAKE, card["ts"], "approve")
    await bots.dead(process)
    assert '"undo"' not in said(bots.cards(ts)[0])

    await bots.start()
    await bots.until(ts, lambda said: '"undo"' in said)
    assert await bots.reviews(ts) == [("U0ANA", "approve")]


async def test_a_second_bot_has_a_name_of_its_own_and_adopts_the_jobs_of_one_that_was_killed(bots: Machine) -> None:
    first = await bots.alive()
    second = await bots.start()
    locks = sorted(path.name for path in (bots.desk / ".proofdesk").glob("process-*.lock"))
    assert locks == ["process-1.lock", "process-2.lock"]

    asked = len(bots.model.seen)
    bots.crash.name("ran:draft")
    ts = await bots.post()
    await bots.first_dead(first, second)
    await bots.an_hour_passes()
    await bots.filled(ts)
    assert len(bots.model.seen) == asked + 1


async def test_told_to_stop_while_the_model_writes_it_stops_in_time_and_goes_on_later(bots: Machine) -> None:
    process = await bots.alive()
    bots.may_write.clear()
    bots.model.asked.clear()
    ts = await bots.post()
    await asyncio.wait_for(bots.model.asked.wait(), 30)
    assert await bots.stop(process, 25) == 0
    # The next bot may have another name; then it takes this one's job over once that is silent.
    await bots.an_hour_passes()
    meanwhile = await bots.post()
    await bots.sandbox.settled()

    bots.may_write.set()
    await bots.start()
    await bots.filled(ts)
    await bots.filled(meanwhile)
    await bots.sandbox.settled()
    assert len(bots.cards(meanwhile)) == 1, "what was said meanwhile is caught up with once"
