"""DeskFolder: the desk's own files, read again when they change."""

from pathlib import Path

from knowledge.desk_files import Desk, load_desk
from knowledge.errors import DeskFileError

_FILES = ("desk.yaml", "brand.yaml", "escalation.yaml", "required-facts.yaml")


class DeskFolder:
    """A desk's folder. A broken file leaves the last good version in force and is named in `problems`."""

    def __init__(self, folder: Path) -> None:
        """Raises `DeskFileError` where there is no good version yet."""
        self._folder = folder
        self._mark = self._stamp()
        self._desk = load_desk(folder)
        self.problems: tuple[str, ...] = ()

    def read(self) -> Desk:
        """The desk as its files say now. Four file times are compared; the files are read only when they changed."""
        mark = self._stamp()
        if mark != self._mark:
            self._mark = mark
            try:
                self._desk = load_desk(self._folder)
                self.problems = ()
            except DeskFileError as error:
                self.problems = tuple(error.problems)
        return self._desk

    def _stamp(self) -> tuple[tuple[int, int] | None, ...]:
        return tuple(_time_and_size(self._folder / name) for name in _FILES)


def _time_and_size(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
