"""Page: a report as one HTML page that needs nothing else: no script, no picture, no other address."""

from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.reports.report import Report
from bot.reports.sections import sections
from bot.reports.wording import named, span


def page(report: Report) -> str:
    """The page. Whatever a document is called, it is text there."""
    environment = Environment(
        loader=PackageLoader("bot.reports", "."), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    most = max((week.figures.tickets for week in report.weeks), default=0)
    return environment.get_template("report.html").render(
        report=report, sections=sections(report), most=most or 1, span=span, named=named
    )
