"""Spreadsheet: the rows of a CSV text, whatever stands between its cells."""

import csv
import io
import re

from knowledge.errors import DeskFileError

_DELIMITERS = ",;\t"
_SEP = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
"""Excel's own way to say what stands between cells, in a line before all others."""


def rows_of(text: str, name: str) -> list[list[str]]:
    """The rows, the header first. Raises `DeskFileError` with the row that cannot be read."""
    told = _SEP.match(text)
    text = text[told.end() :] if told else text
    delimiter = told[1] if told else max(_DELIMITERS, key=text.partition("\n")[0].count)
    rows: list[list[str]] = []
    try:
        rows.extend(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        # Whatever it is, it ends a row too early or too late, and quotes are what people get wrong.
        raise DeskFileError(
            f"{name} row {len(rows) + 1}: the row cannot be read ({error}); close each quote that opens a "
            "cell, and write quotes inside a cell twice."
        ) from error
    return rows
