"""`proofdesk docs`: the approved documents."""

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli_decisions import approve, approve_waiting, refuse, withdraw
from bot.cli_run import (
    DeskOption,
    JsonOption,
    print_json,
    run_with_settings,
    synced_desk,
    tell_if_behind,
    tell_problems,
)

if TYPE_CHECKING:
    from bot.settings import Settings

docs = typer.Typer(help="The approved documents.", no_args_is_help=True)
docs.command("approve")(approve)
docs.command("approve-waiting")(approve_waiting)
docs.command("refuse")(refuse)
docs.command("withdraw")(withdraw)


@docs.command("sync")
def docs_sync(desk: DeskOption = None) -> None:
    """Take over the documents folder into the index. A broken file is named; its last good version stays."""
    from bot.errors import BAD_INPUT
    from bot.terminal import console, progress

    async def run(settings: "Settings") -> None:
        from bot.app import support_desk
        from bot.catalogue import SCANNED
        from bot.numbers import counted
        from bot.sources.unnamed import unnamed
        from bot.terminal_documents import show_returned
        from knowledge.desk_files import load_desk

        files = load_desk(settings.desk)
        with progress("Reading documents") as told:
            async with support_desk(settings) as opened:
                synced, skipped, problems, returned = await opened.library.sync(told)
                known = await opened.library.catalogue.list()
                changed = synced.new or synced.changed
                conflicts = await opened.library.catalogue.conflicts(files.playbook, SCANNED) if changed else ()
        unseen = files.team.unseen(each.current.audience for each in known if not each.gone_at)
        for name in skipped:
            console().print(
                f"Not read: {name} (not Markdown; a folder under sources may hold others)",
                markup=False,
            )
        console().print(
            f"{len(synced.new)} new, {len(synced.changed)} changed, {len(synced.gone)} gone, "
            f"{synced.unchanged} unchanged; {synced.passages} passages.",
            markup=False,
        )
        show_returned(console(), returned)
        if conflicts:
            said = counted(len(conflicts), "contradiction")
            console().print(f"{said} between approved documents; `proofdesk docs conflicts` shows them.", markup=False)
        tell_problems(problems)
        for sentence in (*unseen, *unnamed(settings.desk / "documents", files.sources)):
            typer.echo(f"proofdesk: {sentence}", err=True)
        if problems:
            raise typer.Exit(BAD_INPUT)

    run_with_settings(run, desk)


@docs.command("list")
def docs_list(desk: DeskOption = None, *, as_json: JsonOption = False) -> None:
    """List the documents and say which are in force today."""

    async def run(settings: "Settings") -> None:
        from bot.app import catalogue, utc_now
        from bot.terminal import console
        from bot.terminal_documents import document_rows, show_documents

        async with catalogue(settings) as documents:
            known = await documents.list()
        if as_json:
            print_json(document_rows(known, utc_now().date()))
        else:
            show_documents(console(), known, utc_now().date())
        tell_if_behind(settings)

    run_with_settings(run, desk)


@docs.command("show")
def docs_show(document: Annotated[str, typer.Argument(help="The document's id.")], desk: DeskOption = None) -> None:
    """Show one document: its versions, who approved them, and until when."""

    async def run(settings: "Settings") -> None:
        from bot.app import catalogue, utc_now
        from bot.terminal import console
        from bot.terminal_documents import show_document

        async with catalogue(settings) as documents:
            found = await documents.get(document)
        show_document(console(), found, utc_now().date())
        tell_if_behind(settings)

    run_with_settings(run, desk)


@docs.command("diff")
def docs_diff(document: Annotated[str, typer.Argument(help="The document's id.")], desk: DeskOption = None) -> None:
    """Show what changed in a document since it was approved last."""

    async def run(settings: "Settings") -> None:
        from bot.terminal import console
        from bot.terminal_documents import show_difference

        async with synced_desk(settings) as opened:
            show_difference(console(), await opened.library.catalogue.difference(document))

    run_with_settings(run, desk)


