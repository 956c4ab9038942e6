"""The documents of a workspace: every version seen, and who approved it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from knowledge.documents.document import DocumentStatus, DocumentVersion
from storage.audit import AuditTrail, Details
from storage.document_record import Approval, DocumentRecord, VersionRecord
from storage.tables import ApprovalRow, DocumentRow, DocumentTextRow, DocumentVersionRow
from storage.turn import take_turn

_DESCRIBING = (
    "title",
    "approved_by",
    "effective_from",
    "effective_until",
    "review_by",
    "superseded_from",
    "owner",
    "topic",
    "audience",
    "url",
    "path",
)
"""What is said of a version under the same name here and in `DocumentVersion`; it may change while the text stays."""
_COLUMNS = [col(getattr(DocumentVersionRow, name)) for name in ("document", "hash", "status", *_DESCRIBING)]
_MOST_NAMED = 500
"""Documents that a query names; of more it asks for all."""


@dataclass
class _Shelf:
    """The rows of all or some documents."""

    documents: dict[str, DocumentRow]
    versions: dict[str, dict[str, DocumentVersionRow]]
    """By document and hash, in the order of their numbers."""
    approvals: dict[tuple[str, int], dict[str, ApprovalRow]]
    """By document and version number, then by person."""
    supersedes: dict[tuple[str, int], tuple[str, ...]]
    """By document and version number."""


class Documents:
    """The documents of one workspace."""

    def __init__(self, tx: AsyncSession, workspace: str) -> None:
        self._tx = tx
        self._workspace = workspace
        self._trail = AuditTrail(tx, workspace)

    async def record(self, versions: Iterable[DocumentVersion], now: datetime, actor: str) -> bool:
        """Remembers versions as they are now. What is known already is not written again.

        Whether one of them was gone before.
        """
        await take_turn(self._tx, self._workspace)
        known = await self._known()
        changed = [version for version in versions if known.get(version.id) != _said_of(version)]
        if not changed:
            return False
        shelf = await self._shelf({version.id for version in changed})
        gone = {document.id for document in shelf.documents.values() if document.gone_at}
        seen = [(version, self._row_of(version, shelf, now)) for version in changed]
        # A row must exist before another refers to it.
        for level in (shelf.documents.values(), [row for _, row in seen]):
            self._tx.add_all(level)
            await self._tx.flush()
        await self._keep_texts(seen)
        for version, row in seen:
            if version.id in gone:
                back: Details = {"version": row.number, "hash": row.hash}
                await self._trail.append(
                    at=now, actor=actor, action="document.returned", subject=version.id, details=back
                )
            if version.status is DocumentStatus.APPROVED:
                await self._approve(row, shelf, now, actor)
        return any(version.id in gone for version, _ in seen)

    async def paths(self) -> dict[str, str]:
        """Where the documents that are there were read last, by id."""
        query = select(DocumentRow.id, DocumentVersionRow.path).join(DocumentVersionRow, _present())
        there = query.where(col(DocumentRow.workspace) == self._workspace, col(DocumentRow.gone_at).is_(None))
        return {document: path for document, path in await self._tx.exec(there)}  # noqa: C416 - A result is no mapping.

    async def versions(self) -> tuple[list[DocumentVersion], list[DocumentVersion]]:
        """The present versions of the documents that are there, and those before them, in order, as seen."""
        texts = (DocumentTextRow.text, DocumentTextRow.body_start, DocumentTextRow.supersedes)
        columns: list[Any] = [*_COLUMNS, *texts, DocumentVersionRow.number, DocumentRow.current]
        query = (
            select(*columns)
            .join(DocumentTextRow, _same_version())
            .join(DocumentRow, _same_document())
            .where(
                col(DocumentVersionRow.workspace) == self._workspace,
                col(DocumentRow.gone_at).is_(None),
            )
        )
        in_order = query.order_by(col(DocumentVersionRow.document), col(DocumentVersionRow.number))
        present: list[DocumentVersion] = []
        earlier: list[DocumentVersion] = []
        for row in await self._tx.exec(in_order):
            (present if row.number == row.current else earlier).append(_version(row))
        return present, earlier

    async def is_empty(self) -> bool:
        """Whether this workspace never saw a document."""
        query = select(DocumentRow.id).where(col(DocumentRow.workspace) == self._workspace)
        return (await self._tx.exec(query.limit(1))).first() is None

    async def text(self, document: str, number: int) -> str:
        """What a version said, or empty where its text was not kept."""
        row = await self._tx.get(DocumentTextRow, (self._workspace, document, number))
        return row.text if row else ""

    async def gone(self, ids: Iterable[str], now: datetime, actor: str) -> None:
        """Marks documents that are no longer found. Their versions stay, because drafts cite them."""
        await take_turn(self._tx, self._workspace)
        for document in ids:
            row = await self._tx.get(DocumentRow, (self._workspace, document))
            if row and not row.gone_at:
                row.gone_at = now
                await self._trail.append(at=now, actor=actor, action="document.gone", subject=document, details={})

    async def list(self) -> tuple[DocumentRecord, ...]:
        """All documents by id, those that are gone included."""
        shelf = await self._shelf()
        return tuple(_record(row, shelf) for row in shelf.documents.values())

    async def get(self, document: str) -> DocumentRecord | None:
        """A document, or none where this workspace never saw it."""
        shelf = await self._shelf({document})
        row = shelf.documents.get(document)
        return _record(row, shelf) if row else None

    def _row_of(self, version: DocumentVersion, shelf: _Shelf, now: datetime) -> DocumentVersionRow:
        """The version's row, new or known, as the version is now."""
        of_document = shelf.versions[version.id]
        row = of_document.get(version.hash)
        if row is None:
            key: dict[str, Any] = {"workspace": self._workspace, "document": version.id, "number": len(of_document) + 1}
            row = of_document[version.hash] = DocumentVersionRow(**key, hash=version.hash, first_seen_at=now)
        for name in _DESCRIBING:
            setattr(row, name, getattr(version, name))
        row.status = version.status.value
        document = shelf.documents.setdefault(
            version.id, DocumentRow(workspace=self._workspace, id=version.id, current=0, first_seen_at=now)
        )
        document.current = row.number
        if document.gone_at:
            document.gone_at, document.returned_at = None, now
        return row

    async def _keep_texts(self, seen: Sequence[tuple[DocumentVersion, DocumentVersionRow]]) -> None:
        query = select(DocumentTextRow.document, DocumentTextRow.version)
        chosen = _of(DocumentTextRow.document, {version.id for version, _ in seen})
        kept = set(await self._tx.exec(query.where(col(DocumentTextRow.workspace) == self._workspace, *chosen)))
        self._tx.add_all(
            DocumentTextRow(
                workspace=self._workspace,
                document=version.id,
                version=row.number,
                text=version.text,
                body_start=version.body_start,
                supersedes=list(version.supersedes),
            )
            for version, row in seen
            if (version.id, row.number) not in kept
        )
        await self._tx.flush()

    async def _approve(self, row: DocumentVersionRow, shelf: _Shelf, now: datetime, actor: str) -> None:
        known = shelf.approvals[row.document, row.number]
        if row.approved_by in known:
            return
        key: dict[str, Any] = {"workspace": self._workspace, "document": row.document, "version": row.number}
        known[row.approved_by] = ApprovalRow(**key, approved_by=row.approved_by, recorded_at=now)
        self._tx.add(known[row.approved_by])
        details: Details = {"version": row.number, "hash": row.hash, "approved_by": row.approved_by}
        await self._trail.append(at=now, actor=actor, action="document.approved", subject=row.document, details=details)

    async def _known(self) -> dict[str, tuple[object, ...]]:
        """What is said of the present version of each document that is there, by id."""
        query = select(*_COLUMNS).join(DocumentRow, _present())
        there = query.where(col(DocumentRow.workspace) == self._workspace, col(DocumentRow.gone_at).is_(None))
        return {row.document: tuple(row) for row in await self._tx.exec(there)}

    async def _shelf(self, only: set[str] | None = None) -> _Shelf:
        documents = select(DocumentRow).where(col(DocumentRow.workspace) == self._workspace)
        versions = select(DocumentVersionRow).where(col(DocumentVersionRow.workspace) == self._workspace)
        approvals = select(ApprovalRow).where(col(ApprovalRow.workspace) == self._workspace)
        columns = (DocumentTextRow.document, DocumentTextRow.version, DocumentTextRow.supersedes)
        texts = select(*columns).where(col(DocumentTextRow.workspace) == self._workspace)
        if only is not None:
            texts = texts.where(*_of(DocumentTextRow.document, only))
            documents = documents.where(*_of(DocumentRow.id, only))
            versions = versions.where(*_of(DocumentVersionRow.document, only))
            approvals = approvals.where(*_of(ApprovalRow.document, only))
        shelf = _Shelf({}, defaultdict(dict), defaultdict(dict), {})
        for document in await self._tx.exec(documents.order_by(col(DocumentRow.id))):
            shelf.documents[document.id] = document
        for version in await self._tx.exec(versions.order_by(col(DocumentVersionRow.number))):
            shelf.versions[version.document][version.hash] = version
        for approval in await self._tx.exec(approvals.order_by(col(ApprovalRow.recorded_at))):
            shelf.approvals[approval.document, approval.version][approval.approved_by] = approval
        for document_id, number, supersedes in await self._tx.exec(texts):
            shelf.supersedes[document_id, number] = tuple(supersedes)
        return shelf


