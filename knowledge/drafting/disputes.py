"""Disputes: what may not be said because approved documents disagree about it."""

from collections.abc import Sequence
from typing import NamedTuple

from knowledge.drafting.conflict import Conflict, Side
from knowledge.drafting.conflicts import find_conflicts
from knowledge.drafting.draft import Citation, Removed, Statement
from knowledge.drafting.passage import Passage
from knowledge.drafting.playbook import Playbook

_DISPUTED = "is disputed: two approved documents disagree about it, so neither is quoted"


class Settled(NamedTuple):
    """What may be said, what may not, and why."""

    statements: tuple[Statement, ...]
    removed: tuple[Removed, ...]
    conflicts: tuple[Conflict, ...]
    """Those that one of the statements rests on."""


def settled(statements: Sequence[Statement], passages: Sequence[Passage], playbook: Playbook) -> Settled:
    """The statements that rest on nothing that another approved document contradicts."""
    starts = {passage.id: passage.start for passage in passages}
    touched: dict[Conflict, None] = {}
    kept: list[Statement] = []
    removed: list[Removed] = []
    conflicts = find_conflicts(passages, playbook) if statements else ()
    for statement in statements:
        against = [
            conflict
            for conflict in conflicts
            if any(_rests_on(each, side, starts) for each in statement.citations for side in conflict.sides)
        ]
        touched |= dict.fromkeys(against)
        if against:
            removed.append(Removed(text=statement.text, reason=_DISPUTED))
        else:
            kept.append(statement)
    return Settled(tuple(kept), tuple(removed), tuple(touched))


def _rests_on(citation: Citation, side: Side, starts: dict[str, int]) -> bool:
    start, end = starts[side.passage] + side.start, starts[side.passage] + side.end
    same = (citation.document, citation.version) == (side.document, side.version)
    return same and citation.start < end and start < citation.end
