"""Jobs: work that survives a crash. DBOS remembers which step is finished; ids are all it is given to remember."""

import asyncio
import sqlite3
import threading
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

from dbos import DBOS, SetWorkflowID

from bot.errors import UsageError

_TRIES = 3
"""A job that fails is tried so often."""
_RESTARTS = 1_000
"""DBOS counts a restart against every job that waits. Which of them brought the process down, `bot.tasks` finds out."""
_LEAVING = 15.0
"""Seconds that running jobs get when the process stops; the rest goes on at the next start."""
_GIVEN_UP = "MAX_RECOVERY_ATTEMPTS_EXCEEDED"
_ALIVE = {"PENDING", "ENQUEUED", "DELAYED"}
_FORGOTTEN = 1_000
"""How many jobs are forgotten at a time."""
_VERSION = "1"
"""Pinned: with a version of its own each release would leave the jobs of the one before to nobody."""


class Step(Protocol):
    """Runs one step of a job once: after a crash a finished step gives back what it gave before."""

    async def __call__(self, name: str, work: Callable[[], Awaitable[str]]) -> str:
        """The step's result; an identifier, never what a customer wrote."""
        ...


class Jobs:
    """The jobs of one process. At most one at a time in a process, because DBOS is one in a process."""

    def __init__(
        self, url: str, *, process: str, work: Callable[[str, Step], Awaitable[None]], leaving: float = _LEAVING
    ) -> None:
        """`process` names this process among those alive at once, and is the same after a restart."""
        self._url = _for_dbos(url)
        self._process = process
        self._work = work
        self._leaving = leaving
        self._run: Callable[[str], Awaitable[None]] | None = None
        self._starting: set[asyncio.Task[None]] = set()
        self._running: set[asyncio.Task[Any]] = set()

    async def __aenter__(self) -> Self:
        _write_ahead(self._url)
        DBOS(
            config={
                "name": "proofdesk",
                "system_database_url": self._url,
                "executor_id": self._process,
                "application_version": _VERSION,
                "log_level": "ERROR",
            }
        )

        async def run(key: str) -> None:
            if task := asyncio.current_task():
                self._running.add(task)
                task.add_done_callback(self._running.discard)
            await self._work(key, _step)

        self._run = DBOS.workflow(name="job", max_recovery_attempts=_RESTARTS)(run)
        # In this thread: DBOS gives recovered jobs to the event loop it was launched in.
        DBOS.launch()
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        for task in self._starting:
            task.cancel()
        await asyncio.gather(*self._starting, return_exceptions=True)
        if self._running:
            _, late = await asyncio.wait(self._running, timeout=self._leaving)
            # Cancelled while DBOS is there: it writes no end of theirs down, and so they begin again.
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        await _stop_dbos()

    async def start(self, key: str) -> None:
        """Start the job of a key; if it was started before, nothing happens."""
        await self._start(key, 1)

    async def take_up(self, keys: Sequence[str]) -> list[str]:
        """See to it that work which is not done goes on, and give back the keys that were tried often enough.

        A job that is alive is left alone. One that ended and left its work undone, such as for want of a database, is
        tried anew.
        """
        tries = {_id(key, number): key for key in keys for number in range(1, _TRIES + 1)}
        found = await DBOS.list_workflows_async(workflow_ids=list(tries), load_input=False, load_output=False)
        states = {each.workflow_id: str(each.status) for each in found}
        given_up = []
        for key in keys:
            ended = [states[_id(key, number)] for number in range(1, _TRIES + 1) if _id(key, number) in states]
            if _ALIVE & set(ended):
                continue
            if len(ended) == _TRIES or _GIVEN_UP in ended:
                given_up.append(key)
            else:
                await self._start(key, len(ended) + 1)
        return given_up

    async def forget(self, before: datetime) -> int:
        """Drop what is remembered of jobs that were completed before a time, and give back of how many."""
        done = await DBOS.list_workflows_async(
            completed_before=before.isoformat(), limit=_FORGOTTEN, load_input=False, load_output=False
        )
        if done:
            await DBOS.delete_workflows_async([each.workflow_id for each in done])
        return len(done)

    def start_soon(self, key: str) -> None:
        """Start a job without waiting. Should it fail, the inbox still has it and the next round starts it."""
        task = asyncio.create_task(self.start(key))
        self._starting.add(task)
        task.add_done_callback(self._starting.discard)

    async def adopt(self, processes: list[str]) -> None:
        """Take over the unfinished jobs of processes that are gone."""
        if processes:
            await _in_thread(lambda: DBOS._recover_pending_workflows(processes))  # noqa: SLF001 - It has no public name.

    async def _start(self, key: str, number: int) -> None:
        if self._run is None:
            raise UsageError("Jobs are started inside `async with`.")
        with SetWorkflowID(_id(key, number)):
            await DBOS.start_workflow_async(self._run, key)  # type: ignore[arg-type] # DBOS knows coroutines, not awaitables.


def _id(key: str, number: int) -> str:
    """DBOS's name for the so-manieth try of a key's job."""
    return key if number == 1 else f"{key}~{number}"


async def _step(name: str, work: Callable[[], Awaitable[str]]) -> str:
    async def run() -> str:
        return await work()

    return await DBOS.run_step_async({"name": name}, run)


async def _stop_dbos() -> None:
    await _in_thread(lambda: DBOS.destroy(destroy_registry=True, workflow_completion_timeout_sec=0))
    # DBOS made its own pool the loop's default and has shut it down.
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(thread_name_prefix="proofdesk"))


async def _in_thread(work: Callable[[], Any]) -> None:
    """A thread of its own: the loop's pool is DBOS's."""
    done = asyncio.get_running_loop().create_future()
    loop = asyncio.get_running_loop()

    def run() -> None:
        try:
            work()
        except Exception as error:  # noqa: BLE001 - Handed to whoever waits.
            loop.call_soon_threadsafe(done.set_exception, error)
        else:
            loop.call_soon_threadsafe(done.set_result, None)

    threading.Thread(target=run, name="proofdesk-dbos").start()
    await done


def _for_dbos(url: str) -> str:
    """DBOS's own tables: beside the embedded database in a file, or in a schema of the server's."""
    if url.startswith("sqlite:///"):
        return f"sqlite:///{Path(url.removeprefix('sqlite:///')).with_name('jobs.db')}"
    return "postgresql+psycopg://" + url.split("://", 1)[1]


def _write_ahead(url: str) -> None:
    if url.startswith("sqlite:///"):
        # Twice the jobs a second of a rollback journal; the file remembers it.
        connection = sqlite3.connect(url.removeprefix("sqlite:///"))
        connection.execute("PRAGMA journal_mode = WAL")
        connection.close()
