"""Spelling: a customer's slips, mended towards words that the approved documents use."""

import re
from collections.abc import Collection

_SHORTEST = 4


def mend(text: str, vocabulary: Collection[str]) -> str:
    """The text with each unknown word replaced by the one known word a single slip away; others stay as they are.

    A slip is a letter too many, missing, wrong or swapped with its neighbour (Damerau 1964: such slips make up
    over 80 % of spelling errors).
    """
    known = frozenset(vocabulary)

    def mended(match: re.Match[str]) -> str:
        word = match[0].casefold()
        if len(word) < _SHORTEST or word in known or word.rstrip("s") in known or f"{word}s" in known:
            return match[0]
        near = {other for other in known if len(other) >= _SHORTEST and other[0] == word[0] and one_slip(word, other)}
        return near.pop() if len(near) == 1 else match[0]

    return re.sub(r"[^\W\d_]+", mended, text)


def one_slip(word: str, other: str) -> bool:
    """Whether two different words are one insertion, deletion, substitution or swap of neighbours apart."""
    if abs(len(word) - len(other)) > 1 or word == other:
        return False
    start = next((i for i, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), min(len(word), len(other)))
    rest, others = word[start:], other[start:]
    return (
        rest[1:] == others[1:]
        or rest[1:] == others
        or rest == others[1:]
        or (len(rest) > 1 and rest[:2] == others[1::-1] and rest[2:] == others[2:])
    )
