import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.errors import UsageError
from bot.jobs import Jobs, Step

Work = Callable[[str, Step], Awaitable[None]]


class Life:
    """The jobs of a process from start to end. What is under way at the end is left as a killed process leaves it."""

    def __init__(self, folder: Path, name: str = "desk-1") -> None:
        self._url = f"sqlite:///{folder / 'proofdesk.db'}"
        self._name = name

    @asynccontextmanager
    async def of(self, work: Work) -> Any:
        async with Jobs(self._url, process=self._name, work=work, leaving=0) as jobs:
            yield jobs


@pytest.fixture
def life(tmp_path: Path) -> Life:
    return Life(tmp_path)


class Worker:
    """Work of two steps that tells how often each ran, and can be held up or made to fail."""

    def __init__(self, *, held: bool = False, fails: bool = False) -> None:
        self.ran: Counter[str] = Counter()
        self.began = asyncio.Event()
        self.done = asyncio.Event()
        self._go_on = asyncio.Event()
        self._fails = fails
        if not held:
            self._go_on.set()

    async def __call__(self, key: str, step: Step) -> None:
        first = await step("first", lambda: self._once(f"{key} first"))
        self.began.set()
        await self._go_on.wait()
        if self._fails:
            raise ValueError(key)
        await step("second", lambda: self._once(f"{key} second"))
        assert first == f"{key} first 1", "a finished step gives back what it gave before"
        self.done.set()

    async def _once(self, what: str) -> str:
        self.ran[what] += 1
        return f"{what} {self.ran[what]}"


async def test_a_job_runs_once_however_often_it_is_started(life: Life) -> None:
    worker = Worker()
    async with life.of(worker) as jobs:
        for _ in range(3):
            await jobs.start("a")
        jobs.start_soon("a")
        await asyncio.wait_for(worker.done.wait(), 10)
        await jobs.start("a")
    assert worker.ran == {"a first": 1, "a second": 1}


async def test_a_job_cut_off_goes_on_at_the_next_start_without_its_finished_steps(life: Life) -> None:
    cut_off = Worker(held=True)
    async with life.of(cut_off) as jobs:
        await jobs.start("a")
        await asyncio.wait_for(cut_off.began.wait(), 10)
    worker = Worker()
    async with life.of(worker) as jobs:
        await jobs.take_up(["a"])
        await asyncio.wait_for(worker.done.wait(), 10)
    assert cut_off.ran == {"a first": 1}
    assert worker.ran == {"a second": 1}


async def test_a_job_that_failed_is_tried_anew_until_the_third_time(life: Life) -> None:
    failing = Worker(fails=True)
    async with life.of(failing) as jobs:
        assert await jobs.take_up(["a", "b"]) == []
        assert sorted(await _in_time(lambda: jobs.take_up(["a", "b"]), 2)) == ["a", "b"]
    assert failing.ran == {"a first": 3, "b first": 3}


async def test_the_jobs_of_a_process_that_is_gone_are_adopted_when_they_are_asked_for(tmp_path: Path) -> None:
    gone = Worker(held=True)
    async with Life(tmp_path, "desk-1").of(gone) as jobs:
        await jobs.start("a")
        await asyncio.wait_for(gone.began.wait(), 10)
    worker = Worker()
    async with Life(tmp_path, "desk-2").of(worker) as jobs:
        await jobs.adopt([])
        assert await jobs.take_up(["a"]) == []
        assert not worker.began.is_set(), "another process may still be at it"
        await jobs.adopt(["desk-1"])
        await asyncio.wait_for(worker.done.wait(), 10)
    assert worker.ran == {"a second": 1}


async def test_running_jobs_are_waited_for_at_the_end(tmp_path: Path) -> None:
    worker = Worker(held=True)
    async with Jobs(f"sqlite:///{tmp_path / 'proofdesk.db'}", process="desk-1", work=worker, leaving=10) as jobs:
        await jobs.start("a")
        await asyncio.wait_for(worker.began.wait(), 10)
        asyncio.get_running_loop().call_later(0.1, worker._go_on.set)
    assert worker.ran["a second"] == 1


async def test_jobs_that_are_not_open_say_so(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="inside"):
        await Jobs(f"sqlite:///{tmp_path / 'proofdesk.db'}", process="desk-1", work=Worker()).start("a")


async def _in_time(take_up: Callable[[], Awaitable[list[str]]], most: int = 1) -> list[str]:
    """What is given up, once so many are: DBOS looks for jobs once a second."""
    async with asyncio.timeout(15):
        while len(given_up := await take_up()) < most:  # noqa: ASYNC110 - DBOS announces nothing.
            await asyncio.sleep(0.05)
    return given_up


async def test_what_was_completed_long_ago_is_forgotten_and_the_rest_is_kept(life: Life) -> None:
    worker = Worker()
    async with life.of(worker) as jobs:
        await jobs.start("a")
        await asyncio.wait_for(worker.done.wait(), 10)
        assert await jobs.forget(datetime.now(UTC) - timedelta(hours=1)) == 0
        async with asyncio.timeout(15):
            while not await jobs.forget(datetime.now(UTC) + timedelta(hours=1)):  # noqa: ASYNC110 - As below.
                await asyncio.sleep(0.05)
        assert await jobs.forget(datetime.now(UTC) + timedelta(hours=1)) == 0
