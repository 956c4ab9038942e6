"""Markup: an HTML message as lines, each marked where it is a quotation or a signature.

Read as a stream of tags rather than a tree, so that neither the size nor the depth of a message matters.
"""

import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from lxml import etree

from bot.helpdesks.lines import Line, clean
from bot.helpdesks.marks import Marks
from bot.helpdesks.sheet import Gap, Sheet

_PIECE = 16_384
_DEEPEST = 1_000
"""Open tags after which the parser is begun anew: to close one it may look at all that are open."""
_DEEPEST_INDENT = 4
_ADDRESS = re.compile(r"(?:https?://|ftp://|mailto:)(?=\S)", re.IGNORECASE)


def lines_of_html(html: str) -> list[Line]:
    """The lines of an HTML message as a reader sees them. Nothing is too broken, too large or too deep."""
    page = _Page()
    parser = etree.HTMLParser(target=page, encoding="utf-8")
    for piece in _pieces(html.replace("\0", "")):
        if page.depth > _DEEPEST:
            parser.close()
            parser = etree.HTMLParser(target=page, encoding="utf-8")
        parser.feed(piece.encode(errors="ignore"))
    parser.close()
    return page.sheet.finished()


class _Page:
    """What the parser tells of tags and text, in their order."""

    def __init__(self) -> None:
        self.sheet = Sheet()
        self._open = [Marks()]
        self._lists: list[int | None] = []
        """For each list we are in, its next number, if it has numbers."""
        self._link = ""
        self._label: list[str] = []
        self._quoted_from_here = False

    @property
    def depth(self) -> int:
        """How many tags are open."""
        return len(self._open)

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """A tag opens."""
        around = self._open[-1]
        marks = around.within(tag, attributes)
        self._open.append(marks)
        if marks.dropped:
            return
        self._quoted_from_here = self._quoted_from_here or marks.header
        self._boundary(tag, around, marks, marks.gap)
        match tag:
            case "br":
                self.sheet.break_line()
            case "tr":
                self.sheet.row()
            case "td" | "th":
                self.sheet.cell()
            case "ul" | "ol":
                self._lists.append(_number(attributes.get("start"), 1) if tag == "ol" else None)
            case "li":
                self.sheet.item(self._bullet(attributes))
            case "img":
                self._image(" ".join(clean(attributes.get("alt", "")).split()))
            case "a":
                self._link, self._label = attributes.get("href", ""), []
            case _ if "@" in tag:
                self.data(f"<{tag}>")

    def end(self, tag: str) -> None:
        """A tag closes."""
        marks = self._open.pop() if len(self._open) > 1 else self._open[0]
        if marks.dropped:
            return
        match tag:
            case "a":
                self._address()
            case "li":
                self.sheet.item("")
            case "ul" | "ol" if self._lists:
                self._lists.pop()
        self._boundary(tag, marks, self._open[-1], marks.gap)

    def data(self, text: str) -> None:
        """Text between tags."""
        marks = self._open[-1]
        if marks.dropped or marks.vanishing:
            return
        line = Line("", quoted=marks.quoted or self._quoted_from_here, signature=marks.signature)
        for number, piece in enumerate(text.split("\n") if marks.verbatim else [text]):
            if number:
                self.sheet.break_line()
            self.sheet.write(piece, line, verbatim=marks.verbatim)
        if self._link:
            self._label.append(text)

    def close(self) -> None:
        """The parser has no more to tell."""

    def _boundary(self, tag: str, before: Marks, after: Marks, gap: Gap) -> None:
        if tag == "table":
            self.sheet.end_table()
        if (before.quoted, before.signature) != (after.quoted, after.signature):
            self.sheet.part(Gap.LINE)
        if gap:
            self.sheet.part(min(gap, Gap.LINE) if self._lists else gap)

    def _bullet(self, attributes: Mapping[str, str]) -> str:
        indent = "  " * min(len(self._lists) - 1, _DEEPEST_INDENT)
        number = self._lists[-1] if self._lists else None
        if number is None:
            return f"{indent}- "
        number = _number(attributes.get("value"), number)
        self._lists[-1] = number + 1
        return f"{indent}{number}. "

    def _image(self, alt: str) -> None:
        if alt:
            self.data(f"[image: {alt}]" if any(map(str.isalnum, alt)) else alt)

    def _address(self) -> None:
        label, address = " ".join("".join(self._label).split()), "".join(self._link.split())
        self._link = ""
        scheme = _ADDRESS.match(address)
        if not label or not scheme:
            return
        if scheme[0].lower() == "mailto:":
            address = address[scheme.end() :].partition("?")[0]
        if _bare(address) != _bare(label):
            self.sheet.append(f" ({address}) " if self._label[-1][-1:].isspace() else f" ({address})")


def _pieces(html: str) -> Iterator[str]:
    """The whole in pieces that begin with a tag."""
    at = 0
    while at < len(html):
        found = html.find("<", at + _PIECE)
        end = len(html) if found < 0 else found
        yield html[at:end]
        at = end


def _number(written: str | None, otherwise: int) -> int:
    return int(written) if written and written.isascii() and written.isdigit() and len(written) < 7 else otherwise


def _bare(address: str) -> str:
    """An address as people write it."""
    return re.sub(r"^(?:https?://|ftp://|mailto:)?(?:www\.)?|\s|/+$", "", unquote(address).lower())
