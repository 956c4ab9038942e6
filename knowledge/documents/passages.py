"""Cuts a document version into passages along its own headings and blocks."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from knowledge.documents.document import DocumentVersion
from knowledge.documents.inline import plain_words
from knowledge.documents.struck import legible
from knowledge.drafting.passage import Passage
from knowledge.drafting.sentences import sentences
from knowledge.drafting.wording import STRUCK

LIMIT = 900
"""About how many characters a passage has at most, as long as its blocks allow it."""
WHOLE = 3_000
"""Up to this length a paragraph with its list, table or code is never cut."""

_NEWLINE = re.compile(r"\r\n?|\n")
_COMMENTS = re.compile(r"(?:\s*<!--.*?(?:-->|\Z))+\s*", re.DOTALL)
_INTRODUCED = {"bullet_list_open", "ordered_list_open", "table_open", "fence", "code_block"}
# Definitions make no token unless asked for, and every line must be found again in a passage.
_MARKDOWN = MarkdownIt("commonmark", {"inline_definitions": True}).enable("table")


class _Block(NamedTuple):
    """What is never cut unless it is very long: a block, or a paragraph with the list it introduces."""

    start: int
    end: int
    cuts: tuple[int, ...]
    """Where it may be cut all the same: starts of items, rows, sentences or lines."""
    lead: str
    """What the later pieces need in order to be understood: the header cells or the sentence before the list."""


class _Section(NamedTuple):
    headings: tuple[str, ...]
    blocks: list[_Block]


def cut(version: DocumentVersion) -> list[Passage]:
    """The passages of a version, in order and without overlap: its sections, and runs of blocks of the long ones."""
    text = legible(version)
    return [
        Passage(
            id=f"{version.id}@{version.hash[:12]}#{start}",
            document=version.id,
            version=version.hash,
            title=version.title,
            headings=(*section.headings, lead) if lead else section.headings,
            text=text[start:end],
            start=start,
            end=end,
            approved_by=version.approved_by,
            effective_from=version.effective_from,
            owner=version.owner,
            in_force_until=version.in_force_until,
            topic=version.topic,
            url=version.url,
        )
        for section in _sections(version, text)
        for start, end, lead in _runs(text, section.blocks)
    ]


def _sections(version: DocumentVersion, text: str) -> Iterator[_Section]:
    """Stretches of blocks under one path of headings; a comment ends a stretch too, being no part of a passage.

    What is below a heading that is struck out is in none.
    """
    lines = _line_starts(version)
    tokens = _MARKDOWN.parse(text[version.body_start :])
    path: list[tuple[int, str]] = []
    section = _Section((), [])
    intro: Token | None = None
    gone = 0
    for at, token in enumerate(tokens):
        if token.level or not token.map or token.nesting < 0:
            continue
        start, end = lines[token.map[0]], lines[token.map[1]]
        end = _trimmed(text, start, end)
        hidden = token.type == "html_block" and _COMMENTS.fullmatch(text, start, end)
        if token.type == "heading_open" or hidden:
            yield section
            if not hidden:
                level, heading = int(token.tag[1:]), plain_words(tokens[at + 1])
                path = _below(path, level, heading, version.title)
                if not 0 < gone < level:
                    gone = level if STRUCK in text[start : lines[token.map[1]]] and not heading else 0
            section = _Section(tuple(heading for _, heading in path), [])
            intro = None
            continue
        if start == end or gone:
            continue
        block = _Block(start, end, *_inside(text, lines, tokens, at))
        if intro and token.type in _INTRODUCED:
            block = _Block(section.blocks.pop().start, end, block.cuts, block.lead or plain_words(intro).rstrip(":"))
        section.blocks.append(block)
        introduces = token.type == "paragraph_open" and text[start:end].rstrip("*_").endswith(":")
        intro = tokens[at + 1] if introduces else None
    yield section


def _line_starts(version: DocumentVersion) -> list[int]:
    """Where each line of the body starts in the text, counting lines as markdown-it does; the end closes the list."""
    newlines = _NEWLINE.finditer(version.text, version.body_start)
    starts = [version.body_start, *(newline.end() for newline in newlines)]
    return [*starts, len(version.text)]


def _below(path: list[tuple[int, str]], level: int, heading: str, title: str) -> list[tuple[int, str]]:
    above = [(other, text) for other, text in path if other < level]
    repeats_title = level == 1 and heading.casefold() == " ".join(title.split()).casefold()
    return above if repeats_title or not heading else [*above, (level, heading)]


def _inside(text: str, lines: list[int], tokens: Sequence[Token], at: int) -> tuple[tuple[int, ...], str]:
    """Where a block may be cut if it must be, and what its later pieces then need."""
    opening = tokens[at]
    first, last = opening.map or (0, 0)
    inner = _children(tokens, at)
    match opening.type:
        case "bullet_list_open" | "ordered_list_open":
            starts = [t.map[0] for t in inner if t.type == "list_item_open" and t.level == 1 and t.map]
            return tuple(lines[line] for line in starts[1:]), ""
        case "table_open":
            rows = [t.map[0] for t in inner if t.type == "tr_open" and t.map]
            cells = [plain_words(inner[i + 1]) for i, t in enumerate(inner) if t.type == "th_open"]
            return tuple(lines[line] for line in rows[2:]), " | ".join(cells)
        case "paragraph_open":
            found = sentences(text[lines[first] : lines[last]])
            return tuple(lines[first] + sentence.start for sentence in found[1:]), ""
        case _:
            return tuple(lines[first + 1 : last]), ""


def _children(tokens: Sequence[Token], at: int) -> list[Token]:
    inner: list[Token] = []
    if tokens[at].nesting == 1:
        for token in tokens[at + 1 :]:
            if token.level == 0:
                break
            inner.append(token)
    return inner


def _trimmed(text: str, start: int, end: int) -> int:
    return start + len(text[start:end].rstrip())


def _runs(text: str, blocks: Sequence[_Block]) -> Iterator[tuple[int, int, str]]:
    """Neighbouring pieces joined for as long as they fit: start, end and lead of each passage."""
    run: tuple[int, int, str] | None = None
    for start, end, lead in _pieces(text, blocks):
        if run and end - run[0] <= LIMIT and lead == run[2]:
            run = (run[0], end, lead)
        else:
            if run:
                yield run
            run = (start, end, lead)
    if run:
        yield run


def _pieces(text: str, blocks: Sequence[_Block]) -> Iterator[tuple[int, int, str]]:
    for block in blocks:
        if block.end - block.start <= WHOLE or not block.cuts:
            yield block.start, block.end, ""
            continue
        for start, end in pairwise((block.start, *block.cuts, block.end)):
            if text[start:end].strip():
                yield start, _trimmed(text, start, end), block.lead if start > block.start else ""
