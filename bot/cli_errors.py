"""`proofdesk errors`: the factual errors that people reported in drafts."""

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli_run import DeskOption, JsonOption, print_json, run_with_settings

if TYPE_CHECKING:
    from bot.settings import Settings


def errors(
    *,
    every: Annotated[bool, typer.Option("--all", help="Also those that are resolved.")] = False,
    as_json: JsonOption = False,
    desk: DeskOption = None,
) -> None:
    """List the sentences that people reported as wrong, and the passages behind them, oldest first."""

    async def run(settings: "Settings") -> None:
        from bot.app import records, utc_now
        from bot.terminal import console
        from bot.terminal_errors import error_rows, show_errors

        async with records(settings) as remembered:
            found = await remembered.errors(every=every)
        rows = error_rows(found, utc_now())
        if as_json:
            print_json(rows)
        else:
            show_errors(console(), rows, every=every)

    run_with_settings(run, desk)
