"""`proofdesk replay`: which replies would be others, before a change is rolled out."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli_run import DeskOption, JsonOption, print_json, run_with_settings

if TYPE_CHECKING:
    from bot.settings import Settings


def replay(  # noqa: PLR0913 - Its options.
    *,
    last: Annotated[int, typer.Option(min=1, max=2_000, help="How many of the newest approved tickets.")] = 20,
    candidate: Annotated[
        Path | None,
        typer.Option("--with", help="Another desk folder: a changed copy, a checkout.", show_default=False),
    ] = None,
    document: Annotated[
        str, typer.Option(help="Of what waits for approval, count only this document as approved.")
    ] = "",
    model: Annotated[
        str, typer.Option(help="Another model: extractive, or the name of one of your OpenAI-compatible server.")
    ] = "",
    cases: Annotated[
        bool, typer.Option("--cases", help="Replay the desk's test tickets in place of approved ones.")
    ] = False,
    on: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Draft both as of this day, such as when a policy begins."),
    ] = None,
    allow: Annotated[int, typer.Option(min=0, help="So many changed replies are no failure.")] = 0,
    as_json: JsonOption = False,
    desk: DeskOption = None,
) -> None:
    """Draft old tickets as the desk does now and as it would, and show which replies change.

    Without --with the desk is compared with itself after all that is new in its documents folder was taken over and all
    that waits was approved. Nothing is saved. Exit code 1 where more replies change than --allow.
    """

    async def run(settings: "Settings") -> None:
        from bot.app import database, rehearsals
        from bot.board import title_of
        from bot.errors import UsageError
        from bot.replay import OldTicket, approved_tickets
        from bot.replay import replay as play
        from bot.terminal import console, progress
        from bot.terminal_replay import replayed_json, show_replay
        from knowledge.desk_files import load_desk
        from knowledge.drafting.ticket import Ticket
        from knowledge.evals.cases import load_cases

        files = load_desk(settings.desk)
        other = settings.model_copy(update={"desk": candidate or settings.desk, **_model(model)})
        async with database(settings) as opened:
            if cases:
                tickets = [OldTicket(case.id, Ticket.pasted(case.text)) for case in load_cases(files.cases)]
            else:
                tickets = await approved_tickets(
                    opened, settings.workspace, lambda ticket: title_of(ticket, files.team.helpdesks), last
                )
            if not tickets:
                raise UsageError("No reply was approved yet; replay the desk's test tickets with --cases.")
            begin = on.date() if on else None
            async with rehearsals(settings, opened, other, only=document, on=begin) as (before, after):
                with progress("Drafting each ticket twice") as told:
                    found = await play(tickets, before, after, told)
        if as_json:
            print_json(replayed_json(found, len(tickets)))
        else:
            show_replay(console(), found, len(tickets))
        if len(found) > allow:
            raise typer.Exit(1)

    run_with_settings(run, desk)


def _model(name: str) -> dict[str, str]:
    if name in ("", "extractive"):
        return {"model": name} if name else {}
    return {"model": "openai", "openai_model": name}
