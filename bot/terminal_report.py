"""A report in a terminal."""

from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.content import Section
from bot.numbers import span
from bot.reports.report import Week
from knowledge.drafting.guard import inert


def show_report(console: Console, heading: str, sections: Sequence[Section], weeks: Sequence[Week]) -> None:
    """Print a report: its sections, then a line for each week."""
    console.print(Text(heading, "bold"))
    for section in sections:
        console.print(Text(section.heading, "bold cyan"))
        for line in section.lines:
            console.print(Padding(Text(inert(line)), (0, 0, 0, 2)))
    table = Table(
        "Week of", "Tickets", "Approved", "Unchanged", "Rejected", "Errors", "Decided within", box=box.SIMPLE_HEAD
    )
    for week in weeks:
        figures = week.figures
        table.add_row(
            str(week.begins),
            str(figures.tickets),
            str(figures.approved),
            str(figures.edited.unchanged),
            str(figures.rejected),
            str(figures.factual_errors),
            span(figures.decided_within.median) if figures.decided_within else "",
        )
    console.print(table)
