"""The command line. Thin: each command reads its arguments, calls the desk and prints."""

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli_cases import cases, redteam
from bot.cli_docs import docs
from bot.cli_errors import errors
from bot.cli_eval import evaluate
from bot.cli_replay import replay
from bot.cli_report import report
from bot.cli_run import DeskOption, JsonOption, PortOption, message_of, print_json, run_with_settings, synced_desk
from bot.cli_ticket import tickets

if TYPE_CHECKING:
    from bot.settings import Settings

app = typer.Typer(
    help="Drafts first replies to support tickets from approved documents only, and proves every sentence.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(docs, name="docs")
app.add_typer(tickets, name="ticket")
app.command("errors")(errors)
app.command("report")(report)
app.command("replay")(replay)
app.command("eval")(evaluate)
app.add_typer(cases, name="cases")
app.command("redteam")(redteam)


def main() -> None:
    """Run a command. Errors become one sentence and an exit code; never a stack trace."""
    try:
        app()
    except Exception as error:  # noqa: BLE001 - The last door: whatever happened, a person gets a sentence.
        sys.exit(_report(error))


def _report(error: Exception) -> int:
    from bot.errors import explain

    sentence, code = explain(error)
    for line in sentence.splitlines():
        print(f"proofdesk: {line}", file=sys.stderr)  # noqa: T201 - Plain text, whatever it holds.
    return code


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(help="The folder to make.")] = Path("desk"),
    *,
    sample: Annotated[
        bool, typer.Option("--sample", help="Take the whole sample desk, documents and tickets.")
    ] = False,
) -> None:
    """Make a desk's folder: its rules, a place for documents, a first test ticket."""
    from bot.starter import make_desk

    make_desk(folder, sample=sample)
    typer.echo(f"{folder} is ready. Put approved documents into {folder / 'documents'}, then:")
    typer.echo(f'  proofdesk draft --desk {folder} "How do I reset my password?"')


@app.command()
def draft(
    text: Annotated[str, typer.Argument(help="The customer's message; - reads it from standard input.")] = "",
    *,
    file: Annotated[Path | None, typer.Option("--file", help="Read the message from a file.")] = None,
    link: Annotated[str, typer.Option("--ticket", help="Read the ticket at this link in your helpdesk.")] = "",
    as_json: JsonOption = False,
    desk: DeskOption = None,
) -> None:
    """Draft a reply to a customer's message, with its proofs. Nothing is sent."""
    from bot.errors import UsageError
    from knowledge.drafting.ticket import Ticket

    if link and (text or file):
        raise UsageError("Give a ticket's link or the customer's message, not both.")
    pasted = None if link else Ticket.pasted(message_of(text, file))

    async def run(settings: "Settings") -> None:
        from bot.terminal import as_dict, console, show_draft
        from knowledge.desk_files import load_desk
        from knowledge.helpdesks import label

        async with synced_desk(settings) as opened:
            ticket = pasted or opened.linked(link)
            made = await opened.draft(ticket)
        if as_json:
            print_json(as_dict(made))
        else:
            named = label(load_desk(settings.desk).team.helpdesks, ticket.ref) if ticket.ref else ticket.subject
            show_draft(console(), made, f"Draft reply · {named or 'pasted message'}")

    run_with_settings(run, desk)


@app.command()
def kb(question: str, *, as_json: JsonOption = False, desk: DeskOption = None) -> None:
    """Look something up in the approved documents, with citations."""

    async def run(settings: "Settings") -> None:
        from bot.terminal import as_dict, console, show_answer

        async with synced_desk(settings) as opened:
            found = await opened.look_up(question)
        if as_json:
            print_json(as_dict(found))
        else:
            show_answer(console(), found, question)

    run_with_settings(run, desk)


@app.command()
def serve(
    *,
    http: Annotated[
        bool, typer.Option("--http", help="Take signed HTTP deliveries at HOST:PORT instead of Socket Mode.")
    ] = False,
    desk: DeskOption = None,
) -> None:
    """Connect to Slack and work until stopped. Needs SLACK_BOT_TOKEN and SLACK_APP_TOKEN."""

    async def run(settings: "Settings") -> None:
        from bot.logs import set_up
        from bot.serve import serve as serve_until_stopped

        set_up(settings.log_level, secrets=[settings.slack_signing_secret.get_secret_value()])
        await serve_until_stopped(settings, http=http, ready=typer.echo)

    run_with_settings(run, desk)


@app.command()
def demo(
    *,
    port: PortOption = 8321,
    browser: Annotated[bool, typer.Option(help="Open the page in a browser, where there is one.")] = True,
    weeks: Annotated[
        int, typer.Option(min=0, max=12, help="Play so many weeks of work first, so that there is a report to read.")
    ] = 0,
) -> None:
    """Try it in a local workspace in the browser: no account, no key, no network."""

    async def run() -> None:
        from bot.demo import play

        await play(port, browser=browser, say=typer.echo, weeks=weeks)

    asyncio.run(run())


@app.command()
def workspace(*, port: PortOption = 8321) -> None:
    """Open the local workspace alone, and print the settings for a bot that is started elsewhere."""

    async def run() -> None:
        from bot.demo import keep_open

        await keep_open(port, say=typer.echo)

    asyncio.run(run())


@app.command()
def migrate(desk: DeskOption = None) -> None:
    """Bring the database's schema up to date. Safe to run again."""

    async def run(settings: "Settings") -> None:
        from storage.database import Database

        database = Database(settings.database)
        try:
            await database.migrate()
        finally:
            await database.close()
        typer.echo("The database is up to date.")

    run_with_settings(run, desk)


@app.command()
def doctor(desk: DeskOption = None) -> None:
    """Say what is set up, what is missing, and what to do next."""

    async def run(settings: "Settings") -> None:
        from bot.doctor import examine
        from bot.errors import BAD_INPUT
        from bot.terminal import console, show_checks

        checks = await examine(settings)
        show_checks(console(), checks)
        if not all(check.ok for check in checks):
            raise typer.Exit(BAD_INPUT)

    run_with_settings(run, desk)
