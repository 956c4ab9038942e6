"""WeekCharts: a report's weeks as two charts."""

from bot.content import Picture
from bot.reports.charts import Chart, Series, description, png
from bot.reports.report import Report, Week


def week_pictures(report: Report) -> tuple[Picture, ...]:
    """What became of the drafts each week, and how right they were. It takes a second or two."""
    return tuple(
        Picture(name=f"{name}.png", alt=description(chart), png=png(chart))
        for name, chart in (("what-became-of-drafts", _became(report)), ("how-right-they-were", _right(report)))
    )


def _became(report: Report) -> Chart:
    def row(name: str, *counts: int) -> Series:
        return Series(name=name, values=counts)

    weeks = [week.figures for week in report.weeks]
    return Chart(
        title="What became of the drafts, by week",
        labels=_labels(report.weeks),
        series=(
            row("Approved unchanged", *(each.edited.unchanged for each in weeks)),
            row("Approved after edits", *(each.approved - each.edited.unchanged for each in weeks)),
            row("Rejected", *(each.rejected for each in weeks)),
            row("Escalated", *(each.escalated for each in weeks)),
        ),
    )


def _right(report: Report) -> Chart:
    weeks = [week.figures for week in report.weeks]
    return Chart(
        title="How right they were, of a hundred, by week",
        labels=_labels(report.weeks),
        series=(
            Series(name="Words changed by agents", values=tuple(_percent(each.edited.share) for each in weeks)),
            Series(
                name="Tickets not verified",
                values=tuple(
                    _percent(each.unverified / each.first_drafted if each.first_drafted else None) for each in weeks
                ),
            ),
            Series(
                name="Factual errors",
                values=tuple(_rounded(each.errors_per_hundred) for each in weeks),
            ),
        ),
        stacked=False,
    )


def _labels(weeks: tuple[Week, ...]) -> tuple[str, ...]:
    return tuple(f"{week.begins.day} {week.begins:%b}" for week in weeks)


def _percent(share: float | None) -> float | None:
    return _rounded(None if share is None else 100 * share)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)
