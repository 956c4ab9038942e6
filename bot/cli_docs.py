"""`proofdesk docs`: the approved documents."""

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli_run import DeskOption, JsonOption, print_json, run_with_settings

if TYPE_CHECKING:
    from bot.settings import Settings

docs = typer.Typer(help="The approved documents.", no_args_is_help=True)


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

    run_with_settings(run, desk)


@docs.command("list")
def docs_list(desk: DeskOption = None, *, as_json: JsonOption = False) -> None:
    """List the documents and say which are in force today."""

    async def run(settings: "Settings") -> None:
        from bot.app import library, utc_now
        from bot.terminal import console, document_rows, show_documents

        async with library(settings) as documents:
            known = await documents.list()
        if as_json:
            print_json(document_rows(known, utc_now().date()))
        else:
            show_documents(console(), known, utc_now().date())

    run_with_settings(run, desk)


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

    run_with_settings(run, desk)
