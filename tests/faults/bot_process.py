"""A bot in a process of its own that can be killed: `python -m tests.faults.bot_process DESK`.

Where the file DESK/crash-at names a point, the process kills itself as it comes there, once. The points are those of
the messenger, and `ran:NAME`: a job's step has done its work and DBOS does not know yet. At the point `after_ack`
deliveries are acknowledged and their jobs do not start, so that the test can kill in between.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

from bot.jobs import Jobs, Step
from bot.logs import set_up
from bot.serve import serve
from bot.settings import Settings

AFTER_ACK = "after_ack"


class CrashPoint:
    """Where the process is to die, read from a file: a test may name the point while the bot runs."""

    def __init__(self, desk: Path) -> None:
        self._file = desk / "crash-at"

    def name(self, point: str) -> None:
        """Let the process die when it comes to a point."""
        self._file.write_text(point, encoding="utf-8")

    def clear(self) -> None:
        """Let it live."""
        self._file.unlink(missing_ok=True)

    def is_named(self, point: str) -> bool:
        """Whether this is the point."""
        return self._file.exists() and self._file.read_text(encoding="utf-8") == point

    def __call__(self, point: str) -> None:
        if self.is_named(point):
            # Removed first, so it happens once.
            self.clear()
            os.kill(os.getpid(), signal.SIGKILL)


class MortalJobs(Jobs):
    """Jobs with points to die at."""

    crash: CrashPoint

    def __init__(self, url: str, *, process: str, work: Callable[[str, Step], Awaitable[None]]) -> None:
        async def mortal(key: str, step: Step) -> None:
            async def watched(name: str, work: Callable[[], Awaitable[str]]) -> str:
                return await step(name, lambda: self._ran(name, work))

            await do(key, watched)

        do = work
        super().__init__(url, process=process, work=mortal)

    async def _ran(self, name: str, work: Callable[[], Awaitable[str]]) -> str:
        result = await work()
        self.crash(f"ran:{name}")
        return result

    async def _start(self, key: str, number: int) -> None:
        if not self.crash.is_named(AFTER_ACK):
            await super()._start(key, number)


def main() -> None:
    """Serve until SIGTERM, as `proofdesk serve` does."""
    desk = Path(sys.argv[1])
    MortalJobs.crash = CrashPoint(desk)
    # The composition root imports the name when it is needed.
    sys.modules[Jobs.__module__].Jobs = MortalJobs  # type: ignore[attr-defined]
    set_up("INFO")
    asyncio.run(serve(Settings.from_environ(os.environ, desk=desk), checkpoint=MortalJobs.crash))


if __name__ == "__main__":
    main()
