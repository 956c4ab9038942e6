"""What the desk needs from outside: one small protocol for each door."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Protocol

from knowledge.documents.document import DocumentVersion
from knowledge.drafting.draft import Draft
from knowledge.drafting.ticket import Ticket
from knowledge.index.sync_result import SyncResult

Progress = Callable[[int, int], None]
"""Told how many of how many are done."""


class Index(Protocol):
    """The index of passages."""

    @property
    def embedding_name(self) -> str:
        """What the index measures meaning with."""
        ...

    async def sync(self, versions: Sequence[DocumentVersion], progress: Progress | None = None) -> SyncResult:
        """Make the index hold exactly these versions. All or nothing."""
        ...


class Drafting(Protocol):
    """Makes a draft from a ticket."""

    async def draft(self, ticket: Ticket, *, on: date) -> Draft:
        """A draft from the documents in force on a day."""
        ...
