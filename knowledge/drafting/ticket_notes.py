"""What an agent should know of how a ticket was read: what was not, and whether it still waits for an answer."""

from knowledge.drafting.ticket import Author, Ticket

_NAMED = 10


def notes_on(ticket: Ticket) -> tuple[str, ...]:
    """Sentences for the draft's notes, in the order of their weight."""
    return tuple(filter(None, (_answered(ticket), _unread(ticket), _left_out(ticket), _folded(ticket))))


def _answered(ticket: Ticket) -> str:
    answered = bool(ticket.written) and ticket.written[-1].author is Author.AGENT
    return "A colleague answered last; this draft answers what the customer wrote before that." if answered else ""


def _unread(ticket: Ticket) -> str:
    if not ticket.attachments:
        return ""
    left = len(ticket.attachments) - _NAMED
    more = f" and {left} more" if left > 0 else ""
    return f"Pictures and files were not read: {', '.join(ticket.attachments[:_NAMED])}{more}."


def _left_out(ticket: Ticket) -> str:
    if not ticket.left_out:
        return ""
    return (
        f"The conversation is very long: its first message and the last {len(ticket.written) - 1} were read, "
        f"{ticket.left_out} in between were not."
    )


def _folded(ticket: Ticket) -> str:
    if not ticket.folded:
        return ""
    where = "one message" if ticket.folded == 1 else f"{ticket.folded} messages"
    return f"Quoted history or a signature in {where} was left out."
