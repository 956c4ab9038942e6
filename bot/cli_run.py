"""What every command of the command line is run with: its options, the settings, a desk, the customer's message."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from bot.desk import SupportDesk
    from bot.settings import Settings

DeskOption = Annotated[
    Path | None,
    typer.Option("--desk", help="The desk's folder; PROOFDESK_DESK or ./desk without it.", show_default=False),
]
PortOption = Annotated[int, typer.Option("--port", min=0, max=65_535, help="Where the page is; 0 takes any free port.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
_LONGEST_INPUT = 5_000_000
_GARBLED = 0.1
"""The share of undecodable characters from which an input is no message."""


def print_json(value: object) -> None:
    """Print a value as JSON."""
    typer.echo(json.dumps(value, indent=2, ensure_ascii=False))


def run_with_settings(command: Callable[["Settings"], Coroutine[Any, Any, None]], desk: Path | None) -> None:
    """Run a command with the settings of the environment."""
    from bot.settings import Settings

    asyncio.run(command(Settings.from_environ(os.environ, desk=desk)))


@asynccontextmanager
async def synced_desk(settings: "Settings") -> AsyncIterator["SupportDesk"]:
    """A desk whose index is as the documents folder is; what is broken there is told, and stays as it was."""
    from bot.app import support_desk
    from bot.terminal import progress
    from knowledge.errors import DeskFileError

    async with support_desk(settings) as opened:
        if not await opened.library.is_current():
            try:
                with progress("Reading documents") as told:
                    problems = (await opened.library.sync(told)).problems
            except DeskFileError as error:
                if await opened.library.catalogue.is_empty():
                    raise
                problems = error.problems
            tell_problems(problems)
        elif late := await opened.library.clock_problem():
            typer.echo(f"proofdesk: {late}", err=True)
        yield opened


def tell_problems(problems: Sequence[str]) -> None:
    """Say what is wrong with documents, and what answers meanwhile."""
    for problem in problems:
        typer.echo(f"proofdesk: {problem}", err=True)
    if problems:
        typer.echo("proofdesk: Documents that cannot be read stay as they were last.", err=True)


def tell_if_behind(settings: "Settings") -> None:
    """Say so where what was shown is not what stands in the documents folder now."""
    from bot.library import is_behind

    if is_behind(settings.desk / "documents"):
        typer.echo(
            "proofdesk: The documents folder is not as it was taken over last; `proofdesk docs sync` takes it over.",
            err=True,
        )


def message_of(text: str, file: Path | None) -> str:
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
