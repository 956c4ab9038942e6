"""The ticket commands: what a helpdesk says of a ticket."""

from typing import TYPE_CHECKING

import typer

from bot.cli_run import DeskOption, JsonOption, print_json, run_with_settings

if TYPE_CHECKING:
    from bot.settings import Settings

tickets = typer.Typer(help="Tickets in your helpdesk: read, never written.", no_args_is_help=True)


@tickets.callback()
def _tickets() -> None:
    """So that there may be one command, with a name."""


@tickets.command("show")
def show(link: str, *, as_json: JsonOption = False, desk: DeskOption = None) -> None:
    """Show a ticket as Proofdesk reads it, from its link: the whole conversation, and what is left out."""

    async def run(settings: "Settings") -> None:
        from bot.app import helpdesks
        from bot.desk_folder import DeskFolder
        from bot.requests import one_ticket
        from bot.terminal import console
        from bot.terminal_ticket import show_ticket
        from knowledge.helpdesks import label

        folder = DeskFolder(settings.desk)
        desks = helpdesks(settings, folder)
        ref = one_ticket(link, desks.find(link))
        ticket = await desks.read(ref)
        if as_json:
            print_json(ticket.model_dump(mode="json"))
        else:
            show_ticket(console(), ticket, label(folder.read().team.helpdesks, ref))

    run_with_settings(run, desk)
