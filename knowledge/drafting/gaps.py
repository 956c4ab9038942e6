"""Gaps: what customers asked and no approved document answered, the same questions together."""

from collections.abc import Sequence

from knowledge.drafting.asks import telling
from knowledge.drafting.frozen import Frozen

_ALIKE = 0.5
"""The share of telling words that two questions must have in common to be one gap."""


class Unanswered(Frozen):
    """A question of a ticket that was not answered."""

    question: str
    """The customer's words."""
    ticket: str
    """The ticket's id."""
    title: str = ""
    """What people call the ticket."""
    url: str = ""
    """Where an agent opens it, if it lives in a helpdesk."""


class Gap(Frozen):
    """Questions that ask for the same, the first one first."""

    questions: tuple[Unanswered, ...]

    @property
    def question(self) -> str:
        """The shortest of them, as the clearest."""
        return min((each.question for each in self.questions), key=len)

    @property
    def tickets(self) -> tuple[str, ...]:
        """The tickets behind it, each once."""
        return tuple(dict.fromkeys(each.ticket for each in self.questions))


def find_gaps(asked: Sequence[Unanswered]) -> tuple[Gap, ...]:
    """The gaps, those with the most tickets first. A question joins the group whose first question is most like it."""
    groups: list[tuple[frozenset[str], list[Unanswered]]] = []
    for each in asked:
        said = frozenset(telling(each.question))
        likeness, group = max(((_alike(said, words), group) for words, group in groups), default=(0.0, []), key=_first)
        if likeness >= _ALIKE:
            group.append(each)
        else:
            groups.append((said, [each]))
    found = [Gap(questions=tuple(group)) for _, group in groups]
    return tuple(sorted(found, key=lambda gap: -len(gap.tickets)))


def _first(pair: tuple[float, list[Unanswered]]) -> float:
    return pair[0]


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    """The telling words in common, as a share of those of the shorter question (overlap coefficient)."""
    shorter = min(len(one), len(other))
    return len(one & other) / shorter if shorter > 1 else float(one == other)
