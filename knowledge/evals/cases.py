"""The desk's test tickets: YAML files of one case each, and CSV files of one case a row."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from knowledge.documents.folder import files_below, printable, read_bytes, read_text
from knowledge.errors import DeskFileError
from knowledge.evals.case import Case, Expectation
from knowledge.evals.csv_file import CsvFile
from knowledge.yaml_file import YamlFile

__all__ = ["Case", "Expectation", "load_cases"]
_YAML, _CSV = {".yaml", ".yml"}, {".csv"}


class _Found(NamedTuple):
    case: Case
    place: str
    """Where it stands, as a problem names it."""
    id_place: str


def load_cases(path: Path) -> list[Case]:
    """The cases of a file, or of all files below a folder in their order; those of a CSV file in the order of its rows.

    Raises DeskFileError with the problems of all files.
    """
    problems: list[str] = []
    cases: list[Case] = []
    places: dict[str, str] = {}
    for file in _files(path, problems):
        name = printable(file.relative_to(path if path.is_dir() else path.parent))
        try:
            found = list(_read(file, name))
        except DeskFileError as error:
            problems += error.problems
            continue
        for case, place, id_place in found:
            if case.id in places:
                sentence = f"id '{case.id}' is also the id of {places[case.id]}; give each case an id of its own"
                problems.append(f"{id_place}: {sentence}.")
            places.setdefault(case.id, place)
            cases.append(case)
    if problems:
        raise DeskFileError(*problems)
    if not cases:
        raise DeskFileError(f"{path}: there is no case in it; add a YAML file for each case, or a CSV file.")
    return cases


def _files(path: Path, problems: list[str]) -> Iterator[Path]:
    if path.is_dir():
        yield from (file for file in files_below(path, problems) if file.suffix.lower() in _YAML | _CSV)
    elif path.suffix.lower() in _YAML | _CSV:
        yield path
    elif path.exists():
        raise DeskFileError(f"{path}: this is neither a YAML nor a CSV file; name one that ends in .yaml or .csv.")
    else:
        raise DeskFileError(f"{path}: there is no such folder; create it with a YAML file for each case.")


def _read(file: Path, name: str) -> Iterator[_Found]:
    if file.suffix.lower() in _CSV:
        for row, case in CsvFile(read_bytes(file, name), name).cases:
            yield _Found(case, f"{name} row {row}", f"{name} row {row} column id")
        return
    text = YamlFile(read_text(file, name), name, Case)
    yield _Found(text.content, name, text.place("id"))
