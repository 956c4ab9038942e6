"""The bot under load, in a process of its own, and beside it the same server without a bot.

`python -m tests.bench.bot_process DESK PORT FLOOR_PORT PACE`; at the pace `free` it does not wait for Slack's limits.
"""

import asyncio
import os
import signal
import sys
from pathlib import Path

from aiohttp import web

from bot.logs import set_up
from bot.serve import serving
from bot.settings import Settings
from bot.slack.throttle import Rate, Throttle


async def main(desk: Path, port: int, floor_port: int, pace: str) -> None:
    """Serve until SIGTERM; says so once it is ready."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    runner = web.AppRunner(_floor(), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", floor_port).start()
    async with serving(Settings.from_environ(os.environ, desk=desk, port=port), http=True) as (bot, _):
        if pace == "free":
            _set_free(bot.throttle)
        print("ready", flush=True)  # noqa: T201
        await stop.wait()
    await runner.cleanup()


def _floor() -> web.Application:
    async def answer(request: web.Request) -> web.Response:
        await request.read()
        return web.Response(text="")

    served = web.Application()
    served.router.add_post("/slack/events", answer)
    return served


def _set_free(throttle: Throttle) -> None:
    throttle._rates = dict.fromkeys((*throttle._rates, "usergroups.users.list"), Rate(600_000, 10_000))
    throttle._buckets.clear()
    throttle._of_method.clear()


if __name__ == "__main__":
    set_up("ERROR")
    asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]))