def _version(row: Any) -> DocumentVersion:
    own = {name: getattr(row, name) for name in (*_DESCRIBING, "hash", "status", "text", "body_start")}
    return DocumentVersion.model_validate(
        {**own, "id": row.document, "supersedes": tuple(row.supersedes), "superseded_from": None}
    )


def _said_of(version: DocumentVersion) -> tuple[object, ...]:
    """What is remembered of a version besides its text, in the order of the columns."""
    return (version.id, version.hash, version.status.value, *(getattr(version, name) for name in _DESCRIBING))


def _of(column: object, documents: set[str]) -> list[ColumnElement[bool]]:
    """A condition on the documents; none where they are too many for one."""
    return [col(column).in_(documents)] if len(documents) <= _MOST_NAMED else []


def _present() -> ColumnElement[bool]:
    return and_(_same_document(), col(DocumentVersionRow.number) == col(DocumentRow.current))


def _same_version() -> ColumnElement[bool]:
    return and_(
        col(DocumentTextRow.workspace) == col(DocumentVersionRow.workspace),
        col(DocumentTextRow.document) == col(DocumentVersionRow.document),
        col(DocumentTextRow.version) == col(DocumentVersionRow.number),
    )


def _same_document() -> ColumnElement[bool]:
    return and_(
        col(DocumentRow.workspace) == col(DocumentVersionRow.workspace),
        col(DocumentRow.id) == col(DocumentVersionRow.document),
    )


def _record(row: DocumentRow, shelf: _Shelf) -> DocumentRecord:
    versions = tuple(
        VersionRecord(
            **version.model_dump(exclude={"workspace", "document"}),
            id=row.id,
            supersedes=shelf.supersedes.get((row.id, version.number), ()),
            approvals=tuple(
                Approval(approved_by=person, recorded_at=approval.recorded_at)
                for person, approval in shelf.approvals[row.id, version.number].items()
            ),
        )
        for version in shelf.versions[row.id].values()
    )
    return DocumentRecord(
        id=row.id,
        first_seen_at=row.first_seen_at,
        gone_at=row.gone_at,
        returned_at=row.returned_at,
        current=versions[row.current - 1],
        versions=versions,
    )
