"""Requests: what a message asks to have a draft for: tickets that it links to, or the customer's words in it."""

import re
from typing import NamedTuple

from bot.content import Notice
from bot.errors import UsageError
from bot.helpdesks.links import Links
from knowledge.drafting.ticket import Ticket, TicketRef

MOST = 5
"""Tickets of one message that are drafted; the others are named."""
PASTE = "Paste the customer's message here and I will draft from that."
_REMARK = 25
"""Words; what is longer beside a link is no remark of a colleague but what the customer wrote."""
_BESIDE = 6
"""Words beside a link, its label among them, with which a message is still nothing but the link."""
_FEW = 3
_HEADER = re.compile(r"(?:subject|from)[ \t]*:", re.IGNORECASE)
_EMPTY = f"There is no message in this. {PASTE}"
_NO_TICKET = f"I know no ticket at this link. {PASTE}"


class Request(NamedTuple):
    """What is to be drafted, or why nothing is."""

    tickets: tuple[Ticket, ...] = ()
    """Those with a reference hold no messages yet."""
    refusal: Notice | None = None
    left_over: tuple[TicketRef, ...] = ()
    """Tickets that are not drafted, and are named instead."""
    unknown: str = ""
    """The product of a linked ticket that lives nowhere the desk knows."""

    @property
    def pasted(self) -> Ticket | None:
        """The ticket whose words stand in the message, if it is that."""
        return next((ticket for ticket in self.tickets if ticket.messages), None)


def read_request(text: str, links: Links, files: tuple[str, ...] = ()) -> Request:
    """What a message asks for. Where a customer's words are pasted with a link, the words are drafted from."""
    pasted = len(links.rest.split()) > _REMARK or _HEADER.match(text.lstrip()) is not None
    if links.tickets and not pasted:
        wanted = tuple(Ticket(messages=(), ref=ref) for ref in links.tickets[:MOST])
        return Request(wanted, left_over=links.tickets[MOST:])
    if links.strangers and not pasted:
        product = links.strangers[0]
        return Request((Ticket(messages=(), subject=f"{product} ticket"),), unknown=product)
    ticket = Ticket.pasted(text)
    if refusal := _unreadable(ticket, files):
        return Request(refusal=refusal)
    return Request((ticket,), left_over=links.tickets)


def one_ticket(text: str, links: Links) -> TicketRef:
    """The ticket that a link names. Raises `UsageError` where it names none that can be read."""
    if links.tickets:
        return links.tickets[0]
    if links.strangers:
        raise UsageError(f"This desk has no {links.strangers[0]} at that address; add it under helpdesks in desk.yaml.")
    raise UsageError(f"'{text[:80]}' is no link to a ticket of a helpdesk that desk.yaml names.")


def is_only_links(links: Links) -> bool:
    """Whether a message is links to tickets and hardly a word beside them."""
    return bool(links.tickets or links.strangers) and len(links.rest.split()) <= _BESIDE


def is_message(text: str) -> bool:
    """Whether this can be what a customer wrote, and is not a word or two between colleagues."""
    return len(text.split()) > _FEW or "?" in text


def not_set_up(product: str) -> str:
    """What to do about a link to a ticket that lives nowhere the desk knows."""
    return f"This desk has no {product} at that address; an admin can add it under helpdesks in desk.yaml. {PASTE}"


def _unreadable(ticket: Ticket, files: tuple[str, ...]) -> Notice | None:
    text = ticket.customer_text.strip()
    if not text and files:
        return Notice(text=f"I cannot read {', '.join(files)}. Paste the customer's words and I will draft from those.")
    if not text:
        return Notice(text=_EMPTY)
    only_addresses = all(word.lstrip("<").startswith(("http://", "https://")) for word in text.split())
    return Notice(text=_NO_TICKET) if only_addresses else None
