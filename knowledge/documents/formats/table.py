"""Table: rows of cells as a Markdown table."""

import re
from collections.abc import Sequence
from typing import NamedTuple

_MOST_COLUMNS = 40
_NUMBER = re.compile(r"\d[\d.,]*")


class Cell(NamedTuple):
    """A cell as it is written in its row."""

    text: str
    """Markdown in one line."""
    heads: bool = False
    """Whether it is marked as a heading, or all its words are bold."""
    across: int = 1
    down: int = 1


_EMPTY = Cell("")


def markdown_of_rows(rows: Sequence[Sequence[Cell]], heading_rows: int = 0) -> str:
    """The table of rows, of which the first `heading_rows` are its head; what spans several cells is said in each."""
    grid = [row for row in _Grid(rows).lines if any(cell.text for cell in row)]
    width = max(map(len, grid), default=0)
    filled = [[*row, *[_EMPTY] * (width - len(row))] for row in grid]
    columns = [at for at in range(width) if any(row[at].text for row in filled)]
    filled = [[row[at] for at in columns] for row in filled]
    heads = min(heading_rows, len(filled)) or int(_has_head(filled))
    head = [" ".join(dict.fromkeys(row[at].text for row in filled[:heads])).strip() for at in range(len(columns))]
    body = [_texts(row) for row in filled[heads:]]
    if not body:
        return "\n\n".join(filter(None, head))
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(columns), *body))


class _Grid:
    """Each cell in each place that it covers, as long as that does not make the table many times as long."""

    def __init__(self, rows: Sequence[Sequence[Cell]]) -> None:
        self._spare = 500 + 4 * sum(len(cell.text) for row in rows for cell in row)
        self._hanging: dict[int, Cell] = {}
        """Cells that reach down into the next row, by their column."""
        self.lines = [self._line(row) for row in rows]

    def _line(self, row: Sequence[Cell]) -> list[Cell]:
        waiting = list(reversed(row))
        line: list[Cell] = []
        while len(line) < _MOST_COLUMNS and (waiting or len(line) in self._hanging):
            above = self._hanging.pop(len(line), None)
            if above:
                self._cover(line, self._again(above))
                continue
            cell = waiting.pop()
            self._cover(line, cell)
            for _ in range(min(cell.across, _MOST_COLUMNS) - 1):
                self._cover(line, self._again(cell))
        if waiting:  # What a row has beyond the last column is not lost.
            line[-1] = Cell(" ".join(filter(None, [line[-1].text, *(cell.text for cell in reversed(waiting))])))
        return line

    def _cover(self, line: list[Cell], cell: Cell) -> None:
        if cell.down > 1:
            self._hanging[len(line)] = cell._replace(down=cell.down - 1)
        line.append(cell)

    def _again(self, cell: Cell) -> Cell:
        self._spare -= len(cell.text)
        return cell if self._spare > 0 else cell._replace(text="")


def _has_head(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether the first row says what the columns are. Two columns without a sign of it are names and values."""
    if len(rows) < 2:
        return False
    first = rows[0]
    if any(cell.heads for cell in first):
        return all(cell.heads or not cell.text for cell in first)
    has_number = any(character.isdigit() for cell in first for character in cell.text)
    return all(cell.text for cell in first) and not has_number and (len(first) > 2 or _is_measured(rows[1:]))


def _is_measured(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether several rows end in amounts of one kind, such as "14 days" and "1 day"; bare numbers may be anything."""
    kinds = {_NUMBER.sub("0", row[-1].text).casefold().rstrip("s") for row in rows}
    return len(rows) > 1 and len(kinds) == 1 and "0" in (kind := kinds.pop()) and kind != "0"


def _texts(row: Sequence[Cell]) -> list[str]:
    """The texts of a row; one that spans all its columns is said once."""
    texts = [cell.text for cell in row]
    spanning = len(row) > 1 and all(cell is row[0] or cell is _EMPTY for cell in row) and row[0].across > 1
    return [texts[0], *[""] * (len(row) - 1)] if spanning else texts
