"""Work that was cut off: each such job is tried alone, and the one that brings the process down is found out."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from bot.app import SlackBot, slack_bot
from bot.intents import INTENTS, OpenTicket, Place
from bot.sandbox.sandbox import Sandbox
from bot.settings import Settings
from storage.inbox import Delivery, Inbox, InboxState, StoredDelivery
from tests.office import INTAKE, settings_for


async def step(name: str, work: Callable[[], Awaitable[str]]) -> str:
    assert name
    return await work()


@asynccontextmanager
async def quiet_bot(sample: Settings, folder: Path) -> AsyncIterator[tuple[Sandbox, SlackBot]]:
    """A bot that nobody talks to and that goes no rounds."""
    shutil.copytree(sample.desk, folder)
    async with Sandbox() as sandbox, slack_bot(settings_for(sandbox, folder)) as bot:
        yield sandbox, bot


async def taken_in(bot: SlackBot, key: str, *, tries: int) -> None:
    """A delivery whose work was begun so often, and cut off each time."""
    intent = OpenTicket(place=Place(channel=INTAKE), person="U0ANA", text="How do I reset my password?")
    parts = bot.services.parts
    async with parts.database.transaction() as tx:
        inbox = Inbox(tx, parts.workspace)
        row = Delivery(key=key, kind=intent.kind, intent=INTENTS.dump_python(intent, mode="json"))
        assert await inbox.add(row, parts.now())
        for _ in range(tries):
            await inbox.begin(key)


async def stored(bot: SlackBot, key: str) -> StoredDelivery:
    parts = bot.services.parts
    async with parts.database.reading() as tx:
        found = await Inbox(tx, parts.workspace).load(key)
    assert found
    return found


async def test_what_was_cut_off_three_times_is_given_up_and_the_person_is_told(
    sample: Settings, tmp_path: Path
) -> None:
    async with quiet_bot(sample, tmp_path / "desk") as (sandbox, bot):
        await taken_in(bot, "poison", tries=3)
        await taken_in(bot, "neighbour", tries=1)
        await asyncio.gather(bot.worker.do("poison", step), bot.worker.do("neighbour", step))
        given_up, done = await stored(bot, "poison"), await stored(bot, "neighbour")
        assert (given_up.state, "three times" in given_up.problem) == (InboxState.FAILED, True)
        assert (done.state, done.tries) == (InboxState.DONE, 2)
        told = sandbox.person("U0ANA").ephemerals(INTAKE)
        assert any("This stopped me three times" in each["text"] for each in told)


async def test_a_job_that_is_stopped_in_order_counts_as_not_begun(sample: Settings, tmp_path: Path) -> None:
    async with quiet_bot(sample, tmp_path / "desk") as (_, bot):
        await taken_in(bot, "slow", tries=0)
        began = asyncio.Event()

        async def never(name: str, work: Callable[[], Awaitable[str]]) -> str:  # noqa: ARG001 - The protocol's.
            began.set()
            await asyncio.Event().wait()
            return name

        running = asyncio.create_task(bot.worker.do("slow", never))
        await asyncio.wait_for(began.wait(), 10)
        assert (await stored(bot, "slow")).tries == 1
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        assert (await stored(bot, "slow")).tries == 0
