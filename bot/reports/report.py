"""Report: the figures of a period beside those of the one before, week by week, with the names of the documents."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta

from bot.catalogue import Catalogue
from bot.reports.figures import Figures, figures
from bot.reports.time_saved import TimeSaved, time_saved
from knowledge.drafting.frozen import Frozen
from knowledge.drafting.scorecard import Score
from knowledge.team import ReportRules
from storage.audit import AuditTrail
from storage.database import Database
from storage.metrics import Handled, Metrics
from storage.metrics_from_audit import handled_by_audit
from storage.warnings import Warnings

_FEWEST_WEEKS = 4
"""Weeks that are told one by one, however short the period is."""
_MOST_WEEKS = 53
_MILLION = 1_000_000


class NamedDocument(Frozen):
    """What people call a document, and whose it is."""

    title: str
    owner: str = ""


class Week(Frozen):
    """A week from Monday on, in UTC."""

    begins: date
    figures: Figures
    saved: TimeSaved | None = None


class Report(Frozen):
    """What a desk did from `since` until before `until`."""

    since: datetime
    until: datetime
    figures: Figures
    before: Figures
    """Of the period of the same length before."""
    weeks: tuple[Week, ...]
    """The weeks of the period, at least four; the last may not be over."""
    scores: tuple[Score, ...] = ()
    """Of the escalation warnings on the tickets first drafted in it, by category."""
    saved: TimeSaved | None
    cost: float | None
    """What the model cost; none where it cost nothing or no price is known."""
    currency: str
    documents: dict[str, NamedDocument]
    """By id."""

    @property
    def days(self) -> int:
        """How long it is."""
        return round((self.until - self.since).total_seconds() / 86_400)


class Reporter:
    """Makes the reports of one desk."""

    def __init__(
        self,
        database: Database,
        workspace: str,
        catalogue: Catalogue,
        rules: Callable[[], ReportRules],
        now: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._workspace = workspace
        self._catalogue = catalogue
        self._rules = rules
        self._now = now
        self._made: tuple[tuple[int, int, datetime], Report] | None = None

    async def last(self, days: int) -> Report:
        """The report of the last days. Many people ask for it, so it is made anew only after something was done."""
        now = self._now()
        async with self._database.reading() as tx:
            done = await AuditTrail(tx, self._workspace).newest()
        key = (days, done, now.replace(minute=0, second=0, microsecond=0))
        if self._made is None or self._made[0] != key:
            self._made = key, await self.since(now - timedelta(days=days))
        return self._made[1]

    async def since(self, since: datetime, until: datetime | None = None) -> Report:
        """The report from one moment until another, or until now."""
        until = until or self._now()
        before = since - (until - since)
        last_week = monday(until - timedelta(microseconds=1))
        first_week = min(monday(since), last_week - timedelta(weeks=_FEWEST_WEEKS - 1))
        first_week = max(first_week, last_week - timedelta(weeks=_MOST_WEEKS - 1))
        rules = self._rules()
        async with self._database.reading() as tx:
            handled = await Metrics(tx, self._workspace).handled(min(before, first_week), until)
            scores = await Warnings(tx, self._workspace).scorecard(since, until)

        def made(begin: datetime, end: datetime) -> list[Handled]:
            return handled[_index(handled, begin) : _index(handled, end)]

        present = made(since, until)
        present_figures = figures(present)
        weeks = []
        while first_week < until:
            of_week = made(first_week, first_week + timedelta(weeks=1))
            saved = time_saved(of_week, rules.minutes_before)
            weeks.append(Week(begins=first_week.date(), figures=figures(of_week), saved=saved))
            first_week += timedelta(weeks=1)
        return Report(
            since=since,
            until=until,
            figures=present_figures,
            before=figures(made(before, since)),
            weeks=tuple(weeks),
            scores=scores,
            saved=time_saved(present, rules.minutes_before),
            cost=_cost(present_figures, rules),
            currency=rules.currency,
            documents={
                record.id: NamedDocument(title=record.current.title, owner=record.current.owner)
                for record in await self._catalogue.list()
            },
        )

    async def handled(self, since: datetime) -> list[Handled]:
        """What happened to each draft since a moment."""
        async with self._database.reading() as tx:
            return await Metrics(tx, self._workspace).handled(since)

    async def agrees_with_audit(self, since: datetime) -> bool:
        """Whether the audit trail alone tells the same of the drafts since a moment as the tables do.

        Drafts of a release that counted no words are left out: the trail does not tell all of them.
        """
        async with self._database.reading() as tx:
            stored = await Metrics(tx, self._workspace).handled(since)
            told = await handled_by_audit(tx, self._workspace, since)
        return [each for each in stored if each.words] == [each for each in told if each.words]


def monday(at: datetime) -> datetime:
    """When the week of a moment began, in UTC."""
    day = at.astimezone(UTC).date()
    return datetime.combine(day - timedelta(days=day.weekday()), time(), UTC)


def _index(handled: Sequence[Handled], at: datetime) -> int:
    """Where the drafts from a moment on begin; they are in the order of time."""
    return bisect_left(handled, at, key=lambda each: each.created_at)


def _cost(figures: Figures, rules: ReportRules) -> float | None:
    cost = figures.prompt_tokens * rules.prompt_price + figures.completion_tokens * rules.completion_price
    return cost / _MILLION if cost else None
