"""Scorecard: whether escalation warnings were right, which were missing, and what that says of each rule."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from knowledge.drafting.frozen import Frozen

UNKNOWN_KIND = "unknown_kind"
"""The category of what was missed where nobody says of which kind it was."""
ANOTHER_KIND = "another_kind"
"""The category of what was missed where the playbook has no rule for its kind."""


class WarningVerdict(StrEnum):
    """What people say of a warning."""

    OPEN = "open"
    """Nobody says anything, or whoever did took it back."""
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    MISSED = "missed"
    """It was needed, and the desk did not raise it."""


class Judgement(Frozen):
    """What a person says of the warning of a category on a ticket."""

    category: str
    verdict: WarningVerdict
    draft: str
    """The draft that the person saw."""
    person: str
    at: datetime
    pressed: bool = True
    """Said of the warning itself; false where it follows from an escalation."""


class Escalated(NamedTuple):
    """A person's escalation of a draft that stands: who, and when."""

    person: str
    at: datetime


class WarnedDraft(NamedTuple):
    """The warnings of one draft of a ticket; there may be none."""

    id: str
    categories: frozenset[str]
    escalated: Escalated | None = None


class WarnedTicket(NamedTuple):
    """All that counts of one ticket."""

    drafts: Sequence[WarnedDraft]
    """Oldest first; those without a warning and without an escalation may be left out."""
    said: Sequence[Judgement]
    """What people said, first to last."""

    def judgements(self) -> dict[str, Judgement]:
        """What counts in the end, one judgement for each category.

        The last press counts. Where nobody pressed, a standing escalation confirms the warnings of its draft; one of a
        draft without a warning is a miss, of the kind that was said last or else of an unknown one. Approving or
        rejecting says nothing of a warning.
        """
        counted: dict[str, Judgement] = {}
        for draft in self.drafts:
            if draft.escalated:
                counted |= {name: _follows(draft.escalated, draft.id, name) for name in draft.categories}
        counted |= {each.category: each for each in self._missed()}
        pressed = {each.category: each for each in self.said if each.verdict is not WarningVerdict.MISSED}
        return counted | {name: each for name, each in pressed.items() if each.verdict is not WarningVerdict.OPEN}

    def _missed(self) -> list[Judgement]:
        kinds = {each.draft: each for each in self.said if each.verdict is WarningVerdict.MISSED}
        unwarned = [(each.id, each.escalated) for each in self.drafts if each.escalated and not each.categories]
        told = [kinds[draft] for draft, _ in unwarned if draft in kinds]
        unknown = [_follows(by, draft, UNKNOWN_KIND, WarningVerdict.MISSED) for draft, by in unwarned[-1:]]
        return told or unknown


class Score(Frozen):
    """How the warnings of one category did; each ticket counts once, however many drafts it has."""

    category: str
    raised: int = 0
    confirmed: int = 0
    dismissed: int = 0
    missed: int = 0

    @property
    def open(self) -> int:
        """Raised, and nobody has said whether rightly."""
        return self.raised - self.confirmed - self.dismissed

    @property
    def is_judged(self) -> bool:
        """Whether anybody said anything."""
        return bool(self.confirmed or self.dismissed or self.missed)

    @property
    def precision(self) -> float | None:
        """How many of the judged warnings were right: confirmed / (confirmed + dismissed); none where that is 0 / 0."""
        return _share(self.confirmed, self.dismissed)

    @property
    def recall(self) -> float | None:
        """How many of those needed were raised: confirmed / (confirmed + missed); none where that is 0 / 0.

        The open ones are in neither formula, and a miss that nobody escalated is not known: it is an upper bound.
        """
        return _share(self.confirmed, self.missed)


def scorecard(tickets: Iterable[WarnedTicket]) -> tuple[Score, ...]:
    """A score for each category that was raised or missed, by name."""
    raised: Counter[str] = Counter()
    judged: Counter[tuple[str, WarningVerdict]] = Counter()
    for ticket in tickets:
        raised.update(frozenset[str]().union(*(draft.categories for draft in ticket.drafts)))
        judged.update((name, each.verdict) for name, each in ticket.judgements().items())
    return tuple(
        Score(
            category=name,
            raised=raised[name],
            confirmed=judged[name, WarningVerdict.CONFIRMED],
            dismissed=judged[name, WarningVerdict.DISMISSED],
            missed=judged[name, WarningVerdict.MISSED],
        )
        for name in sorted({*raised, *(name for name, _ in judged)})
    )


def likeliest(categories: Iterable[str], scores: Iterable[Score]) -> list[str]:
    """Which kinds a ticket without a warning may be: those missed most first, then those raised most, then as given."""
    known = {score.category: (-score.missed, -score.raised) for score in scores}
    return sorted(categories, key=lambda category: known.get(category, (0, 0)))


def _follows(
    escalated: Escalated, draft: str, category: str, verdict: WarningVerdict = WarningVerdict.CONFIRMED
) -> Judgement:
    return Judgement(
        category=category, verdict=verdict, draft=draft, person=escalated.person, at=escalated.at, pressed=False
    )


def _share(right: int, others: int) -> float | None:
    return right / (right + others) if right + others else None
