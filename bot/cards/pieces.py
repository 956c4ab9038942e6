"""Pieces: a long text cut where people would cut it, so that the pieces put together are the text."""

import re
from collections.abc import Callable

# Best first: after a paragraph, a line, a sentence, a word.
_ENDS = tuple(re.compile(end) for end in (r"\n\n+", r"\n", r"[.!?]\s", r"\s"))


def pieces(text: str, most: int, length: Callable[[str], int] = len) -> tuple[str, ...]:
    """The text in pieces of which none is longer than `most`, as `length` measures. Nothing is lost between them."""
    found: list[str] = []
    start = 0
    while length(rest := text[start : start + most]) > most or start + most < len(text):
        while length(rest) > most:
            rest = rest[: len(rest) * most // length(rest) - 1 or 1]
        cut = _cut(rest)
        found.append(rest[:cut])
        start += cut
    return (*found, rest) if rest else tuple(found)


def _cut(text: str) -> int:
    """Where to end a piece: at the best end in its second half."""
    for end in _ENDS:
        places = [match.end() for match in end.finditer(text, len(text) // 2)]
        if places:
            return places[-1]
    return len(text)
