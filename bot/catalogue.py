"""Catalogue: which documents a desk knows, in what state, as people decided about them. It needs no index."""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import NamedTuple

from bot.content import DocumentLine
from bot.errors import UsageError
from knowledge.documents.decision import DocumentDecision
from knowledge.documents.document import IN_FORCE, DocumentStatus, DocumentVersion
from knowledge.documents.lifecycle import DocumentRules, as_decided, in_charge
from knowledge.documents.passages import cut
from knowledge.drafting.conflict import Conflict
from knowledge.drafting.conflicts import find_conflicts
from knowledge.drafting.playbook import Playbook
from storage.database import Database
from storage.decisions import Decisions
from storage.document_record import DocumentRecord, VersionRecord
from storage.documents import Documents

SCANNED = 3_000
"""Passages that are compared by themselves; of more, `proofdesk docs conflicts` is to be asked."""


class Difference(NamedTuple):
    """A document's present text beside the one approved before."""

    record: DocumentRecord
    before: str
    """Empty where nothing was approved before."""
    now: str


class Catalogue:
    """The documents of one desk, to be looked at."""

    def __init__(
        self, rules: Callable[[], DocumentRules], database: Database, workspace: str, now: Callable[[], datetime]
    ) -> None:
        self._rules = rules
        self._database = database
        self._workspace = workspace
        self._now = now
        self._counted: tuple[date, int] | None = None
        self.changes = 0
        """How often something was taken over or decided since the process began."""

    async def get(self, document: str) -> DocumentRecord:
        """A document. Raises `UsageError` for an unknown one."""
        found = next((record for record in await self.list() if record.id == document), None)
        if found is None:
            raise UsageError(f"There is no document '{document}'; `proofdesk docs list` names them all.")
        return found

    async def difference(self, document: str) -> Difference:
        """What changed in a document since it was approved last. Raises `UsageError` for an unknown one."""
        record = await self.get(document)
        approved = [
            each
            for each in record.versions
            if each.status is DocumentStatus.APPROVED and each.hash != record.current.hash
        ]
        async with self._database.reading() as tx:
            known = Documents(tx, self._workspace)
            before = await known.text(document, approved[-1].number) if approved else ""
            return Difference(record, before, await known.text(document, record.current.number))

    async def stale(self, within: int) -> list[DocumentRecord]:
        """The documents that are not in force although they were meant to be, or stop being so within some days."""
        today = self._now().date()
        soon = today + timedelta(days=within)
        return [
            record
            for record in await self.list()
            if not record.gone_at
            and (
                record.current.state(today) == "expired"
                or (
                    record.current.in_force(today)
                    and record.current.in_force_until is not None
                    and record.current.in_force_until <= soon
                )
            )
        ]

    async def waiting(self) -> list[DocumentRecord]:
        """The documents whose present text waits for an owner."""
        return [
            each for each in await self.list() if not each.gone_at and each.current.status is DocumentStatus.PROPOSED
        ]

    async def returned(self, since: datetime) -> list[DocumentRecord]:
        """The documents that were gone, are there again since a moment, and answer as they were approved before."""
        return [
            each
            for each in await self.list()
            if not each.gone_at
            and each.returned_at is not None
            and each.returned_at >= since
            and each.current.status is DocumentStatus.APPROVED
        ]

    async def search(self, words: str) -> list[DocumentRecord]:
        """The documents whose id, title, topic or owner holds all the words."""
        wanted = words.casefold().split()
        found = []
        for record in await self.list():
            now = record.current
            said = f"{record.id} {now.title} {now.topic} {now.owner} {now.approved_by}".casefold()
            if not record.gone_at and all(word in said for word in wanted):
                found.append(record)
        return found

    async def list(self) -> Sequence[DocumentRecord]:
        """The documents with their versions, as people decided about them."""
        async with self._database.reading() as tx:
            known = await Documents(tx, self._workspace).list()
            decisions = await Decisions(tx, self._workspace).all()
        present = [record.current for record in known if not record.gone_at]
        earlier = [each for record in known for each in record.versions if each.number != record.current.number]
        there = {(each.id, each.hash): each for each in in_charge(present, earlier, decisions, self._rules())}
        last = {(decision.document, decision.hash): decision for decision in decisions}
        return [_decided(record, there, last, self._rules()) for record in known]

    async def is_empty(self) -> bool:
        """Whether no earlier sync left documents to answer from."""
        async with self._database.reading() as tx:
            return await Documents(tx, self._workspace).is_empty()

    async def count_in_force(self) -> int:
        """How many approved documents are in force today. Counted once a day and after each change."""
        today = self._now().date()
        if self._counted is None or self._counted[0] != today:
            in_force = sum(not each.gone_at and each.current.state(today) == IN_FORCE for each in await self.list())
            self._counted = today, in_force
        return self._counted[1]

    async def decision(self, document: str, text: str) -> DocumentDecision | None:
        """What was decided last about a text, by its hash."""
        async with self._database.reading() as tx:
            decisions = await Decisions(tx, self._workspace).all()
        found = (each for each in reversed(decisions) if (each.document, each.hash) == (document, text))
        return next(found, None)

    async def in_force(self) -> Sequence[DocumentVersion]:
        """The versions that may be quoted today, with their texts."""
        async with self._database.reading() as tx:
            present, earlier = await Documents(tx, self._workspace).versions()
            decisions = await Decisions(tx, self._workspace).all()
        today = self._now().date()
        return [each for each in in_charge(present, earlier, decisions, self._rules()) if each.in_force(today)]

    async def conflicts(self, playbook: Playbook, most: int | None = None) -> tuple[Conflict, ...]:
        """Where documents in force contradict each other; none where they have more than `most` passages."""
        versions = await self.in_force()
        passages = await asyncio.to_thread(lambda: [passage for version in versions for passage in cut(version)])
        if most is not None and len(passages) > most:
            return ()
        return await asyncio.to_thread(find_conflicts, passages, playbook)

    def changed(self) -> None:
        """Count again what is in force: something was decided or taken over."""
        self._counted = None
        self.changes += 1


def texts_of(records: Iterable[DocumentRecord]) -> str:
    """One hash for the present texts of documents: the same only while they are the same documents and texts."""
    texts = sorted(f"{record.id}@{record.current.hash}" for record in records)
    return sha256("\n".join(texts).encode()).hexdigest()


def document_line(record: DocumentRecord, today: date) -> DocumentLine:
    """A document as one line."""
    return DocumentLine(
        id=record.id,
        title=record.current.title,
        state="gone" if record.gone_at else record.current.state(today),
        approved_by=record.current.approved_by,
        owner=record.current.owner,
        until=record.current.in_force_until,
        url=record.current.url,
    )


def _decided(
    record: DocumentRecord,
    there: Mapping[tuple[str, str], VersionRecord],
    last: Mapping[tuple[str, str], DocumentDecision],
    rules: DocumentRules,
) -> DocumentRecord:
    versions = tuple(
        there.get(key) or as_decided(version, last.get(key), rules)
        for version in record.versions
        for key in [(record.id, version.hash)]
    )
    current = next(version for version in versions if version.number == record.current.number)
    return record.model_copy(update={"versions": versions, "current": current})
