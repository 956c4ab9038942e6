"""Reading from Slack sparingly: many who ask the same at once are answered by one call."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

from bot.slack.throttle import Throttle

_T = TypeVar("_T")
_MOST = 5_000


class Merged(Generic[_T]):
    """One call for everybody who asked before it began. Who asks later gets a call that begins later: still fresh."""

    def __init__(self, throttle: Throttle) -> None:
        self._throttle = throttle
        self._waiting: dict[Hashable, asyncio.Task[_T]] = {}

    async def get(self, method: str, which: Hashable, ask: Callable[[], Awaitable[_T]]) -> _T:
        """The answer of a call that begins now or later. Raises what it raises."""
        key = (method, which)
        reading = self._waiting.get(key)
        if reading is None:
            reading = self._waiting[key] = asyncio.create_task(self._read(key, method, ask))
            reading.add_done_callback(_seen)
        # One who gives up does not take the answer from the others.
        return await asyncio.shield(reading)

    async def _read(self, key: Hashable, method: str, ask: Callable[[], Awaitable[_T]]) -> _T:
        try:
            await self._throttle.turn(method)
        finally:
            del self._waiting[key]
        return await ask()


class Remembered(Generic[_T]):
    """Answers that may be a little old."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._clock = clock
        self._known: dict[str, tuple[float, _T]] = {}

    async def get(self, name: str, ask: Callable[[], Awaitable[_T]]) -> _T:
        """The answer, asked for anew once it is too old. A failure is not remembered."""
        known = self._known.get(name)
        if known and self._clock() - known[0] < self._seconds:
            return known[1]
        asked_at = self._clock()
        answer = await ask()
        if len(self._known) >= _MOST:
            self._known.clear()
        self._known[name] = asked_at, answer
        return answer


def _seen(reading: "asyncio.Task[_T]") -> None:
    """Marks a failure as seen, in case that all who asked have given up."""
    if not reading.cancelled():
        reading.exception()
