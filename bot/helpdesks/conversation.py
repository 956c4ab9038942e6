"""Conversation: a ticket as its helpdesk gives it, and the Ticket that is made of it."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from bot.helpdesks.message_text import message_text
from knowledge.drafting.frozen import Frozen
from knowledge.drafting.ticket import Author, Message, Ticket, TicketRef

_LONGEST = 400_000
"""Characters of a conversation that are kept: its first message, and the newest that fit."""


class Entry(Frozen):
    """One contribution to a conversation, as the helpdesk stores it."""

    author: Author
    name: str = ""
    at: datetime | None = None
    text: str = ""
    html: str = ""
    """Taken instead of `text` where there is any."""
    internal: bool = False
    """A note among colleagues; the customer never saw it."""
    attachments: tuple[str, ...] = ()
    """Names of what came with it."""


class Conversation(Frozen):
    """What a helpdesk knows of a ticket, its entries in the order they were written."""

    subject: str = ""
    requester: str = ""
    """The customer's name; where it is empty, the name with the customer's first message is taken."""
    entries: tuple[Entry, ...] = ()
    status: str = ""
    """In the helpdesk's own word."""
    tags: tuple[str, ...] = ()
    fields: Mapping[str, str] = {}
    """Custom fields, by the name or number that desk.yaml uses for them."""
    opened_at: datetime | None = None
    satisfaction: str = ""
    """What the customer said of the service, in the helpdesk's own word; empty where nothing was said."""

    def ticket(self, ref: TicketRef, facts: Mapping[str, str]) -> Ticket:
        """The ticket: bodies as clean text, quoted history and signatures folded, notes kept apart.

        `facts` says which fact a field holds.
        """
        read = [(entry, message_text(entry.text, entry.html)) for entry in self.entries]
        said = [(e, _message(e, text.text)) for e, text in read if not e.internal and (text.text or e.attachments)]
        kept = _kept([message for _, message in said])
        return Ticket(
            messages=kept,
            subject=" ".join(self.subject.split()),
            requester=self.requester or next((e.name for e, _ in said if e.author is Author.CUSTOMER), ""),
            ref=ref,
            opened_at=self.opened_at or next((e.at for e in self.entries if e.at), None),
            status=self.status,
            tags=self.tags,
            fields={facts[name]: value for name, value in self.fields.items() if name in facts},
            attachments=tuple(dict.fromkeys(name for entry, _ in said for name in entry.attachments)),
            satisfaction=self.satisfaction,
            notes=tuple(_message(entry, text.text) for entry, text in read if entry.internal),
            folded=sum(text.folded > 0 for entry, text in read if not entry.internal),
            left_out=len(said) - len(kept),
        )


def in_order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Entries by the time they were written; those of one moment stay as they stand."""
    return tuple(sorted(entries, key=lambda entry: entry.at or datetime.min.replace(tzinfo=UTC)))


def _message(entry: Entry, text: str) -> Message:
    return Message(text=text, author=entry.author, name=entry.name, at=entry.at)


def _kept(messages: list[Message]) -> tuple[Message, ...]:
    """The first message and as many of the last as fit; a single longer one stays whole."""
    if not messages:
        return ()
    first, *rest = messages
    room = _LONGEST - len(first.text)
    newest: list[Message] = []
    for message in reversed(rest):
        room -= len(message.text)
        if room < 0 and newest:
            break
        newest.append(message)
    return (first, *reversed(newest))
