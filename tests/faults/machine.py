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

from bot.sandbox.person import Person
from bot.sandbox.sandbox import Sandbox
from bot.settings import Settings
from storage.database import Database
from storage.inbox import Inbox, StoredDelivery
from storage.processes import Processes
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
        await self.sandbox.until(lambda: not self.sandbox.socket_mode.links)

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

    async def delivery(self, ts: str) -> StoredDelivery | None:
        """What the inbox knows of a message."""
        async with self.database.reading() as tx:
            return await Inbox(tx, self.settings.workspace).load(f"message:{INTAKE}:{ts}")

    async def fall_silent(self, process: str) -> None:
        """Let a process's last sign of life be an hour old."""
        async with self.database.transaction() as tx:
            await Processes(tx, self.settings.workspace).beat(process, datetime.now(UTC) - timedelta(hours=1))

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


