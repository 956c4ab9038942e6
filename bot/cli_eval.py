"""`proofdesk eval`: the desk's own test tickets."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli_run import DeskOption, print_json, run_with_settings, synced_desk

if TYPE_CHECKING:
    from bot.settings import Settings

_MOST = 50


def evaluate(  # noqa: PLR0913 - A command's options, by name.
    *,
    cases: Annotated[
        Path | None,
        typer.Option("--cases", help="A folder of YAML and CSV files, or one such file; the desk's cases/ without it."),
    ] = None,
    only: Annotated[list[str] | None, typer.Option("--only", help="Only the case of this id; may be repeated.")] = None,
    tag: Annotated[list[str] | None, typer.Option("--tag", help="Only cases of this tag; may be repeated.")] = None,
    repeat: Annotated[
        int, typer.Option("--repeat", min=1, max=_MOST, help="Draft each ticket and each paraphrase so many times.")
    ] = 1,
    show_all: Annotated[
        bool, typer.Option("--all", help="Show every case in detail, not only those gone wrong.")
    ] = False,
    json_file: Annotated[
        str,
        typer.Option("--json", metavar="FILE|-", help="Write everything as JSON; - prints it in place of the table."),
    ] = "",
    html_file: Annotated[
        Path | None,
        typer.Option(
            "--html", metavar="FILE", help="Write a page to read: each draft and its proofs beside what was expected."
        ),
    ] = None,
    desk: DeskOption = None,
) -> None:
    """Draft the desk's test tickets and say how many are right.

    Each draft is asked what a reviewer asks: only approved facts? no promises?
    missing information asked? right escalations? sendable after light editing?
    The last one only where a case holds the reply that was really sent.

    How many must be right stands in desk.yaml under eval. Exit codes: 0 enough
    are right, 1 too few, 2 a file or an option cannot be used. Nothing is sent
    or saved.

      proofdesk eval --html report.html

      proofdesk eval --cases old-tickets.csv --tag refunds --repeat 5
    """

    async def run(settings: "Settings") -> None:
        from bot.evaluation import chosen, run_cases
        from bot.reports.eval_json import as_dict, as_json
        from bot.reports.eval_page import page
        from bot.reports.report_file import ReportFile
        from bot.terminal import console, progress
        from bot.terminal_eval import show_report
        from knowledge.desk_files import load_desk
        from knowledge.evals.cases import load_cases
        from knowledge.evals.names import unknown_names

        json_report = ReportFile(Path(json_file)) if json_file not in {"", "-"} else None
        html_report = ReportFile(html_file) if html_file else None
        files = load_desk(settings.desk)
        picked = chosen(load_cases(cases or files.cases), only or (), tag or ())
        for sentence in unknown_names(picked, files.playbook):
            typer.echo(f"proofdesk: {sentence}", err=True)
        async with synced_desk(settings) as opened:
            with progress("Drafting test tickets") as told:
                report = await run_cases(opened, picked, files.thresholds, told, repeat=repeat)
        if json_file == "-":
            print_json(as_dict(report))
        else:
            show_report(console(), report, everything=show_all)
        if json_report:
            json_report.write(as_json(report))
        if html_report:
            html_report.write(page(report, files.name, opened.today))
        if not report.passed:
            raise typer.Exit(1)

    run_with_settings(run, desk)
