"""`proofdesk report`: what the desk did, in figures."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli_run import DeskOption, JsonOption, print_json, run_with_settings

if TYPE_CHECKING:
    from bot.settings import Settings

_LONGEST = 3_650
"""Days."""
_SAME = "The audit log tells the same."
_DIFFERENT = (
    "proofdesk: The audit log tells otherwise than the tables. Keep a copy of the database, run `proofdesk doctor`, "
    "and find out who changed it."
)


def report(  # noqa: PLR0913 - Its options.
    *,
    days: Annotated[int, typer.Option(min=1, max=_LONGEST, help="How many days back.")] = 7,
    since: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="From this day on (UTC), in place of --days.", show_default=False),
    ] = None,
    html: Annotated[
        Path | None, typer.Option(dir_okay=False, help="Write it as one page that needs nothing else.")
    ] = None,
    csv: Annotated[
        Path | None, typer.Option(dir_okay=False, help="Write a line a draft: times, counts and names, no words.")
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Compute everything from the audit log alone as well, and compare.")
    ] = False,
    as_json: JsonOption = False,
    desk: DeskOption = None,
) -> None:
    """Say what the desk did: how fast, how right, what people changed, what to mend next."""

    async def run(settings: "Settings") -> None:
        from datetime import UTC, timedelta

        from bot.app import reporter, utc_now
        from bot.errors import UsageError
        from bot.reports.csv_rows import csv_of
        from bot.reports.report_file import ReportFile
        from bot.reports.report_page import page
        from bot.reports.sections import sections
        from bot.terminal import console
        from bot.terminal_report import show_report

        rows, document = (ReportFile(file) if file else None for file in (csv, html))
        begin = since.replace(tzinfo=UTC) if since else utc_now() - timedelta(days=days)
        if begin < utc_now() - timedelta(days=_LONGEST):
            raise UsageError(f"{begin:%Y-%m-%d} is more than ten years ago; name a later day with --since.")
        if begin >= utc_now():
            raise UsageError(f"{begin:%Y-%m-%d} is not over yet; name a day before today with --since.")
        async with reporter(settings) as known:
            made = await known.since(begin)
            if rows:
                rows.write(csv_of(await known.handled(begin)))
            agrees = not check or await known.agrees_with_audit(begin)
        if document:
            document.write(page(made))
        if as_json:
            print_json(made.model_dump(mode="json"))
        else:
            show_report(console(), f"{made.since:%Y-%m-%d} to {made.until:%Y-%m-%d}", sections(made), made.weeks)
        if check:
            typer.echo(_SAME if agrees else _DIFFERENT, err=True)
        if not agrees:
            raise typer.Exit(1)

    run_with_settings(run, desk)
