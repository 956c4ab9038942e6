"""What people see of an evaluation in a terminal."""

from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from knowledge.drafting.guard import inert
from knowledge.evals.report import Report, Result

_MARKS = {True: ("✓", "green"), False: ("✗", "red"), None: ("-", "dim")}


def show_report(console: Console, report: Report, *, everything: bool = False) -> None:
    """Print the cases that went wrong, or all, in detail, and below them the figures."""
    for result in report.results:
        if everything or not result.right:
            _show_case(console, result)
    console.print(_figures(report))
    if report.repeated:
        console.print(_stability(report.repeated))
    missed = [
        f"{line.text} {line.percent} % are right, {line.needed} % must be." for line in report.lines if not line.met
    ]
    if missed:
        console.print(Text.assemble(report.counted, ": ", ("not enough are right.", "bold red")))
        console.print(Text("\n".join(missed)))
    else:
        console.print(Text.assemble(report.counted, ": ", ("enough are right.", "bold green")))


def _show_case(console: Console, result: Result) -> None:
    console.print(Text.assemble(_mark(right=result.right), " ", (result.case.id, "bold")))
    for question, answer in result.score.items():
        if answer.reasons or result.right:
            said = "; ".join(answer.reasons)
            line = Text.assemble(_mark(right=answer.right), f" {question.text} ", inert(said))
            console.print(Padding(line, (0, 0, 0, 2)))
    console.print(Padding(Text(inert(result.attempts[0].draft.reply), "dim"), (0, 0, 1, 4)))


def _figures(report: Report) -> Table:
    table = Table("", box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for heading in ("", "Right", "Needed"):
        table.add_column(heading, overflow="fold")
    for line in report.lines:
        share = "-" if line.percent is None else f"{line.right} of {line.scored}, {line.percent} %"
        right = line.met if line.scored else None
        table.add_row(_mark(right=right), line.text, share, f"{line.needed} %")
    return table


def _stability(repeated: Sequence[Result]) -> Text:
    unsteady = [result for result in repeated if result.unsteady]
    text = Text(f"{len(repeated) - len(unsteady)} of {len(repeated)} get the same draft each time.\n")
    for result in unsteady:
        text.append(f"~ {result.case.id}", "yellow").append(f" not the same: {', '.join(result.unsteady)}\n")
    return text


def _mark(*, right: bool | None) -> Text:
    return Text(*_MARKS[right])
