"""Sentences: where a Markdown text may be cut, and what gives each piece its sense."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from knowledge.drafting.wording import STRUCK, Wording, plain


class Sentence(NamedTuple):
    """A sentence of a text, `text[start:end]`, and the line that gives it its sense."""

    start: int
    end: int
    lead: str = ""
    """The table's header for a row, the line that ends in a colon for a step or bullet; else empty."""


_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|mr|mrs|ms|dr|approx|incl|inc|ltd)|\b[a-z]|^\s*\d{1,3})[.)]$",
    re.IGNORECASE | re.MULTILINE,
)
_STOP = re.compile(r"(?<![.!?])[.!?]+[\"')\]*_]*(?=\s)")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+\S")
_HEADING = re.compile(r"[ \t]{0,3}#{1,6}[ \t]")
_RULE = re.compile(r"[\s|:=-]+")
_LONGEST_LEAD = 600
_POINTS_BACK = re.compile(
    r"(?:it|they|this|that|these|those|he|she|then|there|otherwise|instead|such|however|but|neither|if (?:so|not)|both|here"
    r"|the (?:same|latter|former)|in (?:this|that|these|those) cases?"
    r"|(?:\w+ ){0,3}(?:than|after|before|for|of|with|in|by|like|without|from|to|until) (?:this|that|these|those|them|it)(?=[ ,]))\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=2048)
def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a Markdown text: each step, bullet and table row is at least one of its own."""
    found: list[Sentence] = []
    lead = ""
    for start, end in _blocks(text):
        block = text[start:end]
        below = text[end : text.find("\n", end)]
        if "|" in block and "-" in below and _RULE.fullmatch(below):
            lead = block.strip()  # A row above a rule is the table's header.
            continue
        item = _ITEM.match(block) is not None
        row = block.lstrip().startswith("|")
        if not (item or row) or row != lead.startswith("|"):
            lead = ""
        begin = start
        for stop in _STOP.finditer(text, start, end):
            if not _ABBREVIATION.search(text[max(start, stop.start() - 8) : stop.start() + 1]):
                found.append(_trimmed(text, begin, stop.end(), lead))
                begin = stop.end()
        found.append(_trimmed(text, begin, end, lead))
        last = text[begin:end].strip()
        if last.rstrip("*_").endswith(":"):
            lead = f"{lead} {last}".strip()[-_LONGEST_LEAD:] if item else last
    whole = [sentence for sentence in found if sentence.start < sentence.end]
    return tuple(_without_lost(text, whole) if STRUCK in text else whole)


@lru_cache(maxsize=2048)
def units(text: str) -> tuple[Sentence, ...]:
    """What can be quoted on its own: sentences, but steps and bullets only together with their lead."""
    merged: list[Sentence] = []
    for sentence in sentences(text):
        if merged and sentence.lead and not text.startswith("|", sentence.start):
            merged[-1] = Sentence(merged[-1].start, sentence.end)
        else:
            merged.append(sentence)
    return tuple(merged)


def points_back(sentence: str) -> bool:
    """Whether a sentence begins with a word that means something said before, such as "They"."""
    return _POINTS_BACK.match(sentence) is not None


def _blocks(text: str) -> list[tuple[int, int]]:
    """Runs of lines that belong to one paragraph, list item or table row, as spans."""
    blocks: list[tuple[int, int]] = []
    start = position = 0
    for line in text.splitlines(keepends=True):
        blank = not line.strip() or _HEADING.match(line) is not None or _RULE.fullmatch(line) is not None
        row = line.lstrip().startswith("|")
        if blank or row or _ITEM.match(line):
            blocks.append((start, position))
            start = position
        position += len(line)
        if blank:
            start = position
        elif row:
            blocks.append((start, position))
            start = position
    blocks.append((start, position))
    return [(start, end) for start, end in blocks if text[start:end].strip()]


def _trimmed(text: str, start: int, end: int, lead: str) -> Sentence:
    piece = text[start:end]
    return Sentence(start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip())), lead)


def _without_lost(text: str, found: list[Sentence]) -> Iterator[Sentence]:
    """Without what is only the rest of a struck sentence, or points back to one."""
    before = 0
    for sentence in found:
        words_of = text[sentence.start : sentence.end]
        lost = STRUCK in text[before : sentence.start] and points_back(words_of)
        if not lost and any(map(str.isalnum, words_of)):
            yield sentence
            before = sentence.end


def widen(text: str, start: int, end: int) -> tuple[Sentence, ...]:
    """The whole sentences of `text` that `text[start:end]` touches."""
    return tuple(s for s in sentences(text) if s.start < end and start < s.end)


def readable(text: str, sentence: Sentence) -> str:
    """A sentence or unit as a customer reads it: no markup; a table row with its column names."""
    words_of = text[sentence.start : sentence.end]
    if not words_of.startswith("|"):
        return plain(words_of)
    names, cells = (_cells(line) for line in (sentence.lead, words_of))
    pairs = [f"{name} {cell}" for name, cell in zip(names[1:], cells[1:], strict=False) if cell]
    return f"{names[0]} {cells[0]}: {'; '.join(pairs)}." if names else "; ".join(cells) + "."


def _cells(row: str) -> list[str]:
    return [Wording(cell).text for cell in re.split(r"(?<!\\)\|", row.strip().strip("|"))] if row else []
