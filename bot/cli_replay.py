"""`proofdesk replay`: which replies would be others, before a change is rolled out."""

import json
import os
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli_run import DeskOption, print_json, run_with_settings

if TYPE_CHECKING:
    from bot.settings import Settings


class Against(StrEnum):
    """What the replies are compared with."""

    NOW = "now"
    APPROVED = "approved"


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
    against: Annotated[
        Against,
        typer.Option(help="What to compare with: what the desk drafts now, or the replies as they were approved."),
    ] = Against.NOW,
    cases: Annotated[
        bool, typer.Option("--cases", help="Replay the desk's test tickets in place of approved ones.")
    ] = False,
    on: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Draft both as of this day, such as when a policy begins."),
    ] = None,
    allow: Annotated[int, typer.Option(min=0, help="So many changed replies are no failure.")] = 0,
    json_file: Annotated[
        str,
        typer.Option("--json", metavar="FILE|-", help="Write everything as JSON; - prints it in place of the list."),
    ] = "",
    desk: DeskOption = None,
) -> None:
    """Draft old tickets as the desk does now and as it would, and show which replies change.

    Without --with the desk is compared with itself after all that is new in its
    documents folder was taken over and all that waits was approved.

    With --against approved the replies are compared as they were approved: what
    would be said no more. That is with the desk as it is now, unless --with,
    --document or --model names another.

    Exit codes: 0 no more replies change than --allow, 1 more do, 2 a file or an
    option cannot be used. Nothing is sent or saved.

      proofdesk replay --with changed-copy

      proofdesk replay --cases --with changed-copy --json replay.json
    """

    async def run(settings: "Settings") -> None:
        from contextlib import AsyncExitStack

        from bot.app import database, rehearsals
        from bot.board import title_of
        from bot.errors import UsageError
        from bot.replay import OldTicket, approved_tickets
        from bot.replay import replay as play
        from bot.reports.report_file import ReportFile
        from bot.settings import Settings
        from bot.terminal import console, progress
        from bot.terminal_replay import replayed_json, show_replay
        from knowledge.desk_files import load_desk
        from knowledge.drafting.ticket import Ticket
        from knowledge.evals.cases import load_cases

        if cases and against is Against.APPROVED:
            raise UsageError("Nobody approved a reply to a test ticket; leave out --cases or --against.")
        report = ReportFile(Path(json_file)) if json_file not in {"", "-"} else None
        files = load_desk(settings.desk)
        other = Settings.from_environ({**os.environ, **_model(model)}, desk=candidate or settings.desk)
        as_it_is = against is Against.APPROVED and not (candidate or document or model)
        async with AsyncExitStack() as stack:
            opened = await stack.enter_async_context(database(settings))
            if cases:
                tickets = [OldTicket(case.id, Ticket.pasted(case.text)) for case in load_cases(files.cases)]
            else:
                tickets = await approved_tickets(
                    opened,
                    settings.workspace,
                    lambda ticket: title_of(ticket, files.team.helpdesks),
                    last,
                    replies=against is Against.APPROVED,
                )
            if not tickets:
                raise UsageError("No reply was approved yet; replay the desk's test tickets with --cases.")
            begin = on.date() if on else None
            with progress("Reading documents") as told:
                before, after = await stack.enter_async_context(
                    rehearsals(settings, opened, other, only=document, on=begin, progress=told)
                )
            with progress("Drafting old tickets") as told:
                found = await play(tickets, before, before if as_it_is else after, told)
        told_all = replayed_json(found, len(tickets))
        if json_file == "-":
            print_json(told_all)
        else:
            show_replay(console(), found, len(tickets))
        if report:
            report.write(json.dumps(told_all, indent=2, ensure_ascii=False) + "\n")
        if len(found) > allow:
            raise typer.Exit(1)

    run_with_settings(run, desk)


def _model(name: str) -> dict[str, str]:
    """The environment's variables that name a model; they are checked with the others."""
    if name in ("", "extractive"):
        return {"PROOFDESK_MODEL": name} if name else {}
    return {"PROOFDESK_MODEL": "openai", "OPENAI_MODEL": name}
