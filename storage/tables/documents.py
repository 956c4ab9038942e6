"""The tables of documents, their versions and who approved them."""

from datetime import date, datetime

from sqlalchemy import JSON, Index, UniqueConstraint, text
from sqlmodel import Field

from storage.columns import Prose, UtcDateTime
from storage.tables.base import Row, belongs_to


class DocumentRow(Row, table=True):
    """A document we have seen, in whatever version."""

    __tablename__ = "documents"

    id: str = Field(primary_key=True)
    current: int
    """The number of the version seen last."""
    first_seen_at: datetime = Field(sa_type=UtcDateTime)
    gone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    returned_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When it was there again after it was gone, the last time."""


class DocumentVersionRow(Row, table=True):
    """One text of a document; `number` says the how many-th we saw."""

    __tablename__ = "document_versions"
    __table_args__ = (UniqueConstraint("workspace", "document", "hash"), belongs_to("documents", document="id"))

    document: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    hash: str
    title: str = Field(sa_type=Prose)
    status: str
    approved_by: str
    effective_from: date
    effective_until: date | None
    review_by: date | None
    superseded_from: date | None
    owner: str
    topic: str
    audience: str = Field(default="", sa_column_kwargs={"server_default": text("''")})
    url: str
    path: str
    first_seen_at: datetime = Field(sa_type=UtcDateTime)


class ApprovalRow(Row, table=True):
    """That we saw somebody's approval of a version, and when."""

    __tablename__ = "approvals"
    __table_args__ = (belongs_to("document_versions", document="document", version="number"),)

    document: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    approved_by: str = Field(primary_key=True)
    recorded_at: datetime = Field(sa_type=UtcDateTime)


class DocumentTextRow(Row, table=True):
    """What a version says, kept because it may have to answer, or be compared, after its source has moved on."""

    __tablename__ = "document_texts"
    __table_args__ = (belongs_to("document_versions", document="document", version="number"),)

    document: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    text: str = Field(sa_type=Prose)
    body_start: int
    supersedes: list[str] = Field(sa_type=JSON)


class DocumentDecisionRow(Row, table=True):
    """What a person decided about one exact text; `seq` counts the decisions of a workspace from 1."""

    __tablename__ = "document_decisions"
    __table_args__ = (Index(None, "workspace", "document"),)

    seq: int = Field(primary_key=True)
    document: str
    hash: str
    verdict: str
    person: str
    name: str = Field(default="", sa_type=Prose, sa_column_kwargs={"server_default": text("''")})
    at: datetime = Field(sa_type=UtcDateTime)
    effective_from: date | None
    effective_until: date | None
    review_by: date | None
