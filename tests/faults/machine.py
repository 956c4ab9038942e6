"""A machine on which the bot runs, is killed and is started again, with a workspace and a model around it."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.reception import opening_key
from bot.sandbox.person import Person
from bot.sandbox.sandbox import Sandbox
from bot.settings import Settings
from bot.tasks.opening import card_id
from storage.database import Database
from storage.processes import Processes
from storage.reviews import Reviews
from tests.builders import an_answer
from tests.faults.bot_process import CrashPoint
from tests.faults.desks import QUESTION, QUOTE
from tests.knowledge.models.completions_server import CompletionsServer, completes
from tests.office import INTAKE, said

_WRITES = completes(an_answer((QUOTE, "P1", QUOTE)).model_dump_json(), model="writer")
_START = 60.0
"""Seconds for a process to start; two busy cores are slow at it."""


class Machine:
    """Runs bots on one desk folder. Everything it starts ends with it."""

    def __init__(self, desk: Path, sandbox: Sandbox) -> None:
        self.desk = desk
        self.sandbox = sandbox
        self.crash = CrashPoint(desk)
        self.settings = Settings(desk=desk)
        self.database = Database(self.settings.database)
        self.may_write = asyncio.Event()
        self.may_write.set()
        self.model = CompletionsServer(*[self._write] * 1_000)
        self._running: list[Process] = []

    @property
    def ana(self) -> Person:
        return self.sandbox.person("U0ANA")

    async def start(self) -> Process:
        """One more bot, connected."""
        links = self.sandbox.socket_mode.in_use
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.faults.bot_process", str(self.desk), env=self._environ()
        )
        self._running.append(process)
        await self.sandbox.until(lambda: self.sandbox.socket_mode.in_use > links, timeout=_START)
        return process

    async def alive(self) -> Process:
        """A bot at work: the one that runs, or a new one."""
        running = [process for process in self._running if process.returncode is None]
        return running[0] if running else await self.start()

    async def die(self, process: Process) -> None:
        """Kill a bot where it is."""
        process.send_signal(signal.SIGKILL)
        await self.dead(process)

    async def dead(self, process: Process) -> None:
        """Return once a bot was killed, by itself or by us."""
        assert await asyncio.wait_for(process.wait(), 30) == -signal.SIGKILL
        left = sum(each.returncode is None for each in self._running)
        await self.sandbox.until(lambda: len(self.sandbox.socket_mode.links) <= left)

    async def first_dead(self, *processes: Process) -> None:
        """Return once one of several was killed."""
        waiting = [asyncio.ensure_future(process.wait()) for process in processes]
        await asyncio.wait(waiting, timeout=30, return_when=asyncio.FIRST_COMPLETED)
        for each in waiting:
            each.cancel()
        await self.dead(next(process for process in processes if process.returncode is not None))

    async def stop(self, process: Process, seconds: float) -> int:
        """Ask a bot to end, and its exit code."""
        process.send_signal(signal.SIGTERM)
        return await asyncio.wait_for(process.wait(), seconds)

    async def end(self) -> None:
        """End every bot that is left."""
        for process in self._running:
            if process.returncode is None:
                process.kill()
                await process.wait()
        await self.database.close()

    async def post(self, text: str = QUESTION) -> str:
        """Ana pastes a customer's message; gives back its ts."""
        return await self.ana.say(INTAKE, text)

    async def filled(self, ts: str) -> dict[str, Any]:
        """The card under a message, as soon as it holds a draft."""
        await self.until(ts, lambda said: '"redraft"' in said)
        (card,) = self.cards(ts)
        return card

    async def until(self, ts: str, holds: Callable[[str], bool]) -> None:
        """Return once the one card under a message says something."""
        await self.sandbox.until(lambda: [True for card in self.cards(ts) if holds(said(card))], timeout=30)

    def cards(self, ts: str) -> list[dict[str, Any]]:
        """The bot's messages under a message, seen by all."""
        thread = self.ana.thread(INTAKE, ts)
        return [each for each in thread if each.get("bot_id") and not each.get("ephemeral")]

    def event_of(self, ts: str) -> str:
        """The id of the event by which a message was delivered."""
        sent = self.sandbox.dispatcher.sent
        return next(id_ for id_, whole in sent.items() if whole["event"].get("ts") == ts)

    async def acknowledged(self, ts: str) -> None:
        """Return once the bot acknowledged a message."""
        event = self.event_of(ts)
        await self.sandbox.until(
            lambda: any(each.event_id == event and each.status == "ok" for each in self.sandbox.deliveries)
        )

    async def reviews(self, ts: str) -> list[tuple[str, str]]:
        """Who decided what on the draft that a message led to."""
        async with self.database.reading() as tx:
            reviews = await Reviews(tx, self.settings.workspace).of(card_id(opening_key(INTAKE, ts)))
        return [(review.person, review.verdict) for review in reviews]

    async def an_hour_passes(self) -> None:
        """Let every last sign of life be an hour old; who lives gives the next within seconds."""
        now = datetime.now(UTC)
        async with self.database.transaction() as tx:
            processes = Processes(tx, self.settings.workspace)
            for name in await processes.stale(now):
                await processes.beat(name, now - timedelta(hours=1))

    async def _write(self, request: web.Request) -> web.StreamResponse:
        await self.may_write.wait()
        return await _WRITES(request)

    def _environ(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": os.getcwd(),  # noqa: PTH109 - The suite's own folder, as it was started.
            "SLACK_BOT_TOKEN": self.sandbox.bot_token,
            "SLACK_APP_TOKEN": self.sandbox.app_token,
            "SLACK_API_URL": self.sandbox.api_url,
            "PROOFDESK_EMBEDDINGS": "none",
            "PROOFDESK_MODEL": "openai",
            "OPENAI_BASE_URL": self.model.url,
            "OPENAI_MODEL": "writer",
        }


@asynccontextmanager
async def machine(desk: Path) -> AsyncIterator[Machine]:
    """A machine, a workspace and a model server."""
    async with Sandbox() as sandbox:
        made = Machine(desk, sandbox)
        async with made.model:
            try:
                yield made
            finally:
                await made.end()
