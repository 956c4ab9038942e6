"""The name of a process: its own among those alive, and the same again after a crash."""

import fcntl
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.errors import UsageError

_MOST = 64


@contextmanager
def process_name(folder: Path) -> Iterator[str]:
    """The first free name of this machine. The lock goes with the process, however it ends.

    A process that is killed and started again so finds its own unfinished jobs at once.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for number in range(1, _MOST + 1):
        with (folder / f"process-{number}.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                continue
            yield f"{socket.gethostname()}-{number}"
            return
    raise UsageError(f"{_MOST} processes run in {folder} already; stop one of them first.")
