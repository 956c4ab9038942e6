"""What the desk needs from outside: one small protocol for each door."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple, Protocol

from bot.content import Announcement, Content, Notice
from bot.helpdesks.links import Links
from bot.intents import Place
from knowledge.documents.document import DocumentVersion
from knowledge.drafting.draft import Draft
from knowledge.drafting.review import ChannelKind, Kind, Reviewer
from knowledge.drafting.ticket import Ticket, TicketRef
from knowledge.index.sync_result import SyncResult


class Reactions(NamedTuple):
    """Who reacts to a message, and since when it says what it says."""

    people: Mapping[str, frozenset[str]]
    """Emoji to people."""
    edited_at: float
    """When the message was last edited or else posted, as the workspace counts: seconds since 1970."""
    buttons: frozenset[tuple[str, str]] | None = None
    """The buttons on it, as action and value; none where the workspace does not say."""


Progress = Callable[[int, int], None]
"""Told how many of how many are done."""


Told = Callable[[str], None]
"""Told which step of drafting begins: searching, writing or checking."""


class Index(Protocol):
    """The index of passages."""

    async def fits(self) -> bool:
        """Whether there is an index that these settings and this release can use."""
        ...

    async def prepare(self, versions: Sequence[DocumentVersion], progress: Progress | None = None) -> None:
        """Do what takes long before a `sync` to these versions; nothing is written."""
        ...

    async def sync(self, versions: Sequence[DocumentVersion], progress: Progress | None = None) -> SyncResult:
        """Make the index hold exactly these versions. All or nothing."""
        ...

    async def in_force(self, document: str, version: str, *, on: date) -> bool:
        """Whether this version is the document's present one and may be quoted on that day."""
        ...


class Helpdesks(Protocol):
    """Where tickets live. They are read, and nothing is ever written there."""

    def find(self, text: str) -> Links:
        """The links to tickets in a text."""
        ...

    async def read(self, ref: TicketRef) -> Ticket:
        """The ticket as it is now. Raises `HelpdeskError` with a sentence for people."""
        ...


class Drafting(Protocol):
    """Makes a draft from a ticket."""

    async def draft(self, ticket: Ticket, *, on: date, told: Told | None = None) -> Draft:
        """A draft from the documents in force on a day."""
        ...

    async def recheck(self, ticket: Ticket, draft: Draft, text: str, *, on: date) -> Draft:
        """The draft with a person's own reply, and which of its sentences are proven."""
        ...

    async def still_stands(self, draft: Draft, *, on: date) -> tuple[str, ...]:
        """Titles of cited documents whose cited version is not in force on a day."""
        ...


class Messenger(Protocol):
    """Shows cards in a workspace. Raises `Undelivered` where the workspace refuses, with a sentence for people."""

    async def place(self, post: str, place: Place, content: Content) -> str:
        """Post a card once and give back its message. A second call finds the first one's.

        Raises `Unconfirmed` where it cannot be known whether the workspace took it: then a person decides.
        """
        ...

    async def show(self, post: str, content: Content, revision: int) -> None:
        """Edit a card. An older revision never replaces a newer one."""
        ...

    async def announce(self, post: str, place: Place, announcement: Announcement) -> None:
        """Post something else once."""
        ...

    async def whisper(self, place: Place, person: str, notice: Notice) -> None:
        """Tell one person in private. Does its best and raises nothing."""
        ...

    async def reactions(self, place: Place) -> Reactions:
        """Who reacts to a message with which emoji, as it is now."""
        ...

    async def link(self, place: Place) -> str:
        """The address of a message, or empty."""
        ...


class Chores(Protocol):
    """What a round finds to be done."""

    async def tell(self, key: str) -> None:
        """Tell the person whose work was given up."""
        ...

    async def mark_outdated(self) -> None:
        """Mark the open cards that cite what is not in force any more."""
        ...

    async def tell_owners(self) -> None:
        """Show document owners what waits for them, and tell them what ends."""
        ...

    async def tell_week(self) -> None:
        """Tell the team what the week before came to."""
        ...

    async def look_at_tickets(self) -> None:
        """Look whether tickets changed in their helpdesks since their drafts."""
        ...

    async def show_again(self) -> None:
        """Bring cards up to date that the workspace did not take before."""
        ...


class Sources(Protocol):
    """Where documents come from besides the desk's own folder."""

    async def collect(self) -> None:
        """Read what is due into the documents folder."""
        ...


class People(Protocol):
    """Who people are, read at the moment of asking. What cannot be read is unknown, never allowed."""

    async def reviewer(self, person: str) -> Reviewer:
        """A person, with the roles the desk gives them."""
        ...

    async def owner(self, person: str) -> Reviewer:
        """A person, as an owner of documents if the desk names them so; read at the moment of asking."""
        ...

    async def audiences(self, person: str) -> frozenset[str]:
        """Names of the audiences that a person belongs to, read at the moment of asking."""
        ...

    async def may_try(self, person: str) -> bool:
        """Whether it is worth asking a person what they want, told within a second; `reviewer` decides later."""
        ...

    async def channel(self, channel: str) -> ChannelKind:
        """Who can read a channel."""
        ...

    async def kind(self, person: str) -> Kind:
        """Who a person is, as it was within the last minute: enough to draft for them, never to let them decide."""
        ...
