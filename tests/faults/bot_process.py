"""A bot in a process of its own that can be killed: `python -m tests.faults.bot_process DESK`.

Where the file DESK/crash-at names a point, the process kills itself as it comes there, once. At the point `after_ack`
deliveries are acknowledged and their jobs do not start, so that the test can kill in between.
"""

import asyncio
import os
import signal
import sys
from pathlib import Path

from bot.jobs import Jobs
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


class HeldJobs(Jobs):
    """Jobs that do not start while the point between the acknowledgement and the job is named."""

    crash: CrashPoint

    async def _start(self, key: str, number: int) -> None:
        if not self.crash.is_named(AFTER_ACK):
            await super()._start(key, number)


def main() -> None:
    """Serve until SIGTERM, as `proofdesk serve` does."""
    desk = Path(sys.argv[1])
    HeldJobs.crash = CrashPoint(desk)
    # The composition root imports the name when it is needed.
    sys.modules[Jobs.__module__].Jobs = HeldJobs  # type: ignore[attr-defined]
    set_up("INFO")
    asyncio.run(serve(Settings.from_environ(os.environ, desk=desk), checkpoint=HeldJobs.crash))


if __name__ == "__main__":
    main()
