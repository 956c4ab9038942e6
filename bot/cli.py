"""The command line. Thin: each command reads its arguments, calls the desk and prints."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from bot.desk import SupportDesk
    from bot.settings import Settings

app = typer.Typer(
    help="Drafts first replies to support tickets from approved documents only, and proves every sentence.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
docs = typer.Typer(help="The approved documents.", no_args_is_help=True)
app.add_typer(docs, name="docs")

DeskOption = Annotated[
    Path | None,
    typer.Option("--desk", help="The desk's folder; PROOFDESK_DESK or ./desk without it.", show_default=False),
]
PortOption = Annotated[int, typer.Option("--port", min=0, max=65_535, help="Where the page is; 0 takes any free port.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
_LONGEST_INPUT = 5_000_000
_GARBLED = 0.1
"""The share of undecodable characters from which an input is no message."""


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


@docs.command("sync")
def docs_sync(desk: DeskOption = None) -> None:
    """Take over the documents folder into the index: all of it, or nothing where a file is broken."""
    from bot.terminal import console, progress

    async def run(settings: "Settings") -> None:
        from bot.app import support_desk

        with progress("Reading documents") as told:
            async with support_desk(settings) as opened:
                synced, skipped = await opened.sync(told)
        for name in skipped:
            console().print(f"Not read: {name} (only Markdown files are documents)", markup=False)
        console().print(
            f"{len(synced.new)} new, {len(synced.changed)} changed, {len(synced.gone)} gone, "
            f"{synced.unchanged} unchanged; {synced.passages} passages.",
            markup=False,
        )

    _run(run, desk)


@docs.command("list")
def docs_list(desk: DeskOption = None, *, as_json: JsonOption = False) -> None:
    """List the documents and say which are in force today."""

    async def run(settings: "Settings") -> None:
        from bot.app import library, utc_now
        from bot.terminal import console, document_rows, show_documents

        async with library(settings) as documents:
            known = await documents.list()
        if as_json:
            _print_json(document_rows(known, utc_now().date()))
        else:
            show_documents(console(), known, utc_now().date())

    _run(run, desk)


@docs.command("show")
def docs_show(document: Annotated[str, typer.Argument(help="The document's id.")], desk: DeskOption = None) -> None:
    """Show one document: its versions, who approved them, and until when."""

    async def run(settings: "Settings") -> None:
        from bot.app import library, utc_now
        from bot.errors import UsageError
        from bot.terminal import console, show_document

        async with library(settings) as documents:
            found = await documents.get(document)
        if found is None:
            raise UsageError(f"There is no document '{document}'; `proofdesk docs list` names them all.")
        show_document(console(), found, utc_now().date())

    _run(run, desk)


@app.command()
def draft(
    text: Annotated[str, typer.Argument(help="The customer's message; - reads it from standard input.")] = "",
    *,
    file: Annotated[Path | None, typer.Option("--file", help="Read the message from a file.")] = None,
    as_json: JsonOption = False,
    desk: DeskOption = None,
) -> None:
    """Draft a reply to a customer's message, with its proofs. Nothing is sent."""
    from knowledge.drafting.ticket import Ticket

    ticket = Ticket.pasted(_message(text, file))

    async def run(settings: "Settings") -> None:
        from bot.terminal import as_dict, console, show_draft

        async with _synced_desk(settings) as opened:
            made = await opened.draft(ticket)
        if as_json:
            _print_json(as_dict(made))
        else:
            show_draft(console(), made, f"Draft reply · {ticket.subject or 'pasted message'}")

    _run(run, desk)


@app.command()
def kb(question: str, *, as_json: JsonOption = False, desk: DeskOption = None) -> None:
    """Look something up in the approved documents, with citations."""

    async def run(settings: "Settings") -> None:
        from bot.terminal import as_dict, console, show_answer

        async with _synced_desk(settings) as opened:
            found = await opened.look_up(question)
        if as_json:
            _print_json(as_dict(found))
        else:
            show_answer(console(), found, question)

    _run(run, desk)


@app.command("eval")
def evaluate(
    cases: Annotated[
        Path | None, typer.Option("--cases", help="A folder of test tickets; the desk's own without it.")
    ] = None,
    desk: DeskOption = None,
) -> None:
    """Draft every test ticket of the desk and compare with what is expected."""

    async def run(settings: "Settings") -> None:
        from bot.evaluation import run_cases
        from bot.terminal import console, progress, show_scores

        async with _synced_desk(settings) as opened:
            with progress("Drafting test tickets") as told:
                scores = await run_cases(opened, cases or settings.desk / "cases", told)
        show_scores(console(), scores)
        if any(score.problems for score in scores):
            raise typer.Exit(1)

    _run(run, desk)


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

    _run(run, desk)


@app.command()
def demo(
    *,
    port: PortOption = 8321,
    browser: Annotated[bool, typer.Option(help="Open the page in a browser, where there is one.")] = True,
) -> None:
    """Try it in a local workspace in the browser: no account, no key, no network."""

    async def run() -> None:
        from bot.demo import play

        await play(port, browser=browser, say=typer.echo)

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

    _run(run, desk)


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

    _run(run, desk)


def _print_json(value: object) -> None:
    typer.echo(json.dumps(value, indent=2, ensure_ascii=False))


def _run(command: Callable[["Settings"], Coroutine[Any, Any, None]], desk: Path | None) -> None:
    from bot.settings import Settings

    asyncio.run(command(Settings.from_environ(os.environ, desk=desk)))


@asynccontextmanager
async def _synced_desk(settings: "Settings") -> AsyncIterator["SupportDesk"]:
    """A desk whose index is as the documents folder is; where that is broken, the last good one, with a warning."""
    from bot.app import support_desk
    from bot.terminal import progress
    from knowledge.errors import DeskFileError

    async with support_desk(settings) as opened:
        if not await opened.is_current():
            try:
                with progress("Reading documents") as told:
                    await opened.sync(told)
            except DeskFileError as error:
                if not await opened.has_documents():
                    raise
                for problem in error.problems:
                    typer.echo(f"proofdesk: {problem}", err=True)
                typer.echo(
                    "proofdesk: The documents folder was not taken over; the last good state stays in force.", err=True
                )
        yield opened


def _message(text: str, file: Path | None) -> str:
    """The customer's message, from wherever it comes. Undecodable bytes become replacement characters."""
    from bot.errors import UsageError

    if bool(text) == bool(file):
        raise UsageError(
            'Give the customer\'s message as one argument, as "-" for standard input, or with --file FILE.'
        )
    if file is None and text != "-":
        return text
    try:
        raw = file.read_bytes() if file else sys.stdin.buffer.read(_LONGEST_INPUT + 1)
    except OSError as error:
        raise UsageError(f"{file} cannot be read ({error.strerror}); check the path.") from error
    if len(raw) > _LONGEST_INPUT:
        raise UsageError(f"The message has more than {_LONGEST_INPUT:,} bytes; paste the part that matters.")
    message = raw.decode("utf-8-sig", errors="replace")
    if message.count("\ufffd") > len(message) * _GARBLED:
        raise UsageError(f"{file or 'Standard input'} is not text in UTF-8; save it as UTF-8, or paste the message.")
    return message
