"""PDF lines: what stands on the pages of a PDF, with its place and size, without what runs along all pages."""

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from knowledge.documents.formats.prose import one_line

_UNKNOWN = re.compile("[\x00-\x08\x0e-\x1f\ufffd\ue000-\uf8ff]")
_BOLD = re.compile(r"bold|black|heavy", re.IGNORECASE)
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_SOFT_HYPHEN = re.compile(r"\u00ad\s*$")
_NUMBER = re.compile(r"\d+")
_FIRST = re.compile(r"\d{1,4}\b")
_LAST = re.compile(r"\b\d{1,4}$")
_PAGE = re.compile(r"\bpage \d+(?: (?:of|/) \d+)?", re.IGNORECASE)
_PAGE_ALONE = re.compile(r"\W*(?:page\W+)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:/|of|\|)\s*\d{1,4})?\W*", re.IGNORECASE)
_CONTENTS = re.compile(r".*?(?:\.\s?){4,}\s*(?:\d{1,4}|[ivxl]{1,6})?")
_MARGIN = 0.12
"""The share of a page's height, above and below, in which lines run along all pages."""


class Line(NamedTuple):
    """A line of text on a page."""

    text: str
    page: int
    x: float
    """Where it begins, in points from the left."""
    y: float
    """Its height above the bottom of the page."""
    size: float
    """How tall its letters are, in points."""
    bold: bool = False


class Lines:
    """Gathers the lines of one page as pypdf tells of pieces of text."""

    def __init__(self, page: int) -> None:
        self.found: list[Line] = []
        self.unknown = 0
        """How many letters the file shows without saying which they are."""
        self._page = page
        self._pieces: list[tuple[str, float, float, float, bool]] = []

    def piece(
        self, text: str, around: Sequence[float], own: Sequence[float], font: Mapping[str, Any] | None, size: float
    ) -> None:
        """A piece of text in a coordinate system of its own within another. A slanted one is a stamp, not text."""
        a, b, c, d, e, f = _product(own, around)
        if min(abs(a), abs(b)) > 0.1 * max(abs(a), abs(b)):
            return
        height = size * math.hypot(c, d)
        bold = bool(font and _BOLD.search(str(font.get("/BaseFont", ""))))
        first, *others = text.split("\n")
        self.unknown += len(_UNKNOWN.findall(text))
        self._pieces.append((first, e, f, height, bold))
        for other in others:
            self.end()
            self._pieces.append((other, e, f, height, bold))

    def end(self) -> None:
        """A line ends here."""
        pieces = [piece for piece in self._pieces if piece[0].strip()]
        if pieces:
            text = "".join(piece[0] for piece in self._pieces).translate(_LIGATURES)
            text = one_line(_SOFT_HYPHEN.sub("-", text))
            _, x, y, _, _ = pieces[0]
            _, _, _, size, _ = max(pieces, key=lambda piece: len(piece[0]))
            self.found.append(Line(text, self._page, x, y, round(size * 2) / 2, all(piece[4] for piece in pieces)))
        self._pieces = []


def without_running_lines(lines: Sequence[Line], heights: Sequence[float]) -> list[Line]:
    """Lines without page numbers, headers and footers, and without the dotted lines of a table of contents."""
    marginal = [line for line in lines if _is_marginal(line, heights)]
    same = Counter(key for line in marginal for key in {*_keys(line)})
    return [
        line
        for line in lines
        if not _CONTENTS.fullmatch(line.text)
        and not (
            _is_marginal(line, heights)
            and (_PAGE_ALONE.fullmatch(line.text) or any(same[key] >= key[0] for key in _keys(line)))
        )
    ]


def _keys(line: Line) -> Iterator[tuple[int, str, int]]:
    """What lines that run along pages have in common, and on how many pages it must be found."""
    place = round(line.y / 4)
    yield 2, _PAGE.sub("page #", line.text), place
    yield 3, _NUMBER.sub("#", line.text), place
    # Numbers at an end that count the pages, whatever else the line says.
    ends = (found for found in (_FIRST.match(line.text), _LAST.search(line.text)) if found)
    yield from ((3, f"page {int(end[0]) - line.page}", place) for end in ends)


def _is_marginal(line: Line, heights: Sequence[float]) -> bool:
    height = heights[line.page]
    return not _MARGIN * height < line.y < (1 - _MARGIN) * height


def _product(first: Sequence[float], second: Sequence[float]) -> tuple[float, float, float, float, float, float]:
    a, b, c, d, e, f = (float(number) for number in first[:6])
    g, h, i, j, k, m = (float(number) for number in second[:6])
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m
