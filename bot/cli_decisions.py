"""`proofdesk docs approve`, `approve-waiting`, `refuse` and `withdraw`: what people decide about documents."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli_run import DeskOption, run_with_settings

if TYPE_CHECKING:
    from bot.library import Library
    from bot.settings import Settings

AsOption = Annotated[
    str, typer.Option("--as", help="Who decides; the name stands on every card that cites the document.")
]
_BEFORE = "the text approved before goes on answering"
Day = Annotated[str, typer.Option(help="A day as YYYY-MM-DD; what the document says of itself without it.")]


def approve(
    document: Annotated[str, typer.Argument(help="The document's id.")],
    person: AsOption,
    effective_from: Day = "",
    effective_until: Day = "",
    review_by: Day = "",
    desk: DeskOption = None,
) -> None:
    """Approve the present text of a document. It may be quoted from the next question on."""
    _decide(document, "approved", person, desk, (effective_from, effective_until, review_by))


def approve_waiting(person: AsOption, desk: DeskOption = None) -> None:
    """Approve all documents that wait, each by its present text. `docs list` shows which those are."""

    async def run(settings: "Settings") -> None:
        from bot.app import support_desk
        from bot.terminal import console

        async with support_desk(settings) as opened:
            await _unchanged(opened.library, "")
            approved = await opened.library.approve_waiting(person)
        for record in approved:
            console().print(f"{record.current.title}: approved by {person}.", markup=False)
        console().print(f"{len(approved)} documents approved." if approved else "No document waits.", markup=False)

    run_with_settings(run, desk)


def withdraw(
    document: Annotated[str, typer.Argument(help="The document's id.")], person: AsOption, desk: DeskOption = None
) -> None:
    """Withdraw a document in all its versions. Nothing of it is quoted from the next question on."""
    _decide(document, "withdrawn", person, desk, ("", "", ""))


def refuse(
    document: Annotated[str, typer.Argument(help="The document's id.")], person: AsOption, desk: DeskOption = None
) -> None:
    """Turn down the text of a document that waits. With `changed: keep` the text approved before goes on answering."""
    _decide(document, "refused", person, desk, ("", "", ""))


def _decide(document: str, verdict: str, person: str, desk: Path | None, days: tuple[str, str, str]) -> None:
    async def run(settings: "Settings") -> None:
        from bot.app import support_desk, utc_now
        from bot.library import Dates
        from bot.terminal import console
        from knowledge.documents.decision import DocumentVerdict
        from knowledge.documents.document import IN_FORCE

        dates = Dates(*(_day(day) for day in days))
        async with support_desk(settings) as opened:
            await _unchanged(opened.library, document, withdraw=verdict == "withdrawn")
            kept = verdict == "refused" and opened.library.keeps
            before = kept and (await opened.library.catalogue.difference(document)).before
            decided = await opened.library.decide(document, DocumentVerdict(verdict), person, dates)
        state = decided.current.state(utc_now().date())
        ends = decided.current.in_force_until if state == IN_FORCE else None
        until = f" until {ends}" if ends else ""
        then = f"it is {state}{until}" if verdict != "refused" else _BEFORE if before else "nothing of it answers"
        console().print(f"{decided.current.title}: {verdict} by {person}; {then}.", markup=False)

    run_with_settings(run, desk)


async def _unchanged(library: "Library", document: str, *, withdraw: bool = False) -> None:
    """Take the folder over before a decision. Raises `UsageError` where that brought texts nobody was shown.

    `document` is the one that is decided about, or empty for all that wait. Nothing stops a withdrawal.
    """
    from bot.errors import UsageError
    from knowledge.errors import DeskFileError

    async def texts() -> set[tuple[str, str]]:
        known = await library.catalogue.list() if document else await library.catalogue.waiting()
        return {(each.id, each.current.hash) for each in known if document in {"", each.id}}

    if await library.is_current():
        return
    before = await texts()
    try:
        await library.sync()
    except DeskFileError:
        if not withdraw:
            raise
    if before and not withdraw and await texts() - before:
        raise UsageError(
            "The documents changed since they were read last; nothing was decided. "
            "Look at `proofdesk docs list` and `docs diff`, then decide."
        )


def _day(written: str) -> date | None:
    from bot.errors import UsageError

    try:
        return date.fromisoformat(written) if written else None
    except ValueError as error:
        raise UsageError(f"'{written}' is not a day; write it as YYYY-MM-DD, such as 2027-03-31.") from error
