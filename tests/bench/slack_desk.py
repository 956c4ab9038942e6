"""The desk under Slack's load: acknowledgements beside the same server without a bot, and tickets until their card."""

import asyncio
import json
import os
import statistics
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

from bot.sandbox.sandbox import Sandbox
from bot.starter import make_desk
from tests.bench.synthetic import documents, question
from tests.conftest import document
from tests.faults.desks import PEOPLE, free_port
from tests.office import INTAKE, said

_PASSAGES = 1_000
_RATE, _SECONDS = 50, 20
_BURST = 300
_ONE_BY_ONE = 40
_TOGETHER = 60
_READY = '"redraft"'


class Bot(NamedTuple):
    """A running bot's addresses: its own, and that of the same server without it."""

    url: str
    floor: str


async def slack_desk(folder: Path) -> None:
    """Print what people in Slack feel."""
    desk = _desk(folder / "slack-desk")
    print(f"Slack desk (signed HTTP, {_PASSAGES} passages, extractive model, bot in a process of its own)")  # noqa: T201
    async with Sandbox() as sandbox:
        async with _bot(desk, sandbox, "free") as bot:
            sandbox.deliver_to(bot.url)
            await _tickets(sandbox)
        sandbox.deliver_to(None)
        async with _bot(desk, sandbox, "slack") as bot:
            await _acknowledgements(sandbox, bot)


async def _tickets(sandbox: Sandbox) -> None:
    await _filled(sandbox, 0)
    times = [await _filled(sandbox, number) for number in range(1, _ONE_BY_ONE + 1)]
    start = time.perf_counter()
    await asyncio.gather(*(_filled(sandbox, 1_000 + number) for number in range(_TOGETHER)))
    rate = _TOGETHER / (time.perf_counter() - start)
    print(  # noqa: T201
        f"  event to filled card, one by one: p50 {statistics.median(times):.2f} s, p95 {_quantile(times, 95):.2f} s "
        f"(target 1 s); {_TOGETHER} at once: {rate:.1f} tickets/s (Slack lets about 1/s through)"
    )


async def _filled(sandbox: Sandbox, number: int) -> float:
    """Seconds from a message to its filled card."""
    ana = sandbox.person("U0ANA")
    start = time.perf_counter()
    ts = await ana.say(INTAKE, question(_PASSAGES, number))
    await sandbox.until(lambda: any(_READY in said(each) for each in ana.thread(INTAKE, ts)[1:]), timeout=60)
    return time.perf_counter() - start


async def _acknowledgements(sandbox: Sandbox, bot: Bot) -> None:
    secret, count = sandbox.signing_secret, _RATE * _SECONDS
    for url in bot:
        await _load(url, secret, 0, _RATE, _RATE)  # The first requests of a process are slow, and say nothing.
    floor = await _load(bot.floor, secret, 0, count // 4, _RATE)
    steady = await _load(bot.url, secret, 10_000, count, _RATE)
    burst = await _load(bot.url, secret, 20_000, _BURST, 0)
    least = await _load(bot.floor, secret, 0, _BURST, 0)
    p99, p99_floor = _quantile(steady.ms, 99), _quantile(floor.ms, 99)
    print(  # noqa: T201
        f"  acknowledged at {_RATE}/s for {_SECONDS} s: p50 {statistics.median(steady.ms):.0f} ms, p99 {p99:.0f} ms "
        f"(target 250), slowest {max(steady.ms):.0f} ms, {steady.refused} refused; without the bot p99 "
        f"{p99_floor:.0f} ms ({p99 / p99_floor:.1f}x)\n"
        f"  burst of {_BURST}: slowest {max(burst.ms):.0f} ms (target 3000), {burst.refused} refused; without the bot "
        f"{max(least.ms):.0f} ms ({max(burst.ms) / max(least.ms):.1f}x)"
    )


class _Answers(NamedTuple):
    ms: list[float]
    refused: int


async def _load(url: str, secret: str, first: int, count: int, rate: int) -> _Answers:
    arguments = (url, secret, first, count, rate)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bench.load", *map(str, arguments), stdout=PIPE
    )
    out, _ = await process.communicate()
    return _Answers(**json.loads(out))


@asynccontextmanager
async def _bot(desk: Path, sandbox: Sandbox, pace: str) -> AsyncIterator[Bot]:
    ports = [free_port(), free_port()]
    environment = {
        **os.environ,
        "SLACK_BOT_TOKEN": sandbox.bot_token,
        "SLACK_SIGNING_SECRET": sandbox.signing_secret,
        "SLACK_API_URL": sandbox.api_url,
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bench.bot_process", str(desk), *map(str, ports), pace, env=environment, stdout=PIPE
    )
    try:
        assert process.stdout
        assert await process.stdout.readline() == b"ready\n", "the bot did not start"
        own, floor = (f"http://127.0.0.1:{port}/slack/events" for port in ports)
        yield Bot(own, floor)
    finally:
        await _end(process)


async def _end(process: Process) -> None:
    """Not in order: what is left of a burst would take a quarter of an hour at Slack's pace."""
    if process.returncode is None:
        process.kill()
    await process.wait()


def _desk(folder: Path) -> Path:
    make_desk(folder, sample=False)
    for each in documents(_PASSAGES):
        document(folder, each.id, each.text, title=each.title)
    with (folder / "desk.yaml").open("a", encoding="utf-8") as file:
        file.write(PEOPLE)
    return folder


def _quantile(times: list[float], percent: int) -> float:
    return statistics.quantiles(times, n=100)[percent - 1]
