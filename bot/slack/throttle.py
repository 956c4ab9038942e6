"""Throttle: how often Slack may be asked. Slack's limits count per method, and for posting per channel."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class Rate(NamedTuple):
    """How many calls a minute, and how many of them at once."""

    a_minute: float
    at_once: int


SLACKS_RATES: Mapping[str, Rate] = {
    "chat.postMessage": Rate(60, 3),
    "chat.postEphemeral": Rate(100, 20),
    "chat.update": Rate(50, 10),
    "chat.getPermalink": Rate(100, 20),
    "conversations.history": Rate(50, 10),
    "conversations.info": Rate(50, 10),
    "conversations.replies": Rate(50, 10),
    "reactions.get": Rate(50, 10),
    # Each decision reads the roles' groups. Slack counts by the minute, so a team may decide in a burst.
    "usergroups.users.list": Rate(20, 20),
    "users.conversations": Rate(50, 10),
    "users.info": Rate(100, 20),
}
_OTHERS = Rate(20, 5)
_PER_CHANNEL = frozenset({"chat.postMessage"})
_BUSY = 0.3
"""Below this share of free calls a method is busy."""


@dataclass
class _Bucket:
    free: float
    counted_at: float
    closed_until: float = 0.0
    queue: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0


class Throttle:
    """Lets calls through at Slack's pace, in the order in which they came. What waits does not hold up the others."""

    def __init__(
        self,
        rates: Mapping[str, Rate] = SLACKS_RATES,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._rates = rates
        self._clock = clock
        self._sleep = sleep
        self._buckets: dict[tuple[str, str], _Bucket] = {}
        self._of_method: defaultdict[str, list[_Bucket]] = defaultdict(list)

    async def turn(self, method: str, channel: str = "") -> None:
        """Returns when the method may be called."""
        bucket = self._bucket(method, channel)
        bucket.waiting += 1
        try:
            async with bucket.queue:
                while wait := self._wait(bucket, method):
                    await self._sleep(wait)
                bucket.free -= 1
        finally:
            bucket.waiting -= 1

    def hold(self, method: str, channel: str, seconds: float) -> None:
        """Closes a method for as long as Slack's Retry-After says."""
        bucket = self._bucket(method, channel)
        bucket.closed_until = max(bucket.closed_until, self._clock() + seconds)

    def busy(self, method: str) -> bool:
        """Whether calls that could be left out should be."""
        return any(self._is_busy(bucket, method) for bucket in self._of_method[method])

    def _is_busy(self, bucket: _Bucket, method: str) -> bool:
        self._count(bucket, method)
        few = bucket.free < _BUSY * self._rate(method).at_once
        return bool(bucket.waiting) or few or bucket.closed_until > self._clock()

    def _bucket(self, method: str, channel: str) -> _Bucket:
        key = (method, channel if method in _PER_CHANNEL else "")
        if key not in self._buckets:
            self._buckets[key] = _Bucket(free=self._rate(method).at_once, counted_at=self._clock())
            self._of_method[method].append(self._buckets[key])
        return self._buckets[key]

    def _wait(self, bucket: _Bucket, method: str) -> float:
        self._count(bucket, method)
        if (closed := bucket.closed_until - self._clock()) > 0:
            return closed
        # A hair more than needed: rounding must not leave a call that is never quite free.
        return (1 - bucket.free) / self._a_second(method) + 1e-6 if bucket.free < 1 else 0.0

    def _count(self, bucket: _Bucket, method: str) -> None:
        now = self._clock()
        gained = (now - bucket.counted_at) * self._a_second(method)
        bucket.free = min(self._rate(method).at_once, bucket.free + gained)
        bucket.counted_at = now

    def _a_second(self, method: str) -> float:
        return self._rate(method).a_minute / 60

    def _rate(self, method: str) -> Rate:
        return self._rates.get(method, _OTHERS)
