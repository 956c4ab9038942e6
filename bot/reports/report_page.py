"""The report of a period as one page: no script, nothing from elsewhere."""

from bot.numbers import span
from bot.reports.report import Report
from bot.reports.sections import sections
from bot.reports.template import template
from bot.reports.wording import named


def page(report: Report) -> str:
    """The page as HTML."""
    most = max((week.figures.tickets for week in report.weeks), default=0)
    return template("report_page.html").render(
        report=report, sections=sections(report), most=most or 1, span=span, named=named
    )
