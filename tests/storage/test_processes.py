import asyncio
from datetime import timedelta

from storage.database import Database
from storage.processes import Processes
from tests.storage.examples import ACME, LATER, NOW, OTHER

SOON = NOW + timedelta(seconds=1)


async def stale(database: Database, workspace: str = ACME) -> list[str]:
    async with database.reading() as tx:
        return await Processes(tx, workspace).stale(LATER)


async def test_a_process_is_stale_from_its_last_beat_on(database: Database) -> None:
    async with database.transaction() as tx:
        processes = Processes(tx, ACME)
        await processes.beat("quiet", SOON)
        await processes.beat("silent", NOW)
        await processes.beat("lively", NOW)
        await processes.beat("lively", LATER)
        assert await processes.stale(NOW) == []
        assert await processes.stale(SOON) == ["silent"]
    assert await stale(database) == ["silent", "quiet"]


async def test_a_process_that_ended_is_not_stale(database: Database) -> None:
    async with database.transaction() as tx:
        processes = Processes(tx, ACME)
        for name in ("ended", "other"):
            await processes.beat(name, NOW)
        await processes.end("ended")
        await processes.end("never there")
    assert await stale(database) == ["other"]


async def test_first_beats_at_once_are_one_process(database: Database, other: Database) -> None:
    async def beat(through: Database) -> None:
        async with through.transaction() as tx:
            await Processes(tx, ACME).beat("worker", NOW)

    await asyncio.gather(*(beat(through) for through in (database, other) * 5))
    assert await stale(database) == ["worker"]


async def test_workspaces_with_equal_names_never_see_each_other(database: Database) -> None:
    async with database.transaction() as tx:
        await Processes(tx, ACME).beat("worker", NOW)
        theirs = Processes(tx, OTHER)
        await theirs.beat("worker", LATER)
        await theirs.end("worker")
    assert (await stale(database), await stale(database, OTHER)) == (["worker"], [])
