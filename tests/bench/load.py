"""Slack's part of the measurement, in a process of its own: signed events at a steady rate.

`python -m tests.bench.load URL SECRET FIRST COUNT RATE` delivers messages numbered from FIRST on, RATE a second (0: all
at once), and prints how long each answer took, in milliseconds, and the statuses.
"""

import asyncio
import json
import sys
import time
from typing import Any

import aiohttp

from bot.sandbox.signed_http import signed

CHANNEL = "C0INTAKE"
_TIMEOUT = aiohttp.ClientTimeout(total=30)


def event(number: int, text: str, ts: str) -> dict[str, Any]:
    """A message in the intake channel, as Slack delivers it."""
    said = {"type": "message", "channel": CHANNEL, "channel_type": "channel", "user": "U0ANA", "text": text, "ts": ts}
    return {
        "type": "event_callback",
        "team_id": "T0HARBOR",
        "api_app_id": "A0PROOFDESK",
        "event_id": f"EvBench{number}",
        "event_time": int(float(ts)),
        "event": said | {"event_ts": ts},
    }


async def _deliver(session: aiohttp.ClientSession, url: str, secret: str, number: int, at: float) -> tuple[float, int]:
    """How long the answer took from the moment on at which it was due, and its status."""
    await asyncio.sleep(at - time.perf_counter())
    ts = f"{int(time.time())}.{number:06}"
    body = json.dumps(event(number, f"How many exports of series {number % 200}-1 can we have?", ts)).encode()
    headers = {"content-type": "application/json", **signed(body, secret)}
    async with session.post(url, data=body, headers=headers) as answer:
        await answer.read()
    return (time.perf_counter() - at) * 1000, answer.status


async def main(url: str, secret: str, first: int, count: int, rate: float) -> None:
    """Deliver, and print one line of JSON."""
    async with aiohttp.ClientSession(timeout=_TIMEOUT, connector=aiohttp.TCPConnector(limit=0)) as session:
        start = time.perf_counter() + 0.1
        due = [start + (number / rate if rate else 0.0) for number in range(count)]
        answers = await asyncio.gather(
            *(_deliver(session, url, secret, first + number, at) for number, at in enumerate(due))
        )
    print(json.dumps({"ms": [ms for ms, _ in answers], "refused": sum(status != 200 for _, status in answers)}))  # noqa: T201


if __name__ == "__main__":
    url, secret, first, count, rate = sys.argv[1:]
    asyncio.run(main(url, secret, int(first), int(count), float(rate)))
