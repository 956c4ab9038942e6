"""Library: the documents of one desk: taken over from their folder, decided about by people, held in the index."""

import asyncio
import json
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.catalogue import Catalogue, texts_of
from bot.clock import clock_problem
from bot.errors import UsageError
from bot.interfaces import Index, Progress
from knowledge.documents.decision import DocumentDecision, DocumentVerdict
from knowledge.documents.document import DocumentStatus, DocumentVersion
from knowledge.documents.folder import FolderReading, fingerprint, read_folder
from knowledge.documents.lifecycle import DocumentRules, in_charge
from knowledge.errors import DeskFileError
from knowledge.index.sync_result import SyncResult
from storage.database import Database
from storage.decisions import Decisions
from storage.document_record import DocumentRecord
from storage.documents import Documents

_ACTOR = "proofdesk"


class Dates(NamedTuple):
    """When an approval holds; none leaves what the document says of itself."""

    effective_from: date | None = None
    effective_until: date | None = None
    review_by: date | None = None


AS_WRITTEN = Dates()
_NOBODY = "Who decides is not named; say so with “--as NAME”."


class Synced(NamedTuple):
    """What came of taking the folder over."""

    result: SyncResult
    skipped: tuple[str, ...]
    """Files that are no documents."""
    problems: tuple[str, ...]
    """What is wrong with some, of which the last good version stays, or with the clock."""
    returned: tuple[DocumentRecord, ...] = ()
    """What was gone, is there again, and answers as it was approved before."""


