"""New desks: the starter with rules and an example, or the whole sample."""

import shutil
from importlib.resources import as_file, files
from pathlib import Path

from bot.errors import UsageError

_SAMPLES = files("knowledge") / "samples"


def make_desk(folder: Path, *, sample: bool) -> None:
    """Make a desk's folder. Raises `UsageError` where something is there already or it cannot be written."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is there already and not empty; name another folder, or remove it first.")
    _copy("desk" if sample else "starter", folder)


def copy_sample(folder: Path) -> None:
    """Put the sample desk's files at a folder, over those of an earlier version; what the desk made there stays."""
    for part in ("documents", "cases"):
        shutil.rmtree(folder / part, ignore_errors=True)
    _copy("desk", folder)


def _copy(sample: str, folder: Path) -> None:
    try:
        with as_file(_SAMPLES / sample) as source:
            shutil.copytree(source, folder, dirs_exist_ok=True)
    except OSError as error:
        raise UsageError(
            f"{folder} cannot be written ({error.strerror or error}); choose a folder of your own."
        ) from error
