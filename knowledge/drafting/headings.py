"""Headings: whether the titles above two sentences show that they are about different things."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise, product

from knowledge.drafting.telling import parts
from knowledge.drafting.wording import Wording

_WORD = re.compile(r"[^\W_]+(?:[.'&+][^\W_]+)*|\S")
_PAPER = frozenset(
    """
    glance feature guide overview summary complete specification spec requirement explain faq policy rule detail
    reference internal quick handbook article basic question manual introduction
    """.split()
)
"""Stems of words that say what kind of page it is, not what it is about."""

_MONTH = "(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_AGE = re.compile(
    rf"[(\[]?\b(?:(?:q[1-4]|{_MONTH})[ /-])?(?:19|20)\d\d(?:[-/.]\d\d){{0,2}}\b[)\]]?"
    r"|[(\[]?\b(?:version|rev(?:ision)?|release|ver)\.? ?\d{1,4}(?:\.\d{1,4}){0,3}\b[)\]]?"
    r"|[(\[]?\bv\d{1,4}(?:\.\d{1,4}){0,3}\b[)\]]?"
    r"|[(\[](?:old|new|outdated|updated|current|draft|final|archived?|legacy|deprecated|copy)[)\]]"
    r"|(?<=.)[ –-]+(?:outdated|updated|draft|final|archived?|legacy|deprecated|copy)$",
    re.IGNORECASE,
)


def told_apart(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two paths of headings, title first, name different things.

    Parallel headings do ("Cancel on Android", "Cancel on iPhone"), and so do different words before a shared one
    ("yearly plans", "monthly plans"), a longer proper name ("Light Blue Account", "Blue Account") and different names
    before a colon ("EcoCard: payments", "Gold Card: payments").
    """
    one, other = ([_timeless(line) for line in path] for path in (one, other))
    lines = product({one[0], one[-1]} - {*other}, {other[0], other[-1]} - {*one})
    if any(_parallel(_stems(x), _stems(y)) for x, y in lines) or _two_names(one[0], other[0]):
        return True
    mine, theirs = _before(tuple(one)), _before(tuple(other))
    return any(_contrast(mine[word], theirs[word]) for word in mine.keys() & theirs.keys())


def one_subject(one: str, other: str, told: frozenset[str]) -> bool:
    """Whether two titles name no two subjects, beyond what the sentences below them tell."""
    mine, theirs = _about(_timeless(one)), _about(_timeless(other))
    return not (mine - theirs - told and theirs - mine - told)


def _timeless(line: str) -> str:
    """A heading without what says how old it is: an old rule and a new one are about the same thing."""
    return " ".join(_AGE.sub(" ", line).split()) or line


def _parallel(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two headings are alike but for some words: in the same places, or each has some of its own."""
    alike = sum(x == y for x, y in zip(one, other, strict=False))
    if len(one) == len(other) > alike and 2 * alike >= len(one):
        return True
    mine, theirs = set(one), set(other)
    shared = len(mine & theirs)
    return min(len(mine), len(theirs)) > max(2, shared) and 2 * shared >= max(len(mine), len(theirs))


def _two_names(one: str, other: str) -> bool:
    mine, theirs = (_about(title.partition(":")[0]) if ":" in title else frozenset() for title in (one, other))
    return bool(mine - theirs and theirs - mine)


def _contrast(one: Mapping[str, bool], other: Mapping[str, bool]) -> bool:
    """Whether what stands before a word differs; nothing beside something counts in proper names only."""
    if one.keys() & other.keys():
        return False
    return ("" not in one and "" not in other) or any(one.values()) or any(other.values())


@lru_cache(maxsize=4096)
def _before(lines: tuple[str, ...]) -> dict[str, dict[str, bool]]:
    """For each telling word the telling words right before it, and whether the two look like a proper name."""
    found: dict[str, dict[str, bool]] = defaultdict(dict)
    for line in lines:
        for left, right in pairwise(("", *_words(line))):
            before = parts(left.casefold())[-1:]
            for word in parts(right.casefold())[:1]:
                found[word]["".join(before)] = bool(before) and left[0].isupper() and right[0].isupper()
    return found


def _about(title: str) -> frozenset[str]:
    return frozenset(_stems(title)) - _PAPER


@lru_cache(maxsize=4096)
def _stems(line: str) -> tuple[str, ...]:
    return tuple(part for word in _words(line) for part in parts(word.casefold()))


def _words(line: str) -> list[str]:
    return _WORD.findall(Wording(line).text)