class Library:
    """The documents of one desk."""

    def __init__(
        self,
        *,
        folder: Path,
        index: Index,
        rules: Callable[[], DocumentRules],
        database: Database,
        workspace: str,
        now: Callable[[], datetime],
    ) -> None:
        self._folder = folder
        self._index = index
        self._rules = rules
        self._database = database
        self._workspace = workspace
        self._now = now
        self._writing = asyncio.Lock()
        self._known_mark: str | None = None
        self.catalogue = Catalogue(rules, database, workspace, now)

    @property
    def keeps(self) -> bool:
        """Whether the text approved before answers while a changed one waits."""
        return self._rules().changed == "keep"

    def changes(self) -> int:
        """How often something was taken over or decided, here or by another process that shares the desk's folder."""
        if (mark := self._read_mark()) != self._known_mark:
            self._known_mark = mark
            self.catalogue.changed()
        return self.catalogue.changes

    @property
    def quarantines(self) -> bool:
        """Whether what is reported as wrong is not to be quoted until somebody has answered for it."""
        return self._rules().quarantine

    async def sync(self, progress: Progress | None = None) -> Synced:
        """Take over the documents folder. A document that cannot be read stays as it was last.

        Raises `DeskFileError` where nothing is there to answer from.
        """
        began = self._now()
        late = await self.clock_problem()
        found = fingerprint(self._folder)
        reading = read_folder(self._folder)
        is_back = await self._record(reading, began)
        if reading.problems and await self.catalogue.is_empty():
            raise DeskFileError(*reading.problems)
        # While something is wrong it is looked at, and told, again.
        synced = await self._apply("" if reading.problems else found, progress)
        returned = await self.catalogue.returned(began) if is_back else ()
        return Synced(synced, reading.skipped, (*reading.problems, *filter(None, [late])), tuple(returned))

    async def clock_problem(self) -> str:
        """That this machine's clock was set back, in a sentence with the remedy; empty where it was not."""
        return await clock_problem(self._database, self._workspace, self._now())

    def propose(self, name: str, title: str, body: str, audience: str = "") -> Path:
        """Put a text into the folder as a proposed document; the next round takes it over and shows it to its owners.

        The same name is written once. Raises `UsageError` where the folder cannot be written to.
        """
        path = self._folder / "proposed" / f"{name}.md"
        front = f"---\nid: {name}\ntitle: {json.dumps(title, ensure_ascii=False)}\nstatus: proposed\n"
        front += f"audience: {audience}\n" if audience else ""
        try:
            path.parent.mkdir(exist_ok=True)
            if not path.exists():
                began = f"effective_from: {self._now().date()}\n---\n\n"
                path.write_text(f"{front}{began}{body.strip()}\n", encoding="utf-8")
        except OSError as error:
            raise UsageError(
                f"{path.parent} cannot be written to ({error.strerror}); copy the text there by hand."
            ) from error
        return path

    async def is_current(self) -> bool:
        """Whether folder, decisions and rules are as they were when the index was made, and both are here."""
        async with self._database.reading() as tx:
            mark = await self._mark(fingerprint(self._folder), tx)
        return self._read_mark() == mark and await self._index.fits() and not await self.catalogue.is_empty()

    async def in_force(self, document: str, version: str) -> bool:
        """Whether a version of a document may be quoted today. Raises `IndexUnusable`."""
        return await self._index.in_force(document, version, on=self._now().date())

    async def decide(
        self,
        document: str,
        verdict: DocumentVerdict,
        person: str,
        dates: Dates = AS_WRITTEN,
        *,
        text: str = "",
        name: str = "",
    ) -> DocumentRecord:
        """Approve or withdraw a document, or refuse its present text; from the next question on that is so.

        `text` is the hash of what the person read, where that is known; `name` what people call the person. Raises
        `UsageError` where it is not the present text any more, does not wait to be refused, or would end before it
        begins.
        """
        record = await self.catalogue.get(document)
        _check(record, verdict, person, dates)
        if text and record.current.hash != text:
            raise UsageError(f"'{document}' changed since; look at its present text, then decide.")
        if record.gone_at:
            raise UsageError(f"'{document}' is not in its source any more; nothing was decided.")
        hashes = [record.current.hash]
        if verdict is DocumentVerdict.WITHDRAWN:
            # Nothing of it is to answer, whichever of its versions would.
            hashes = [version.hash for version in record.versions]
        await self._decide([(document, each) for each in hashes], verdict, person, name, dates)
        return await self.catalogue.get(document)

    async def approve_waiting(self, person: str, texts: str = "", name: str = "") -> list[DocumentRecord]:
        """Approve all documents that wait, each by its present text; those it were.

        `texts` is the `texts_of` what the person read, where that is known. Raises `UsageError` where others wait now.
        """
        if not person.strip():
            raise UsageError(_NOBODY)
        waiting = await self.catalogue.waiting()
        if texts and texts_of(waiting) != texts:
            raise UsageError("Other documents wait now than on that list; look at “/docs waiting”, then decide.")
        if waiting:
            each = [(record.id, record.current.hash) for record in waiting]
            await self._decide(each, DocumentVerdict.APPROVED, person, name, AS_WRITTEN)
        approved = {record.id for record in waiting}
        return [record for record in await self.catalogue.list() if record.id in approved]

    async def _decide(
        self, texts: Sequence[tuple[str, str]], verdict: DocumentVerdict, person: str, name: str, dates: Dates
    ) -> None:
        now = self._now()
        async with self._database.transaction() as tx:
            for document, text in texts:
                await Decisions(tx, self._workspace).decide(
                    DocumentDecision(
                        document=document,
                        hash=text,
                        verdict=verdict,
                        person=person,
                        name=name,
                        at=now,
                        **dates._asdict(),
                    )
                )
        await self._apply(self._read_mark().split(" ")[0])

    async def _apply(self, found: str, progress: Progress | None = None) -> SyncResult:
        """Make the index hold what is in charge now.

        `found` is the fingerprint of the folder that was taken over whole, or empty.
        """
        versions, mark = await self._in_charge(found)
        await self._index.prepare(versions, progress)
        async with self._writing:
            # What is decided meanwhile counts at once, and is not undone by what was read before it.
            if mark != await self._marked(found):
                versions, mark = await self._in_charge(found)
            synced = await self._index.sync(versions)
            if found:
                self._marker.write_text(mark, encoding="utf-8")
            else:
                self._marker.unlink(missing_ok=True)
        # A folder with something broken in it is looked at in every round; that is no change.
        if synced.new or synced.changed or synced.gone:
            self.catalogue.changed()
        return synced

    async def _in_charge(self, found: str) -> tuple[tuple[DocumentVersion, ...], str]:
        """The versions in charge, and the mark of what they follow from."""
        async with self._database.reading() as tx:
            present, earlier = await Documents(tx, self._workspace).versions()
            decisions = await Decisions(tx, self._workspace).all()
            mark = await self._mark(found, tx)
        return in_charge(present, earlier, decisions, self._rules()), mark

    async def _record(self, reading: FolderReading, now: datetime) -> bool:
        """Remember what was read. Whether something is there again that was gone."""
        async with self._database.transaction() as tx:
            known = Documents(tx, self._workspace)
            present = {version.id for version in reading.versions}
            is_back = await known.record(reading.versions, now, _ACTOR)
            known_paths = await known.paths()
            gone = [each for each, path in known_paths.items() if each not in present and path not in reading.broken]
            await known.gone(gone, now, _ACTOR)
        return is_back

    async def _marked(self, found: str) -> str:
        async with self._database.reading() as tx:
            return await self._mark(found, tx)

    async def _mark(self, found: str, tx: AsyncSession) -> str:
        rules = self._rules()
        decided = await Decisions(tx, self._workspace).newest()
        return f"{found} {decided} {rules.approval} {rules.changed} {rules.grace_days}"

    def _read_mark(self) -> str:
        return _mark_of(self._marker)

    @property
    def _marker(self) -> Path:
        return _marker_of(self._folder)


def _check(record: DocumentRecord, verdict: DocumentVerdict, person: str, dates: Dates) -> None:
    """Raises `UsageError` where such a decision cannot be meant."""
    if not person.strip():
        raise UsageError(_NOBODY)
    if verdict is DocumentVerdict.REFUSED and record.current.status is not DocumentStatus.PROPOSED:
        raise UsageError(f"'{record.id}' does not wait for approval; “docs withdraw” takes it out of answers.")
    begins = dates.effective_from or record.current.effective_from
    ends = [day for day in (dates.effective_until, dates.review_by) if day]
    if ends and min(ends) < begins:
        raise UsageError(f"It would end on {min(ends)}, before it begins on {begins}; correct one of the two.")


def is_behind(folder: Path) -> bool:
    """Whether a documents folder is not as it was taken over last, or something in it could not be read then."""
    return _mark_of(_marker_of(folder)).split(" ")[0] != fingerprint(folder)


def _marker_of(folder: Path) -> Path:
    return folder.parent / ".proofdesk" / "synced"


def _mark_of(marker: Path) -> str:
    """What the index follows from, as who made it last wrote down; empty where that is not known."""
    return marker.read_text(encoding="utf-8") if marker.exists() else ""
