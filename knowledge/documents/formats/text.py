"""Text: plain text as Markdown; nothing in it is markup, but for lists as people write them."""

import re
from collections.abc import Iterator, Sequence

from knowledge.documents.formats.block import Block
from knowledge.documents.formats.page import Page, page_of
from knowledge.documents.formats.prose import heading, one_line, paragraph, visible

_RULE = re.compile(r"[-=_*~#+. ]{3,}")
_ITEM = re.compile(r"(?:\d{1,3}[.)]|[-*+•‣▪●■◦○□])\s")
_OPEN_END = re.compile(r"[^.,;:!?]$")
_LONGEST_TITLE = 80
_WRAPPED = 55
"""A line at least this long goes on in the next."""


def markdown_of_text(text: str) -> Page:
    """The paragraphs of a text. A short first line that stands alone is its title."""
    paragraphs = [*_paragraphs(text)]
    title = _title(paragraphs)
    blocks = [Block("paragraph", paragraph(["\n".join(lines)])) for lines in paragraphs[1 if title else 0 :]]
    return page_of(title, [Block("heading", heading(1, [title])), *blocks] if title else blocks)


def _paragraphs(text: str) -> Iterator[list[str]]:
    """Lines that stand together; those that a program wrapped are one again, and drawn rules are gone."""
    lines: list[list[str]] = []
    above = ""
    for written in [*visible(text).split("\n"), ""]:
        line = one_line(written)
        if not line or _RULE.fullmatch(line):
            if lines:
                yield [" ".join(pieces) for pieces in lines]
            lines = []
        elif lines and len(above) >= _WRAPPED and not _ITEM.match(line):
            lines[-1].append(line)
        else:
            lines.append([line])
        above = line


def _title(paragraphs: Sequence[list[str]]) -> str:
    if len(paragraphs) < 2 or len(paragraphs[0]) > 1:
        return ""
    (first,) = paragraphs[0]
    is_title = len(first) <= _LONGEST_TITLE and _OPEN_END.search(first) and not _ITEM.match(first)
    return first if is_title else ""
