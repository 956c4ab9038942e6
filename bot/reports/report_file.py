"""ReportFile: where a report is written to."""

from pathlib import Path

from bot.errors import UsageError


class ReportFile:
    """A file that a report may be written to. Raises `UsageError` at once where that is known to fail."""

    def __init__(self, path: Path) -> None:
        if path.is_dir():
            raise UsageError(f"{path} is a folder; name a file in it.")
        if not path.absolute().parent.is_dir():
            raise UsageError(f"{path} cannot be written: its folder is not there; create it, or name another file.")
        self._path = path

    def write(self, text: str) -> None:
        """Write it over what was there. Raises `UsageError` where it cannot be."""
        try:
            # A spreadsheet's line ends are its own.
            self._path.write_text(text, encoding="utf-8", newline="")
        except OSError as error:
            raise UsageError(f"{self._path} cannot be written ({error.strerror}); name another file.") from error
