"""Pulse: lets a waiter look again each time something has happened, without sleeping in between."""

import asyncio
from collections.abc import Callable


class Pulse:
    """One beat for each thing that happens; whoever waits looks again at each beat."""

    def __init__(self) -> None:
        self._next = asyncio.Event()

    def beat(self) -> None:
        """Something has happened."""
        self._next.set()
        self._next = asyncio.Event()

    async def until(self, condition: Callable[[], object], seconds: float) -> None:
        """Return once the condition holds. Raises `TimeoutError`."""
        async with asyncio.timeout(seconds):
            while not condition():
                await self._next.wait()
