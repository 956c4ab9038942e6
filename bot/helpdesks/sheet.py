"""Sheet: text that is written piece by piece, with distances between, and becomes lines."""

import re
from enum import IntEnum

from bot.helpdesks.lines import Line, clean

_SPACES = re.compile(r"(?<=\S) {2,}")


class Gap(IntEnum):
    """What comes between two pieces of text."""

    NONE = 0
    LINE = 1
    PARAGRAPH = 2
    CELL = 3
    """A cell of the same row."""


class Sheet:
    """Lines as they are written. The distance to the next text is kept until that comes, for it may still grow."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._line: list[str] = []
        self._marks = Line("")
        self._verbatim = False
        self._gap = Gap.NONE
        self._hollow = False
        """Whether a no-break space is all there was since the last gap, as where people leave a line empty."""
        self._bullet = ""
        self._row = -1
        """How many lines there were when the row of a table began."""

    def write(self, text: str, marks: Line, *, verbatim: bool = False) -> None:
        """Text follows."""
        visible = clean(text)
        if not verbatim and "  " in visible:
            visible = re.sub(" +", " ", visible)
        if not visible.strip():
            if self._line and not self._gap:
                self._line.append(visible)
            else:
                self._hollow = self._hollow or "\xa0" in text
            return
        self._hollow = False
        same = (marks.quoted, marks.signature) == (self._marks.quoted, self._marks.signature)
        if self._gap in {Gap.LINE, Gap.PARAGRAPH} or not same:
            self._end_line()
        elif self._gap and self._line:
            self._line.append(" | ")
        if not self._line:
            self._marks, self._verbatim = marks._replace(apart=self._gap is Gap.PARAGRAPH), verbatim
            self._line.append(self._bullet)
            self._bullet = ""
            visible = visible if verbatim else visible.lstrip()
        self._line.append(visible)
        self._gap = Gap.NONE

    def append(self, text: str) -> None:
        """A word to the text so far, whatever distance was asked for since."""
        self._line.append(clean(text))

    def part(self, gap: Gap) -> None:
        """The next text stands apart."""
        if self._gap is not Gap.CELL:
            self._gap = Gap.PARAGRAPH if self._hollow else max(self._gap, gap)
        self._hollow = False

    def break_line(self) -> None:
        """The next text begins a line; after a break already, a paragraph."""
        self.part(Gap.LINE if self._line and not self._gap else Gap.PARAGRAPH)

    def item(self, bullet: str) -> None:
        """The next text is the beginning of an item in a list."""
        self._bullet = bullet

    def row(self) -> None:
        """A row of a table begins."""
        self._end_line()
        if self._row >= 0 or self._gap is not Gap.PARAGRAPH:
            self._gap = Gap.NONE
        self._row = len(self.lines)

    def cell(self) -> None:
        """A cell of a table begins, on the same line unless one of its row has had several."""
        if len(self.lines) != self._row:
            self.part(Gap.LINE)
        elif self._line or self._gap is not Gap.PARAGRAPH:
            self._gap = Gap.CELL

    def end_table(self) -> None:
        """What follows is in no row."""
        self._end_line()
        self._gap = Gap.PARAGRAPH if self._gap is Gap.PARAGRAPH else Gap.NONE
        self._row = -1

    def finished(self) -> list[Line]:
        """All lines."""
        self._end_line()
        return self.lines

    def _end_line(self) -> None:
        text = "".join(self._line).rstrip()
        if text:
            self.lines.append(self._marks._replace(text=text if self._verbatim else _SPACES.sub(" ", text)))
        self._line = []
