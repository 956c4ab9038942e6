"""Grounding: which of a model's statements are proven by words that really stand in an approved passage.

A statement stands when one whole sentence of a supplied passage, found by code, says all of it and no more: the same
hard facts, the same limits, the same content words in the same order of things, and about the same plan or period.
Nothing here understands language. It is strict on purpose; where a quote is real but a sentence strays from it, the
approved sentence itself takes its place.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from knowledge.drafting.answer import ModelStatement
from knowledge.drafting.draft import Citation, Removed, Statement
from knowledge.drafting.evidence import Evidence, gather
from knowledge.drafting.fidelity import out_of_scope, overlap, same, strays
from knowledge.drafting.passage import Passage
from knowledge.drafting.playbook import Playbook
from knowledge.drafting.sentences import sentences
from knowledge.drafting.wording import Wording

_TO_REPLACE = 2
"""Words a sentence must share with its evidence before the approved words may stand in its place."""


class Grounded(NamedTuple):
    """What is left of an answer after the check."""

    statements: tuple[Statement, ...]
    removed: tuple[Removed, ...]


def check(
    proposed: Iterable[ModelStatement], passages: Mapping[str, Passage], ticket: str, playbook: Playbook
) -> Grounded:
    """Check each statement against its quotes. `ticket` is the customer's text, which proves nothing."""
    standing: list[Statement] = []
    removed: list[Removed] = []
    for statement in proposed:
        found, reason = gather(statement, passages)
        if not found:
            removed.append(Removed(text=statement.text, reason=reason))
            continue
        for sentence in _split(statement.text, found):
            kept, fall = _prove(sentence, found, ticket, playbook)
            if kept:
                standing.append(kept)
            if fall:
                removed.append(fall)
    return Grounded(_distinct(standing), tuple(removed))


def _split(text: str, found: list[Evidence]) -> list[str]:
    """The sentences of a statement; a list stays whole where it is quoted whole."""
    if any(same(text, evidence.text) for evidence in found):
        return [text]
    return [text[s.start : s.end] for s in sentences(text)]


def _prove(
    text: str, found: list[Evidence], ticket: str, playbook: Playbook
) -> tuple[Statement | None, Removed | None]:
    """The statement that may be made, and what is left out: nothing, the sentence, or its wording alone."""
    reasons: list[tuple[bool, int, str, Evidence]] = []
    for evidence in found:
        off_scope = out_of_scope(text, evidence, ticket, playbook)
        if off_scope is None and same(text, evidence.text):
            return evidence.whole().statement(), None
        reason = off_scope or strays(text, evidence, playbook)
        if reason is None:
            return evidence.statement(Wording(text).text.strip()), None
        reasons.append((off_scope is None, overlap(text, evidence), reason, evidence))
    on_scope, shared, reason, evidence = max(reasons, key=lambda each: each[:2])
    approved = evidence.whole()
    barred = out_of_scope(approved.text, approved, ticket, playbook)
    if barred or not on_scope or shared < _TO_REPLACE:
        return None, Removed(text=text, reason=barred or reason)
    return approved.statement(), Removed(text=text, reason=f"{reason}; the approved words stand in its place")


def _distinct(statements: list[Statement]) -> tuple[Statement, ...]:
    """Each statement once, and none that another says as part of a longer stretch of the same passage."""
    once = tuple({statement.text.casefold(): statement for statement in reversed(statements)}.values())[::-1]
    return tuple(one for one in once if not any(_within(one.citations[0], other.citations[0]) for other in once))


def _within(one: Citation, other: Citation) -> bool:
    same = (one.document, one.version) == (other.document, other.version)
    return same and other.start <= one.start and one.end <= other.end and one.end - one.start < other.end - other.start
