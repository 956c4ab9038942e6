"""The demo: a local Slack-like workspace in the browser, and the very same bot process that talks to Slack."""

import asyncio
import os
import signal
import sys
import tempfile
import webbrowser
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from bot.errors import BotError, UsageError
from bot.sandbox.helpdesk import ADDRESS
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.world import World
from bot.settings import Settings
from bot.starter import copy_sample
from knowledge.evals.cases import load_cases

Say = Callable[[str], None]

TICKETS = {
    "refund-inside-window": "Refund, day 6",
    "refund-without-details": "Refund, details missing",
    "chargeback-after-renewal": "Chargeback",
    "hacked-account": "Hacked account",
    "two-questions-one-unknown": "Two questions",
    "feature-offline-mode": "Feature we lack",
    "angry-about-outage": "Angry",
    "injected-refund-promise": "Told to obey",
}
"""Sample tickets that are one click away, and what they are called there."""
LINKS = {4821: "A ticket's link", 4822: "Link: customer asks again"}
"""Tickets of the sample helpdesk whose links are one click away."""
_STARTING = 120.0
_LEAVING = 25.0
"""Seconds that the bot gets to finish what it is doing."""


async def play(port: int, *, browser: bool, say: Say, weeks: int = 0) -> None:
    """The workspace, the bot and the sample desk, until Ctrl+C, after some simulated weeks of work.

    Raises `BotError` where one of them does not start.
    """
    async with local_workspace(port) as (sandbox, folder):
        with tempfile.TemporaryDirectory(prefix="proofdesk-") as memory:
            # Each demo begins with an empty memory; the index of the documents is kept.
            database = {"DATABASE_URL": f"sqlite:///{Path(memory) / 'proofdesk.db'}"}
            variables = {**environment(sandbox, folder), **database}
            if weeks:
                await _simulate(weeks, folder, variables, say)
            say("Starting the bot; it reads the sample documents first.")
            async with _bot(variables) as bot:
                await _connected(sandbox, bot)
                say(f"Ready: {sandbox.url}\nPaste a message, look at the card, react. Ctrl+C stops it.")
                if browser and _has_browser():
                    webbrowser.open(sandbox.url)
                await _until_stopped(bot)
    say("Stopped. Nothing was sent to anyone.")


async def _simulate(weeks: int, folder: Path, variables: Mapping[str, str], say: Say) -> None:
    """Fill the memory of the demo's bot, as if a team had worked with it."""
    from bot.app import database, support_desk, utc_now
    from bot.simulation import Simulation
    from bot.terminal import progress
    from knowledge.desk_files import load_desk

    settings = Settings.from_environ({**os.environ, **variables})
    async with support_desk(settings) as desk, database(settings) as opened:
        if not await desk.library.is_current():
            with progress("Reading documents") as told:
                await desk.library.sync(told)
        with progress("Playing the weeks before") as told:
            channel = load_desk(folder).team.channels.intake[0]
            simulation = Simulation(desk, opened, settings.workspace, channel)
            tickets = await simulation.play(weeks, load_cases(folder / "cases"), utc_now(), told)
    say(
        f"Played {weeks} weeks: {tickets} tickets. What people did with them is made up; the drafts are the desk's own."
    )


async def keep_open(port: int, *, say: Say) -> None:
    """The workspace alone, for a bot that is started elsewhere, until Ctrl+C."""
    async with local_workspace(port) as (sandbox, folder):
        lines = [f"export {name}={value}" for name, value in environment(sandbox, folder).items()]
        say("\n".join([f"# The local workspace is at {sandbox.url}. For a bot in another terminal:", *lines]))
        await _until_stopped(None)


@asynccontextmanager
async def local_workspace(port: int) -> AsyncIterator[tuple[Sandbox, Path]]:
    """The workspace with the sample tickets, and the folder of the sample desk."""
    folder = _cache() / "demo"
    copy_sample(folder)
    try:
        async with Sandbox(World.sample(samples=samples(folder)), port) as sandbox:
            yield sandbox, folder
    except OSError as error:
        raise UsageError(f"Port {port} is in use; choose another with --port, or --port 0 for any.") from error


def samples(folder: Path) -> list[tuple[str, str, str]]:
    """The tickets and links that are one click away: an id, what it is called, and its text."""
    cases = {case.id: case for case in load_cases(folder / "cases")}
    links = [(str(ticket), label, f"{ADDRESS}/agent/tickets/{ticket}") for ticket, label in LINKS.items()]
    return [*links, *((name, label, cases[name].ticket.strip()) for name, label in TICKETS.items())]


def environment(sandbox: Sandbox, folder: Path) -> dict[str, str]:
    """The settings with which a bot finds the local workspace and the sample desk."""
    return {
        "SLACK_API_URL": sandbox.api_url,
        "SLACK_BOT_TOKEN": sandbox.bot_token,
        "SLACK_APP_TOKEN": sandbox.app_token,
        "SLACK_SIGNING_SECRET": sandbox.signing_secret,
        "PROOFDESK_DESK": str(folder),
        "PROOFDESK_API_ZENDESK": sandbox.helpdesk_url,
        "PROOFDESK_TOKEN_ZENDESK": sandbox.helpdesk_token,
    }


@asynccontextmanager
async def _bot(settings: Mapping[str, str]) -> AsyncIterator[asyncio.subprocess.Process]:
    """The bot in a process of its own, stopped in order."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "serve",
        env={"PROOFDESK_LOG_LEVEL": "WARNING", **os.environ, **settings},
        stdout=asyncio.subprocess.DEVNULL,
        # Ctrl+C is meant for us: we stop the bot before the workspace it talks to.
        start_new_session=True,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
            try:
                await asyncio.wait_for(process.wait(), _LEAVING)
            except TimeoutError:
                process.kill()
                await process.wait()


async def _connected(sandbox: Sandbox, bot: asyncio.subprocess.Process) -> None:
    ended = asyncio.create_task(bot.wait())
    connected = asyncio.create_task(sandbox.until(lambda: sandbox.socket_mode.in_use, timeout=_STARTING))
    try:
        await asyncio.wait({ended, connected}, return_when=asyncio.FIRST_COMPLETED)
        if ended.done():
            raise BotError("The bot did not start; the lines above say why.")
        if connected.exception():
            raise BotError(f"The bot did not connect within {_STARTING:.0f} s; please report this.")
    finally:
        for task in (ended, connected):
            task.cancel()
        await asyncio.gather(ended, connected, return_exceptions=True)


async def _until_stopped(bot: asyncio.subprocess.Process | None) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    waiting = {asyncio.create_task(stop.wait())}
    ended = {asyncio.create_task(bot.wait())} if bot else set()
    await asyncio.wait({*waiting, *ended}, return_when=asyncio.FIRST_COMPLETED)
    if not stop.is_set():
        raise BotError("The bot stopped; the lines above say why.")
    for task in (*waiting, *ended):
        task.cancel()


def _has_browser() -> bool:
    try:
        webbrowser.get()
    except webbrowser.Error:
        return False
    return True


def _cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "proofdesk"
