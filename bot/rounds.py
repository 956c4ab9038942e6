"""Rounds: what a running process looks after every few seconds, besides what people ask of it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta

from bot.desk import SupportDesk
from bot.follow_up import FollowUp
from bot.interfaces import Chores, Sources
from bot.jobs import Jobs
from bot.reception import Reception
from knowledge.errors import DeskFileError
from storage.database import Database
from storage.errors import StorageError
from storage.inbox import Inbox
from storage.processes import Processes

_log = logging.getLogger(__name__)
_EVERY = 5.0
_GONE_AFTER = timedelta(seconds=40)
"""Without a sign of life for so long, a process's jobs are adopted by another."""
_TIDY_EVERY = timedelta(minutes=1)
_KEEP = timedelta(days=1)
"""How long the inbox keeps what people said after it was dealt with."""


class Rounds:
    """Goes round until it is cancelled. A round that fails is told to the log, and the next one comes."""

    def __init__(  # noqa: PLR0913 - What it needs, by name.
        self,
        *,
        database: Database,
        workspace: str,
        process: str,
        desk: SupportDesk,
        jobs: Jobs,
        reception: Reception,
        chores: Chores,
        sources: Sources,
        follow_up: FollowUp,
        now: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._workspace = workspace
        self._process = process
        self._desk = desk
        self._jobs = jobs
        self._reception = reception
        self._chores = chores
        self._sources = sources
        self._follow_up = follow_up
        self._now = now
        self._silent: set[str] = set()
        self._tidied_at: datetime | None = None
        self.problems: tuple[str, ...] = ()
        """What is wrong with the documents folder; the last good state answers."""

    async def run(self) -> None:
        """Rounds beside each other, so that what waits for Slack or a helpdesk keeps nothing else back."""
        async with asyncio.TaskGroup() as rounds:
            rounds.create_task(self._keep_alive())
            rounds.create_task(self._keep_current())
            rounds.create_task(self._keep_looking())
            rounds.create_task(self._keep_collecting())

    async def _keep_alive(self) -> None:
        """A sign of life, orphaned jobs, what was taken in and is not done."""
        while True:
            # Without a database that can be written to, no try of a job is worth counting.
            if await self._try(self.sign_of_life):
                await self._try(self.unfinished)
                await self._try(self.tidy)
            await asyncio.sleep(_EVERY)

    async def _keep_current(self) -> None:
        """Changed documents, and cards that are behind."""
        while True:
            await self._try(self.documents)
            await self._try(self._chores.tell_owners)
            await self._try(self._chores.tell_week)
            await self._try(self._chores.show_again)
            await asyncio.sleep(_EVERY)

    async def _keep_looking(self) -> None:
        """Tickets that changed in their helpdesks, and what was sent there."""
        while True:
            await self._try(self._chores.look_at_tickets)
            await self._try(self._follow_up.look_round)
            await asyncio.sleep(_EVERY)

    async def _keep_collecting(self) -> None:
        """Documents that changed where they come from."""
        while True:
            await self._try(self._sources.collect)
            await asyncio.sleep(_EVERY)

    async def sign_of_life(self) -> None:
        """Say that this process lives, and adopt the jobs of those that do not."""
        async with self._database.transaction() as tx:
            processes = Processes(tx, self._workspace)
            await processes.beat(self._process, self._now())
            gone: Sequence[str] = await processes.stale(self._now() - _GONE_AFTER)
        # Seen silent twice in a row: after an outage for all, the others need a moment to be heard again.
        adopted = [name for name in gone if name in self._silent and name != self._process]
        self._silent = set(gone)
        await self._jobs.adopt(adopted)
        async with self._database.transaction() as tx:
            for name in adopted:
                await Processes(tx, self._workspace).end(name)

    async def tidy(self) -> None:
        """Once a minute: forget what people said and which steps were done, some time after it was dealt with."""
        if self._tidied_at and self._now() - self._tidied_at < _TIDY_EVERY:
            return
        self._tidied_at = self._now()
        async with self._database.transaction() as tx:
            await Inbox(tx, self._workspace).forget(self._now() - _KEEP)
        await self._jobs.forget(self._now() - _KEEP)

    async def unfinished(self) -> None:
        """Start the jobs of what was taken in and is not done; what was tried often enough is finished as failed."""
        for key in await self._jobs.take_up(await self._reception.unfinished()):
            await self._reception.give_up(key)
            await self._chores.tell(key)
            _log.error("job given up", extra={"key": key})

    async def documents(self) -> None:
        """Take a changed documents folder over, and mark the cards that cite what is not in force any more."""
        if not await self._desk.library.is_current():
            await self._take_over()
        await self._chores.mark_outdated()

    async def _take_over(self) -> None:
        """Take the folder over; of a broken file the last good version answers."""
        try:
            synced, _, problems, _ = await self._desk.library.sync()
        except DeskFileError as error:
            self._note(error.problems)
            return
        self._note(problems)
        changed = {"new": len(synced.new), "changed": len(synced.changed), "gone": len(synced.gone)}
        if any(changed.values()):
            _log.info("documents taken over", extra=changed)

    def _note(self, problems: Sequence[str]) -> None:
        if tuple(problems) != self.problems:
            self.problems = tuple(problems)
            if problems:
                _log.warning("documents not taken over", extra={"problems": len(problems)})

    async def _try(self, part: Callable[[], Awaitable[object]]) -> bool:
        try:
            await part()
        except StorageError as error:
            _log.warning("round failed: %s", error)
        except Exception as error:  # noqa: BLE001 - The next round comes anyway.
            _log.warning("round failed", extra={"error": type(error).__name__})
        else:
            return True
        return False
