"""Tasks: work under way that must be counted, and ended before the workspace closes."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

Result = TypeVar("Result")


class Tasks:
    """A set of running tasks. Each is held until it ends."""

    def __init__(self, ended: Callable[[], object] = lambda: None) -> None:
        self._running: set[asyncio.Task[Any]] = set()
        self._tell = ended

    def __len__(self) -> int:
        return len(self._running)

    def start(self, work: Coroutine[Any, Any, Result]) -> asyncio.Task[Result]:
        """Run something."""
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._ended)
        return task

    async def run(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Run something to its end, even if nobody waits for it any more."""
        return await asyncio.shield(self.start(work))

    async def stop(self) -> None:
        """Cancel everything that is running."""
        tasks = list(self._running)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        self._tell()
