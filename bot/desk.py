"""SupportDesk: what a support team does with Proofdesk. It knows no Slack and no terminal."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from bot.interfaces import Drafting, Index, Progress
from knowledge.documents.document import DocumentVersion
from knowledge.documents.folder import fingerprint, read_folder
from knowledge.drafting.draft import UNVERIFIED, Draft
from knowledge.drafting.ticket import Message, Ticket
from knowledge.index.sync_result import SyncResult
from storage.database import Database
from storage.documents import DocumentRecord, Documents
from storage.drafts import Drafts
from storage.tickets import Tickets

_ACTOR = "proofdesk"


class SupportDesk:
    """One desk: its documents, its drafter and its memory. Everything it uses is handed to it."""

    def __init__(
        self,
        *,
        documents: Path,
        index: Index,
        drafter: Drafting,
        database: Database,
        workspace: str,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._documents = documents
        self._index = index
        self._drafter = drafter
        self._database = database
        self._workspace = workspace
        self._now = now

    @property
    def today(self) -> date:
        """The day, in UTC, by which documents are in force or not."""
        return self._now().date()

    async def sync(self, progress: Progress | None = None) -> tuple[SyncResult, tuple[str, ...]]:
        """Take over the documents folder: all of it or, where a file is broken, none of it.

        Returns what changed, and the files that were not read. Raises `DeskFileError`.
        """
        mark = self._mark()
        reading = read_folder(self._documents)
        synced = await self._index.sync(reading.versions, progress)
        await self._record(reading.versions)
        self._marker.write_text(mark, encoding="utf-8")
        return synced, reading.skipped

    async def is_current(self) -> bool:
        """Whether the documents folder is as it was at the last sync, and this database was there."""
        same = self._marker.exists() and self._marker.read_text(encoding="utf-8") == self._mark()
        return same and await self.has_documents()

    async def draft(self, ticket: Ticket) -> Draft:
        """A draft for a ticket. The ticket is saved before anything can fail, the draft when it is made."""
        async with self._database.transaction() as tx:
            ticket_id = await Tickets(tx, self._workspace).open(ticket, _key(ticket), self._now())
        draft = await self._drafter.draft(ticket, on=self.today)
        async with self._database.transaction() as tx:
            await Drafts(tx, self._workspace).save(draft, ticket_id, self._now())
        return draft

    async def has_documents(self) -> bool:
        """Whether an earlier sync left documents to answer from."""
        return bool(await self.documents())

    async def rehearse(self, ticket: Ticket, *, on: date | None = None) -> Draft:
        """A draft that is not saved, as of any day: for test tickets."""
        return await self._drafter.draft(ticket, on=on or self.today)

    async def look_up(self, question: str) -> Draft:
        """An answer to a colleague's question, with citations. Not saved: nobody has to decide on it."""
        found = await self.rehearse(Ticket(messages=(Message(text=question),)))
        # A colleague gets the proven sentences, without a letter around them.
        answer = "\n\n".join(statement.text for statement in found.statements) or UNVERIFIED
        return found.model_copy(update={"reply": answer})

    async def documents(self) -> Sequence[DocumentRecord]:
        """The documents this desk knows, with their versions."""
        async with self._database.transaction() as tx:
            return await Documents(tx, self._workspace).list()

    async def _record(self, versions: Sequence[DocumentVersion]) -> None:
        async with self._database.transaction() as tx:
            known = Documents(tx, self._workspace)
            present = {version.id for version in versions}
            await known.record(versions, self._now(), _ACTOR)
            await known.gone([r.id for r in await known.list() if r.id not in present], self._now(), _ACTOR)

    def _mark(self) -> str:
        return f"{fingerprint(self._documents)} {self._index.embedding_name}"

    @property
    def _marker(self) -> Path:
        return self._documents.parent / ".proofdesk" / "synced"


def _key(ticket: Ticket) -> str:
    """The ticket's place, or for pasted text who wrote what: the same paste is the same ticket."""
    if ticket.ref:
        return f"{ticket.ref.helpdesk}:{ticket.ref.id}"
    return "text:" + hashlib.sha256(f"{ticket.requester}\n{ticket.customer_text}".encode()).hexdigest()
