"""CsvFile: test tickets from a spreadsheet, one a row; whatever is wrong is said with file, row, column and remedy."""

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from knowledge.documents.formats.encoding import text_of
from knowledge.errors import DeskFileError
from knowledge.evals.case import Case, Expectation
from knowledge.evals.spreadsheet import rows_of
from knowledge.yaml_file import UNUSABLE, did_you_mean, sentence_of, shown

BETWEEN = "|"
"""What stands between the items of a list in one cell."""
_EXPECTED = tuple(Expectation.model_fields)
_COLUMNS = (*(key for key in Case.model_fields if key != "expect"), *_EXPECTED)
_LISTS = {"paraphrases", "tags", *_EXPECTED} - {"status"}
_NEEDED = ("id", "ticket", "status")


class CsvFile:
    """The cases of a CSV file with their rows, counted as a spreadsheet does. Raises DeskFileError with all problems.

    The first row names the columns, as the keys of a YAML case are named. An empty cell is a key that is not written.
    """

    cases: tuple[tuple[int, Case], ...]

    def __init__(self, content: bytes, path: str) -> None:
        self._path = path
        self._problems: list[str] = []
        rows = self._rows(content)
        self._header = [name.strip().lower() for name in rows[0]] if rows else []
        self._check_header()
        found = [(number, self._case(number, row)) for number, row in enumerate(rows[1:], 2) if any(row)]
        if self._problems:
            raise DeskFileError(*self._problems)
        self.cases = tuple((number, case) for number, case in found if case is not None)

    def _rows(self, content: bytes) -> list[list[str]]:
        text = text_of(content)
        if text is None:
            raise DeskFileError(f"{self._path}: this is not text; save the spreadsheet as CSV in UTF-8.")
        return [[cell.replace("\r\n", "\n").strip() for cell in row] for row in rows_of(text, self._path)]

    def _check_header(self) -> None:
        for name in self._header:
            if name not in _COLUMNS:
                remedy = did_you_mean(name, _COLUMNS, "name it one of " + ", ".join(_COLUMNS))
                self._add(1, f"there is no column {shown(name)}; {remedy}")
            elif self._header.count(name) > 1:
                self._add(1, f"the column {name} is there twice; keep one of them")
        for name in _NEEDED:
            if name not in self._header:
                self._add(1, f"the column {name} is missing; add it")
        if self._problems:  # What is in the wrong columns is a consequence.
            raise DeskFileError(*dict.fromkeys(self._problems))

    def _case(self, number: int, row: list[str]) -> Case | None:
        if len(row) > len(self._header):
            self._add(
                number,
                f"has {len(row)} cells for {len(self._header)} columns; put a text in quotes that holds "
                "the sign between cells",
            )
            return None
        cells = dict(zip(self._header, row, strict=False))
        if unusable := [name for name, cell in cells.items() if UNUSABLE.search(cell)]:
            self._add(number, "holds a control character; remove it", unusable[0])
            return None
        try:
            return Case.model_validate(_written(cells))
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                self._add(number, *_wrong(detail))
            return None

    def _add(self, number: int, sentence: str, column: str = "") -> None:
        place = f"{self._path} row {number}" + (f" column {column}" if column else "")
        self._problems.append(f"{place}: {sentence}{'' if sentence.endswith('?') else '.'}")


def _written(cells: dict[str, str]) -> dict[str, Any]:
    """A row as the keys of a case. A ticket may be empty; any other empty cell says nothing."""
    values: dict[str, Any] = {
        name: [item.strip() for item in cell.split(BETWEEN)] if name in _LISTS else cell
        for name, cell in cells.items()
        if cell or name == "ticket"
    }
    expected = {name: values.pop(name) for name in _EXPECTED if name in values}
    return {**values, "expect": expected}


def _wrong(detail: ErrorDetails) -> Iterator[str]:
    """The sentence about a cell, and its column."""
    keys = [step for step in detail["loc"] if step in _COLUMNS]
    column = str(keys[-1]) if keys else ""
    yield "is empty; write its value" if detail["type"] == "missing" else sentence_of(detail, Case)
    yield column
