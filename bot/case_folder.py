"""CaseFolder: where new test tickets are written, a file each; what people have there is theirs."""

from collections.abc import Iterable
from pathlib import Path

from bot.errors import UsageError
from knowledge.documents.folder import files_below
from knowledge.evals.case import Case
from knowledge.evals.case_file import case_yaml
from knowledge.evals.cases import load_cases

_SUFFIXES = {".yaml", ".yml", ".csv"}


def known_cases(*folders: Path) -> list[Case]:
    """The cases that are there already. Raises `DeskFileError` where one of them cannot be read."""
    return [
        case
        for folder in folders
        if folder.is_dir() and any(file.suffix.lower() in _SUFFIXES for file in files_below(folder))
        for case in load_cases(folder)
    ]


class CaseFolder:
    """A folder of cases, made where it is not there. Raises `UsageError` where it cannot be."""

    def __init__(self, path: Path, *, overwrite: bool = False) -> None:
        if path.exists() and not path.is_dir():
            raise UsageError(f"{path} is a file; name a folder with --out.")
        self._path = path
        self._overwrite = overwrite

    def write(self, cases: Iterable[Case], comment: str) -> tuple[int, int]:
        """How many were written, and how many were not because a file of that name is there."""
        written = kept = 0
        try:
            self._path.mkdir(parents=True, exist_ok=True)
            for case in cases:
                text = case_yaml(case, comment)
                try:
                    with (self._path / f"{case.id}.yaml").open("w" if self._overwrite else "x", encoding="utf-8") as to:
                        to.write(text)
                    written += 1
                except FileExistsError:
                    kept += 1
        except OSError as error:
            raise UsageError(f"{self._path} cannot be written to ({error.strerror}); name another --out.") from error
        return written, kept
