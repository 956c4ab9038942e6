"""History: what people asked for and what they saw, compared at the end."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple


class Verdict(NamedTuple):
    """What is wrong; all empty where nothing is."""

    lost: tuple[str, ...]
    """Asked for, and neither answered nor explained."""
    duplicated: tuple[str, ...]
    """Answered more than once."""
    unexpected: tuple[str, ...]
    """Answered, though nobody asked."""


@dataclass
class History:
    """The messages that ask for an answer, the answers that all can see, and those who were told why there is none."""

    triggers: list[str] = field(default_factory=list)
    answers: Counter[str] = field(default_factory=Counter)
    told: set[str] = field(default_factory=set)

    def asked(self, trigger: str) -> None:
        """Somebody asked."""
        self.triggers.append(trigger)

    def answered(self, trigger: str, times: int = 1) -> None:
        """An answer to it is visible so many times."""
        self.answers[trigger] += times

    def explained(self, triggers: Iterable[str]) -> None:
        """The person was told what became of it, or asked what to do."""
        self.told.update(triggers)

    def check(self) -> Verdict:
        """Every trigger has exactly one answer, or its person was told."""
        asked = set(self.triggers)
        return Verdict(
            lost=tuple(each for each in self.triggers if not self.answers[each] and each not in self.told),
            duplicated=tuple(each for each, times in self.answers.items() if times > 1),
            unexpected=tuple(each for each, times in self.answers.items() if times and each not in asked),
        )
