"""PDF blocks: lines of pages joined to headings, paragraphs and items."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from knowledge.documents.formats.block import Block
from knowledge.documents.formats.pdf_lines import Line
from knowledge.documents.formats.prose import heading, paragraph

_BULLET = re.compile(r"[•‣▪●■◦○□\uf0a7\uf0b7]\s*")
_DASH = re.compile(r"[-–*]\s+(?=\S)")
_NUMBERED = re.compile(r"\d{1,3}[.)]\s+\S")
_LETTERED = re.compile(r"(?:[a-z]|[ivx]{2,4})[.)]\s+\S")
_SECTION = re.compile(r"(?:§\s*)?\d{1,3}(?:\.\d{1,3})*\.?\s+\S")
_ENDED = re.compile(r"[.!?:;]['\"”’)\]]*$")
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u2010]$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+|[^\W\d_]+")
_KEPT_HYPHENS = frozenset("all anti co cross ex half high long low mid multi non pre re self short sub well".split())
_LARGER = 1.15
"""How much taller than the text a heading's letters are."""
_LONGEST_HEADING = 150
_DEEPEST = 4
_LONGEST_WORD = 60
_MANY = 5
"""How many lines of a column say how long its lines are."""


class Layout:
    """How the text of a document is set."""

    def __init__(self, lines: Sequence[Line]) -> None:
        written = Counter[float]()
        for line in lines:
            written[line.size] += len(line.text)
        self.size = max(written, key=lambda size: (written[size], -size), default=0.0)
        """The height of most letters."""
        steps = Counter(round(above.y - line.y) for above, line in pairwise(lines) if _next(above, line))
        self.step = max(steps, key=lambda step: (steps[step], -step), default=0)
        """The distance of most lines to the next."""
        columns: defaultdict[tuple[int, int] | None, list[int]] = defaultdict(list)
        for line in lines:
            if line.size == self.size:
                for column in (None, _column(line)):
                    columns[column].append(len(line.text))
        self._full = {
            column: sorted(lengths)[len(lengths) * 8 // 10]
            for column, lengths in columns.items()
            if column is None or len(lengths) >= _MANY
        }
        self.words = Counter(word.lower() for line in lines for word in _WORD.findall(line.text))
        tall = sorted({line.size for line in lines if line.size >= self.size * _LARGER}, reverse=True)
        self.levels = {size: min(level, _DEEPEST) for level, size in enumerate(tall, start=1)}
        """The level of a heading, by the height of its letters."""

    def full(self, line: Line) -> float:
        """About how many characters a full line has: in this line's column, or in the document where that is short."""
        full = self._full.get(None, 0)
        return max(full / 2, self._full.get(_column(line), full))


def blocks_of_lines(lines: Sequence[Line]) -> Iterator[Block]:
    """The text of a document in its order. Only tall letters, or bold ones behind a number, make a heading."""
    layout = Layout(lines)
    for group in _groups([*_with_bullets(lines)], layout):
        text = _joined([line.text for line in group], layout)
        level = layout.levels.get(group[0].size)
        if not level and _SECTION.match(text) and all(line.bold for line in group):
            level = min(max(layout.levels.values(), default=0) + 1, _DEEPEST)
        bullet = _BULLET.match(text) or _DASH.match(text)
        if level and len(text) <= _LONGEST_HEADING and not text.endswith((".", ",", ";", ":")):
            yield Block("heading", heading(level, [text]))
        elif bullet:
            yield Block("item", paragraph([f"- {text[bullet.end() :]}"]))
        else:
            yield Block("item" if _NUMBERED.match(text) else "paragraph", paragraph([text]))


def _with_bullets(lines: Sequence[Line]) -> Iterator[Line]:
    """Lines of which a bullet that stands alone is part of the next."""
    bullet: Line | None = None
    for line in lines:
        if bullet and bullet.page == line.page:
            yield bullet._replace(text=f"• {line.text}", size=line.size, bold=line.bold)
            bullet = None
        elif _BULLET.fullmatch(line.text):
            bullet = line
        else:
            yield line


def _groups(lines: Sequence[Line], layout: Layout) -> Iterator[list[Line]]:
    """Lines that belong to one heading, paragraph or item."""
    group: list[Line] = []
    for line in lines:
        if group and _begins(line, group, layout):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _begins(line: Line, group: Sequence[Line], layout: Layout) -> bool:
    """Whether a line is the first of another block than the lines before it."""
    above = group[-1]
    ended = _ENDED.search(above.text) is not None
    full = layout.full(above)
    is_full = len(above.text) >= 0.75 * full
    if line.size != above.size or _BULLET.match(line.text):
        return True
    if line.size in layout.levels:
        return not _next(above, line) or above.y - line.y > 1.6 * line.size
    if (ended or not is_full) and any(mark.match(line.text) for mark in (_DASH, _NUMBERED, _LETTERED)):
        return True
    if not _next(above, line):  # The next column or page.
        return ended or not (is_full or line.text[:1].islower())
    if above.y - line.y > 1.5 * max(layout.step, line.size) or (above.bold != line.bold and not is_full):
        return True
    if (ended and not is_full) or len(above.text) < 0.6 * full:
        return True
    return _is_indented(line, group, ended=ended)


def _is_indented(line: Line, group: Sequence[Line], *, ended: bool) -> bool:
    """Whether a line begins further in or out than its paragraph does."""
    above, shift = group[-1], line.x - group[-1].x
    in_item = any(mark.match(group[0].text) for mark in (_BULLET, _DASH, _NUMBERED, _LETTERED))
    if shift > 0.8 * line.size:
        return ended and not (in_item and len(group) == 1)
    return shift < -0.8 * above.size and (len(group) > 1 or ended)


def _column(line: Line) -> tuple[int, int]:
    """Lines of a page that begin at about the same place."""
    return line.page, round(line.x / 20)


def _next(above: Line, line: Line) -> bool:
    """Whether a line stands below another, in the same column of the same page."""
    return above.page == line.page and 0 < above.y - line.y < 6 * above.size


def _joined(texts: Sequence[str], layout: Layout) -> str:
    """Lines as one, with the words whole that were cut at the end of a line."""
    parts = [texts[0]]
    for text in texts[1:]:
        if not _HYPHEN.search(parts[-1]) or not text[:1].islower():
            parts.append(" ")
        elif not _keeps_hyphen(parts[-1], text, layout):
            parts[-1] = parts[-1][:-1]
        parts.append(text)
    return "".join(parts)


def _keeps_hyphen(above: str, text: str, layout: Layout) -> bool:
    """Whether a hyphen at the end of a line is part of the word, as the rest of the document writes it."""
    before = _WORD.findall(above[-_LONGEST_WORD:-1])[-1].lower()
    after = _WORD.findall(text[:_LONGEST_WORD])[0].lower()
    cut, kept = layout.words[before + after], layout.words[f"{before}-{after}"]
    return kept > cut or (kept == cut and before in _KEPT_HYPHENS)
