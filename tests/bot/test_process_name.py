import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot import process_name as module
from bot.errors import UsageError
from bot.process_name import process_name

_HOLDS = """
import sys
from pathlib import Path
from bot.process_name import process_name
with process_name(Path(sys.argv[1])) as name:
    print(name, flush=True)
    sys.stdin.read()
"""


def test_those_alive_at_once_have_names_of_their_own(tmp_path: Path) -> None:
    with process_name(tmp_path) as first, process_name(tmp_path) as second:
        assert first.endswith("-1")
        assert second.endswith("-2")


def test_a_name_is_free_again_when_its_process_ended(tmp_path: Path) -> None:
    with process_name(tmp_path) as first:
        pass
    with process_name(tmp_path) as again:
        assert again == first


def test_a_process_that_was_killed_leaves_its_name_to_the_next(tmp_path: Path) -> None:
    with subprocess.Popen(  # noqa: S603 - Our own code.
        [sys.executable, "-c", _HOLDS, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(Path(module.__file__).parent.parent)},
        text=True,
    ) as killed:
        assert killed.stdout
        name = killed.stdout.readline().strip()
        with process_name(tmp_path) as other:
            assert other != name
        killed.send_signal(signal.SIGKILL)
        killed.wait()
    with process_name(tmp_path) as next_one:
        assert next_one == name


def test_the_folder_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    with process_name(tmp_path / "state"):
        assert (tmp_path / "state").stat().st_mode & 0o777 == 0o700


def test_more_processes_than_there_are_names_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST", 1)
    with process_name(tmp_path), pytest.raises(UsageError, match="stop one of them"), process_name(tmp_path):
        pass
