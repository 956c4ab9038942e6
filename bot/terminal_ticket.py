"""A ticket in a terminal. What people wrote is printed as text, never as markup or control codes."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from knowledge.drafting.guard import inert
from knowledge.drafting.ticket import Message, Ticket
from knowledge.drafting.ticket_notes import notes_on


def show_ticket(console: Console, ticket: Ticket, label: str) -> None:
    """Print a ticket: what is known of it, what was said, and what is not used."""
    console.print(Text.assemble((label, "bold"), "  ", (inert(ticket.subject), "bold")))
    if ticket.ref:
        console.print(Text(ticket.ref.url, "dim"))
    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for heading, value in _known(ticket):
        if value:
            table.add_row(heading, Text(inert(value)))
    console.print(table)
    _show(console, ticket.messages)
    if ticket.notes:
        console.print(Text("\nInternal notes (never read for a reply)", "bold dim"))
        _show(console, ticket.notes)
    for note in notes_on(ticket):
        console.print(Text(f"· {inert(note)}", "dim"))


def _known(ticket: Ticket) -> tuple[tuple[str, str], ...]:
    return (
        ("Requester", ticket.requester),
        ("Opened", f"{ticket.opened_at:%Y-%m-%d %H:%M %Z}" if ticket.opened_at else ""),
        ("Status", ticket.status),
        ("Tags", ", ".join(ticket.tags)),
        ("Facts", ", ".join(f"{fact}: {value}" for fact, value in ticket.fields.items())),
        ("Files", ", ".join(ticket.attachments)),
        ("Satisfaction", ticket.satisfaction),
    )


def _show(console: Console, messages: Sequence[Message]) -> None:
    for message in messages:
        at = f", {message.at:%Y-%m-%d %H:%M}" if message.at else ""
        name = f" {inert(message.name)}" if message.name else ""
        console.print(Text.assemble("\n", (f"{message.author}{name}{at}", "cyan")))
        console.print(Text(inert(message.text) or "(no text)"))
