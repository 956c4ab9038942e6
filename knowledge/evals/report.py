"""The report of an evaluation: each test ticket with its drafts and score, and whether that is enough."""

from collections.abc import Sequence
from typing import NamedTuple

from knowledge.evals.case import Case
from knowledge.evals.scoring import Attempt, Question, Score, is_right
from knowledge.evals.stability import unsteady
from knowledge.evals.thresholds import Thresholds

OVERALL = "overall"


class Result(NamedTuple):
    """A case, its drafts and what is right about them."""

    case: Case
    attempts: tuple[Attempt, ...]
    """The first is the ticket's own."""
    score: Score

    @property
    def right(self) -> bool:
        """Whether nothing is wrong about any of its drafts."""
        return is_right(self.score)

    @property
    def unsteady(self) -> tuple[str, ...]:
        """What is not the same in all of its drafts."""
        return unsteady(self.attempts)

    @property
    def problems(self) -> tuple[str, ...]:
        """Everything that is wrong."""
        return tuple(reason for answer in self.score.values() for reason in answer.reasons)


class Line(NamedTuple):
    """How many cases are right in one respect, of how many that could be scored, and how many percent must be."""

    name: str
    text: str
    right: int
    scored: int
    needed: int

    @property
    def percent(self) -> int | None:
        """Whole percent that are right, rounded down; none where nothing was scored."""
        return 100 * self.right // self.scored if self.scored else None

    @property
    def met(self) -> bool:
        """Whether that is enough. Nothing scored is nothing wrong."""
        return self.percent is None or self.percent >= self.needed


class Report(NamedTuple):
    """All results, in the order of the cases."""

    results: tuple[Result, ...]
    thresholds: Thresholds

    @property
    def lines(self) -> tuple[Line, ...]:
        """A line for each question, and one over all of them."""
        needed = self.thresholds.model_dump()
        rows = [_line(q, q.text, [each.score[q].right for each in self.results], needed[q]) for q in Question]
        overall = _line(OVERALL, "All of these?", [each.right for each in self.results], needed[OVERALL])
        return (*rows, overall)

    @property
    def passed(self) -> bool:
        """Whether every threshold is met."""
        return all(line.met for line in self.lines)

    @property
    def drafts(self) -> int:
        """How many drafts were made."""
        return sum(len(each.attempts) for each in self.results)

    @property
    def counted(self) -> str:
        """How many test tickets and drafts, in words."""
        parts = [f"{len(self.results)} test ticket{'' if len(self.results) == 1 else 's'}"]
        if synthetic := sum(each.case.synthetic for each in self.results):
            parts.append(f"{synthetic} of them synthetic")
        if self.drafts != len(self.results):
            parts.append(f"{self.drafts} drafts")
        return ", ".join(parts)

    @property
    def repeated(self) -> tuple[Result, ...]:
        """The results of more than one draft, which can be stable or not."""
        return tuple(each for each in self.results if len(each.attempts) > 1)


def _line(name: str, text: str, answers: Sequence[bool | None], needed: int) -> Line:
    scored = [answer for answer in answers if answer is not None]
    return Line(name, text, sum(scored), len(scored), needed)
