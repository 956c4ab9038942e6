"""Serving: the bot with its door open, until it is told to stop."""

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime

from bot.app import SlackBot, slack_bot, utc_now
from bot.errors import BotError, SettingsError
from bot.listeners.messages import read
from bot.settings import Settings
from bot.slack.http import http_door
from bot.slack.socket import SocketDoor
from bot.slack.sweep import missed
from storage.errors import StorageError
from storage.inbox import Inbox

_log = logging.getLogger(__name__)
_AGAIN = (1.0, 5.0, 30.0, 60.0, 120.0, 300.0, 600.0)
"""Seconds before a catch-up that failed is tried again."""


async def serve(
    settings: Settings,
    *,
    http: bool = False,
    ready: Callable[[str], None] = lambda _: None,
    checkpoint: Callable[[str], None] = lambda _: None,
) -> None:
    """Serve until SIGTERM or SIGINT. Raises `BotError` where Slack cannot be reached or does not know us."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    working = asyncio.create_task(_until_it_fails(settings, http=http, ready=ready, checkpoint=checkpoint))
    stopping = asyncio.create_task(stop.wait())
    # A person may stop it at any moment, also while Slack has not answered yet.
    await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if stop.is_set():
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
    else:
        await working


async def _until_it_fails(
    settings: Settings, *, http: bool, ready: Callable[[str], None], checkpoint: Callable[[str], None]
) -> None:
    async with serving(settings, http=http, checkpoint=checkpoint) as (bot, failing):
        ready(f"Proofdesk is connected as {bot.name}; Ctrl+C stops it.")
        await failing


@asynccontextmanager
async def serving(
    settings: Settings,
    *,
    http: bool = False,
    grace: float = 20.0,
    now: Callable[[], datetime] = utc_now,
    checkpoint: Callable[[str], None] = lambda _: None,
) -> AsyncIterator[tuple[SlackBot, "asyncio.Future[None]"]]:
    """The bot with its door open, and a future that fails when there is no use in going on."""
    _check(settings, http=http)
    async with AsyncExitStack() as stack:
        bot = await stack.enter_async_context(slack_bot(settings, now=now, grace=grace, checkpoint=checkpoint))
        await bot.rounds.sign_of_life()
        await bot.rounds.documents()
        await bot.rounds.unfinished()
        if http:
            health = _health(bot, lambda: True)
            await stack.enter_async_context(http_door(bot.app, settings.host, settings.port, health))
            failing: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            bot.services.errands.run(catch_up(bot))
        else:
            failing = await stack.enter_async_context(_socket(settings, bot))
        rounds = asyncio.create_task(bot.rounds.run())
        stack.push_async_callback(_end, rounds)
        yield bot, failing


async def catch_up(bot: SlackBot) -> None:
    """Feed what Slack did not deliver while we were away through the door of everything else, until that is done."""
    away_until = bot.services.parts.now()
    for pause in _AGAIN:
        try:
            found = await _sweep(bot, away_until)
        except (BotError, StorageError) as error:
            _log.warning("sweep failed", extra={"error": type(error).__name__})
            await asyncio.sleep(pause)
        else:
            if found:
                _log.info("caught up", extra={"messages": found})
            return


async def _sweep(bot: SlackBot, away_until: datetime) -> int:
    parts = bot.services.parts

    async def since(channel: str) -> str:
        async with parts.database.reading() as tx:
            return await Inbox(tx, parts.workspace).newest(channel, away_until)

    found = 0
    async for event in missed(bot.client, bot.throttle, since, now=parts.now):
        delivery = read(event, "", bot.services.bot_user, parts.team().channels.intake, parts.reader.find)
        if delivery and await bot.services.reception.accept(delivery):
            found += 1
    return found


@asynccontextmanager
async def _socket(settings: Settings, bot: SlackBot) -> AsyncIterator["asyncio.Future[None]"]:
    door = SocketDoor(
        bot.app,
        settings.slack_app_token.get_secret_value(),
        settings.slack_api_url,
        on_connect=lambda: catch_up(bot),
    )
    running = asyncio.ensure_future(door.run())
    greeted = asyncio.ensure_future(door.connected())
    try:
        await asyncio.wait({running, greeted}, return_when=asyncio.FIRST_COMPLETED)
        if running.done():
            await running
        yield running
    finally:
        await _end(greeted)
        await _end(running)


def _health(bot: SlackBot, connected: Callable[[], bool]) -> Callable[[], Awaitable[Mapping[str, object]]]:
    async def health() -> Mapping[str, object]:
        try:
            async with bot.services.parts.database.reading() as tx:
                waiting = len(await Inbox(tx, bot.services.parts.workspace).open())
        except Exception as error:  # noqa: BLE001 - Whatever is wrong with the database, we are not well.
            return {"ok": False, "problem": type(error).__name__}
        return {"ok": connected(), "unfinished": waiting}

    return health


async def _end(task: "asyncio.Future[None]") -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


def _check(settings: Settings, *, http: bool) -> None:
    needed = {
        "SLACK_BOT_TOKEN": settings.slack_bot_token,
        **({"SLACK_SIGNING_SECRET": settings.slack_signing_secret} if http else {}),
        **({} if http else {"SLACK_APP_TOKEN": settings.slack_app_token}),
    }
    missing = [
        f"{name} is missing; the README says where it comes from. To try Proofdesk without Slack: proofdesk demo"
        for name, value in needed.items()
        if not value.get_secret_value()
    ]
    if missing:
        raise SettingsError(*missing)
