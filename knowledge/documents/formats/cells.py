"""Cells: a table of a page as a Markdown table, unless it only lays a page out."""

from collections.abc import Iterator

from knowledge.documents.formats.table import Cell, markdown_of_rows
from knowledge.documents.formats.tree import Node
from knowledge.documents.formats.words import all_within, words_of_cell

_BOLD = frozenset({"b", "strong", "th"})
_CELLS = frozenset({"td", "th"})
_UNLIKE_CELLS = frozenset({"h1", "h2", "h3", "pre", "table"})
_LONGEST = 1_500


def table_of(node: Node) -> str:
    """The Markdown of a table and of its caption, or nothing where it is none."""
    rows = [*_rows(node)]
    cells = [cell for row in rows for cell in row]
    if len(rows) < 2 or max(map(len, rows)) < 2:
        return ""
    if any(inner.tag in _UNLIKE_CELLS for cell in cells for inner in cell.below()):
        return ""
    if any(len(cell.text()) > _LONGEST for cell in cells):
        return ""
    heading_rows = sum(len(part.children) > 0 for part in node.nodes() if part.tag == "thead" for part in part.nodes())
    table = markdown_of_rows([[_cell(cell) for cell in row] for row in rows], heading_rows)
    captions = [words_of_cell(part) for part in node.nodes() if part.tag == "caption"]
    return "\n\n".join(filter(None, [*captions, table]))


def _rows(node: Node) -> Iterator[list[Node]]:
    for part in node.nodes():
        if part.tag == "tr":
            yield [cell for cell in part.nodes() if cell.tag in _CELLS]
        elif part.tag not in {"table", "caption"}:
            yield from _rows(part)


def _cell(node: Node) -> Cell:
    return Cell(
        words_of_cell(node), all_within(node, _BOLD) or node.tag == "th", _span(node, "colspan"), _span(node, "rowspan")
    )


def _span(node: Node, name: str) -> int:
    written = node.get(name)
    return int(written) if written.isascii() and written.isdigit() and len(written) < 5 else 1