@docs.command("stale")
def docs_stale(
    within: Annotated[int, typer.Option(min=0, max=3_650, help="Also what ends within so many days.")] = 30,
    desk: DeskOption = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """List documents that are expired, or will be soon, with their owners."""

    async def run(settings: "Settings") -> None:
        from bot.app import catalogue, utc_now
        from bot.terminal import console
        from bot.terminal_documents import document_rows, show_documents

        async with catalogue(settings) as documents:
            found = await documents.stale(within)
        if as_json:
            print_json(document_rows(found, utc_now().date()))
        elif found:
            show_documents(console(), found, utc_now().date())
        else:
            console().print(f"No document is expired, and none will be within {within} days.", markup=False)
        tell_if_behind(settings)

    run_with_settings(run, desk)


@docs.command("gaps")
def docs_gaps(
    days: Annotated[int, typer.Option(min=1, max=3_650, help="How far back.")] = 30,
    desk: DeskOption = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """List what customers asked and no approved document answered, with the tickets behind it."""

    async def run(settings: "Settings") -> None:
        from bot.app import gaps
        from bot.terminal import console
        from bot.terminal_documents import show_gaps

        async with gaps(settings) as known:
            found = await known.since(days)
        if as_json:
            print_json([{"question": gap.question, "tickets": list(gap.tickets)} for gap in found])
        else:
            show_gaps(console(), found, days)

    run_with_settings(run, desk)


@docs.command("conflicts")
def docs_conflicts(desk: DeskOption = None, *, as_json: JsonOption = False) -> None:
    """Show where approved documents contradict each other: amounts, times, limits, yes and no."""

    async def run(settings: "Settings") -> None:
        from bot.app import catalogue
        from bot.terminal import console, progress
        from bot.terminal_documents import show_conflicts
        from knowledge.desk_files import load_desk

        async with catalogue(settings) as documents:
            with progress("Comparing documents"):
                found = await documents.conflicts(load_desk(settings.desk).playbook)
        if as_json:
            print_json([conflict.model_dump(mode="json") for conflict in found])
        else:
            show_conflicts(console(), found)
        tell_if_behind(settings)
        if found:
            raise typer.Exit(1)

    run_with_settings(run, desk)


@docs.command("fetch")
def docs_fetch(
    names: Annotated[list[str] | None, typer.Argument(help="Which sources; all of desk.yaml without it.")] = None,
    desk: DeskOption = None,
    *,
    accept_missing: Annotated[
        bool, typer.Option("--accept-missing", help="Take what is missing to be gone, even if it is more than half.")
    ] = False,
) -> None:
    """Read the sources of desk.yaml into the documents folder. What is new or changed waits for an owner's approval."""

    async def run(settings: "Settings") -> None:
        from bot.app import collector, support_desk
        from bot.errors import BAD_INPUT, SourceError, UsageError
        from bot.sources.unnamed import unnamed
        from bot.terminal import console, progress
        from bot.terminal_documents import show_fetched, show_returned
        from knowledge.desk_files import load_desk

        sources = {source.name: source for source in load_desk(settings.desk).sources}
        if unknown := [name for name in names or () if name not in sources]:
            known = ", ".join(sources) or "none"
            raise UsageError(f"There is no source '{unknown[0]}' in desk.yaml; it names {known}.")
        if not sources:
            raise UsageError("desk.yaml names no sources; the README says how to name one.")
        collecting, failed = collector(settings), False
        for name in names or sources:
            try:
                with progress(f"Reading {name}") as told:
                    fetched = await collecting.fetch(sources[name], told, accept_missing=accept_missing)
            except SourceError as error:
                failed = True
                typer.echo(f"proofdesk: {name}: {error} What was read before stays.", err=True)
            else:
                show_fetched(console(), name, fetched)
                failed = failed or fetched.in_part
        with progress("Reading documents") as told:
            async with support_desk(settings) as opened:
                synced = await opened.library.sync(told)
        show_returned(console(), synced.returned)
        problems = [*synced.problems, *unnamed(settings.desk / "documents", sources.values())]
        tell_problems(problems)
        if failed or problems:
            raise typer.Exit(BAD_INPUT)

    run_with_settings(run, desk)
