"""Ticket: what a customer wrote, wherever it came from."""

import re
from datetime import datetime
from enum import StrEnum

from pydantic import Field

from knowledge.drafting.frozen import Frozen

_HEADER = re.compile(r"(subject|from)[ \t]*:[ \t]*(.*)", re.IGNORECASE)


class Author(StrEnum):
    """Who wrote a message of a ticket."""

    CUSTOMER = "customer"
    AGENT = "agent"


class TicketRef(Frozen):
    """Where a ticket lives: the helpdesk, its id there, and the address an agent opens."""

    helpdesk: str
    id: str
    url: str = ""


class Message(Frozen):
    """One message of a ticket, as plain text."""

    text: str
    author: Author = Author.CUSTOMER
    name: str = ""
    at: datetime | None = None
    supplied: bool = False
    """What a colleague knows from the customer and said here; it is in no helpdesk."""


class Ticket(Frozen):
    """A customer's request: its messages in the order they were written."""

    messages: tuple[Message, ...]
    subject: str = ""
    requester: str = ""
    """The customer's name as the helpdesk gives it, or empty."""
    ref: TicketRef | None = None
    opened_at: datetime | None = None
    """When the customer wrote first, as the helpdesk says."""
    status: str = ""
    """In the helpdesk's own word."""
    tags: tuple[str, ...] = ()
    fields: dict[str, str] = Field(default_factory=dict)
    """Facts that the helpdesk's own fields hold, by their ids."""
    attachments: tuple[str, ...] = ()
    """Names of pictures and files that came with it; nobody reads them here."""
    satisfaction: str = ""
    """What the customer said of the service, in the helpdesk's own word."""
    notes: tuple[Message, ...] = ()
    """Internal notes among colleagues. No rule, model or reply ever reads them."""
    folded: int = 0
    """Messages whose quoted history or signature was left out."""
    left_out: int = 0
    """Messages in the middle of a very long conversation that were left out."""

    @classmethod
    def pasted(cls, text: str) -> "Ticket":
        """A ticket from pasted text. Leading `Subject:` and `From:` lines become its subject and requester."""
        headers: dict[str, str] = {}
        body = text.lstrip("\ufeff \t\r\n")
        while match := _HEADER.match(body):
            headers[match[1].lower()] = match[2].strip()
            body = body[match.end() :].lstrip("\r\n")
        return cls(
            messages=(Message(text=body.strip()),),
            subject=headers.get("subject", ""),
            requester=re.sub(r"\s*<[^>]*>", "", headers.get("from", "")),
        )

    @property
    def customer_text(self) -> str:
        """The subject and everything the customer wrote; what rules read."""
        written = (m.text for m in self.messages if m.author is Author.CUSTOMER)
        return "\n\n".join(part for part in (self.subject, *written) if part)

    @property
    def known_text(self) -> str:
        """What is known from the customer: what they wrote, and what the helpdesk's fields hold."""
        return "\n".join((self.customer_text, *self.fields.values()))

    @property
    def open_messages(self) -> tuple[Message, ...]:
        """What the customer wrote since an agent answered last, or where that is nothing, what was answered then."""
        since: list[Message] = []
        for message in reversed(self.written):
            if message.author is Author.CUSTOMER:
                since.append(message)
            elif since:
                break
        return (*reversed(since), *(message for message in self.messages if message.supplied))

    @property
    def written(self) -> tuple[Message, ...]:
        """What is in the ticket itself, without what colleagues supplied."""
        return tuple(message for message in self.messages if not message.supplied)
