"""The tables. Rows never leave this room, and every primary key begins with the workspace."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import uuid4

from sqlalchemy import JSON, ForeignKeyConstraint, MetaData, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.columns import Prose, UtcDateTime

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    }
)


def new_id() -> str:
    """A fresh identifier: 32 hexadecimal digits."""
    return uuid4().hex


def _belongs_to(table: str, **columns: str) -> ForeignKeyConstraint:
    """A reference inside one workspace, as own column to the other table's."""
    return ForeignKeyConstraint(
        ["workspace", *columns], [f"{table}.{name}" for name in ("workspace", *columns.values())]
    )


class _Row(SQLModel):
    metadata: ClassVar[MetaData] = metadata

    workspace: str = Field(primary_key=True)


class DraftPartRow(_Row):
    """One of many that belong to a draft."""

    draft_id: str = Field(primary_key=True)


class DocumentRow(_Row, table=True):
    """A document we have seen, in whatever version."""

    __tablename__ = "documents"

    id: str = Field(primary_key=True)
    current: int
    """The number of the version seen last."""
    first_seen_at: datetime = Field(sa_type=UtcDateTime)
    gone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class DocumentVersionRow(_Row, table=True):
    """One text of a document; `number` says the how many-th we saw."""

    __tablename__ = "document_versions"
    __table_args__ = (UniqueConstraint("workspace", "document", "hash"), _belongs_to("documents", document="id"))

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
    url: str
    path: str
    first_seen_at: datetime = Field(sa_type=UtcDateTime)


class ApprovalRow(_Row, table=True):
    """That we saw somebody's approval of a version, and when."""

    __tablename__ = "approvals"
    __table_args__ = (_belongs_to("document_versions", document="document", version="number"),)

    document: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    approved_by: str = Field(primary_key=True)
    recorded_at: datetime = Field(sa_type=UtcDateTime)


class TicketRow(_Row, table=True):
    """A customer's request. `key` is what makes it the same ticket when it is opened again."""

    __tablename__ = "tickets"
    __table_args__ = (UniqueConstraint("workspace", "key"),)

    id: str = Field(primary_key=True, default_factory=new_id)
    key: str
    subject: str = Field(sa_type=Prose)
    requester: str = Field(sa_type=Prose)
    messages: list[dict[str, Any]] = Field(sa_type=JSON)
    helpdesk: str | None
    """None where the ticket lives in no helpdesk; then the next two are empty too."""
    ref_id: str | None
    ref_url: str | None
    created_at: datetime = Field(sa_type=UtcDateTime)


class DraftRow(_Row, table=True):
    """A proposed reply; `number` counts the drafts of its ticket from 1."""

    __tablename__ = "drafts"
    __table_args__ = (UniqueConstraint("workspace", "ticket_id", "number"), _belongs_to("tickets", ticket_id="id"))

    id: str = Field(primary_key=True, default_factory=new_id)
    ticket_id: str
    number: int
    state: str
    """A `DraftStatus`."""
    outcome: str
    reply: str = Field(sa_type=Prose)
    acknowledgement: str = Field(sa_type=Prose)
    confidence: float
    model: str
    prompt_tokens: int
    completion_tokens: int
    timings_ms: dict[str, int] = Field(sa_type=JSON)
    unanswered: list[str] = Field(sa_type=JSON)
    nearest: list[str] = Field(sa_type=JSON)
    assumptions: list[str] = Field(sa_type=JSON)
    notes: list[str] = Field(sa_type=JSON)
    playbook: str
    """Which playbook it was drafted with, as the caller names it."""
    requested_by: str
    created_at: datetime = Field(sa_type=UtcDateTime)


class StatementRow(DraftPartRow, table=True):
    """A sentence of a draft."""

    __tablename__ = "statements"
    __table_args__ = (_belongs_to("drafts", draft_id="id"),)

    position: int = Field(primary_key=True)
    text: str = Field(sa_type=Prose)


class CitationRow(DraftPartRow, table=True):
    """A proof of a sentence. It names its document without a reference: it outlives the document."""

    __tablename__ = "citations"
    __table_args__ = (_belongs_to("statements", draft_id="draft_id", statement="position"),)

    statement: int = Field(primary_key=True)
    position: int = Field(primary_key=True)
    document: str
    version: str
    title: str = Field(sa_type=Prose)
    section: str = Field(sa_type=Prose)
    quote: str = Field(sa_type=Prose)
    start: int
    end: int
    approved_by: str
    in_force_until: date | None
    url: str


class RemovedStatementRow(DraftPartRow, table=True):
    """A sentence that did not stand."""

    __tablename__ = "removed_statements"
    __table_args__ = (_belongs_to("drafts", draft_id="id"),)

    position: int = Field(primary_key=True)
    text: str = Field(sa_type=Prose)
    reason: str = Field(sa_type=Prose)


class MissingFactRow(DraftPartRow, table=True):
    """A fact the draft asks for."""

    __tablename__ = "missing_facts"
    __table_args__ = (_belongs_to("drafts", draft_id="id"),)

    position: int = Field(primary_key=True)
    fact: str
    question: str = Field(sa_type=Prose)


class EscalationRow(DraftPartRow, table=True):
    """A warning the draft carries."""

    __tablename__ = "escalations"
    __table_args__ = (_belongs_to("drafts", draft_id="id"),)

    position: int = Field(primary_key=True)
    category: str
    rule: str = Field(sa_type=Prose)
    evidence: str = Field(sa_type=Prose)
    severity: str
    route: str = Field(sa_type=Prose)
    second_approver: bool


class ReviewRow(DraftPartRow, table=True):
    """A decision that stood; `position` counts the decisions on one draft from 1."""

    __tablename__ = "reviews"
    __table_args__ = (_belongs_to("drafts", draft_id="id"),)

    position: int = Field(primary_key=True)
    number: int
    """The draft's number, as the person saw it."""
    person: str
    verdict: str
    reason: str
    sentence: int | None
    state: str
    """What the draft became."""
    at: datetime = Field(sa_type=UtcDateTime)


class AuditRow(_Row, table=True):
    """Something that was done; `seq` counts from 1 without gaps."""

    __tablename__ = "audit"

    seq: int = Field(primary_key=True)
    at: datetime = Field(sa_type=UtcDateTime)
    actor: str
    action: str
    subject: str
    details: dict[str, Any] = Field(sa_type=JSON)
    previous_hash: str
    hash: str


class AuditHeadRow(_Row, table=True):
    """The newest audit row of a workspace, so that cutting off the trail's end does not go unseen."""

    __tablename__ = "audit_heads"

    seq: int
    hash: str
