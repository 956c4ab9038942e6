"""Status: what the desk says about itself: on or off, what waits, and a week's figures."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from bot.parts import Parts
from knowledge.drafting.review import Kind
from knowledge.drafting.scorecard import Score
from storage.posts import Posts
from storage.statistics import Statistics
from storage.switch import Switch
from storage.warnings import Warnings

_WEEK = timedelta(days=7)


class Status:
    """Sentences about the desk of one workspace."""

    def __init__(self, parts: Parts, problems: Callable[[], Sequence[str]]) -> None:
        """`problems` are those of the desk's files and documents; the last good ones are in force."""
        self._parts = parts
        self._problems = problems

    async def now(self) -> str:
        """Where the desk stands."""
        self._parts.team()  # Reads what changed in the desk's files, so that their problems are the present ones.
        async with self._parts.database.reading() as tx:
            switch = await Switch(tx, self._parts.workspace).state()
            uncertain = len(await Posts(tx, self._parts.workspace).uncertain_ones())
        waiting = len(await self._parts.board.waiting(limit=100))
        lines = [
            f"Proofdesk is {'on' if switch.on else 'off'}.",
            f"{await self._parts.desk.library.catalogue.count_in_force()} approved documents are in force today.",
            f"{_count(waiting, 'draft')} wait{'s' if waiting == 1 else ''} for a decision.",
        ]
        if uncertain:
            lines.append(f"{_count(uncertain, 'card')} could not be confirmed by Slack; look into the threads.")
        problems = self._problems()
        if problems:
            lines.append(f"{_count(len(problems), 'problem')} in the desk's files; the last good ones are in force:")
            lines += problems[:5]
        return "\n".join(lines)

    async def figures(self) -> str:
        """The last seven days in numbers."""
        async with self._parts.database.reading() as tx:
            since = self._parts.now() - _WEEK
            counts = await Statistics(tx, self._parts.workspace).since(since)
            scores = await Warnings(tx, self._parts.workspace).scorecard(since)
        lines = [
            "The last 7 days:",
            f"{_count(counts.drafts, 'draft')}: {counts.approved} approved, {counts.rejected} rejected.",
            f"{counts.escalated} escalated by a person.",
            f"{counts.unverified} could not be verified from the approved documents.",
        ]
        if counts.median_seconds is not None:
            lines.append(f"Half of the decisions came within {_span(counts.median_seconds)}.")
        for reason, number in sorted(counts.reasons.items()):
            lines.append(f"Rejected for {reason.replace('_', ' ')}: {number}.")
        lines += [_scored(score) for score in scores if score.is_judged]
        return "\n".join(lines)

    async def refusal(self, person: str) -> str:
        """Why nothing is looked up for a person, or empty."""
        if not await self.is_on():
            return "Proofdesk is switched off; `/desk on` switches it on."
        kind = await self._parts.people.kind(person)
        return "" if kind is Kind.MEMBER else "I look things up for full members of this workspace only."

    async def is_on(self) -> bool:
        """Whether the desk drafts."""
        async with self._parts.database.reading() as tx:
            return (await Switch(tx, self._parts.workspace).state()).on


def _scored(score: Score) -> str:
    """How the warnings of a category did, on one line."""
    counted = f"{score.raised} raised, {score.confirmed} right, {score.dismissed} not needed, {score.missed} missed"
    shares = (("precision", score.precision), ("recall", score.recall))
    known = ", ".join(f"{name} {share:.0%}" for name, share in shares if share is not None)
    return f"Warnings of {score.category.replace('_', ' ')}: {counted}; {known}."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _span(seconds: float) -> str:
    return f"{round(seconds)} s" if seconds < 90 else f"{round(seconds / 60)} min"
