"""The tables of tickets, drafts, all that belongs to a draft, and the decisions on it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint, text
from sqlmodel import Field

from storage.columns import Prose, UtcDateTime
from storage.tables.base import Row, belongs_to, new_id


class TicketRow(Row, table=True):
    """A customer's request. `key` is what makes it the same ticket when it is opened again."""

    __tablename__ = "tickets"
    __table_args__ = (UniqueConstraint("workspace", "key"), Index(None, "workspace", "helpdesk", "ref_id"))

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
    # The release before this one writes tickets without these.
    opened_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When the customer wrote first, as the helpdesk says."""
    read_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When it was last read from its helpdesk; none where it never was."""
    details: dict[str, Any] = Field(
        default_factory=dict, sa_type=JSON, sa_column_kwargs={"server_default": text("'{}'")}
    )
    """What else the helpdesk says of it."""


class DraftRow(Row, table=True):
    """A proposed reply; `number` counts the drafts of its ticket from 1."""

    __tablename__ = "drafts"
    __table_args__ = (
        UniqueConstraint("workspace", "ticket_id", "number"),
        belongs_to("tickets", ticket_id="id"),
        Index(None, "workspace", "state", "created_at"),
        Index(None, "workspace", "created_at"),
    )

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
    # The release before this one writes drafts without these.
    edited_by: str = Field(default="", sa_column_kwargs={"server_default": text("''")})
    style: str = Field(default="", sa_column_kwargs={"server_default": text("''")})
    topic: str = Field(default="", sa_column_kwargs={"server_default": text("''")})
    words: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})
    """Of the reply."""
    unproven: list[dict[str, Any]] = Field(
        default_factory=list, sa_type=JSON, sa_column_kwargs={"server_default": text("'[]'")}
    )
    conflicts: list[dict[str, Any]] = Field(
        default_factory=list, sa_type=JSON, sa_column_kwargs={"server_default": text("'[]'")}
    )


class DraftPartRow(Row):
    """One of many that belong to a draft."""

    draft_id: str = Field(primary_key=True)


class StatementRow(DraftPartRow, table=True):
    """A sentence of a draft."""

    __tablename__ = "statements"
    __table_args__ = (belongs_to("drafts", draft_id="id"),)

    position: int = Field(primary_key=True)
    text: str = Field(sa_type=Prose)


class CitationRow(DraftPartRow, table=True):
    """A proof of a sentence. It names its document without a reference: it outlives the document."""

    __tablename__ = "citations"
    __table_args__ = (belongs_to("statements", draft_id="draft_id", statement="position"),)

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
    __table_args__ = (belongs_to("drafts", draft_id="id"),)

    position: int = Field(primary_key=True)
    text: str = Field(sa_type=Prose)
    reason: str = Field(sa_type=Prose)


class MissingFactRow(DraftPartRow, table=True):
    """A fact the draft asks for."""

    __tablename__ = "missing_facts"
    __table_args__ = (belongs_to("drafts", draft_id="id"),)

    position: int = Field(primary_key=True)
    fact: str
    question: str = Field(sa_type=Prose)


class EscalationRow(DraftPartRow, table=True):
    """A warning the draft carries."""

    __tablename__ = "escalations"
    __table_args__ = (belongs_to("drafts", draft_id="id"),)

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
    __table_args__ = (belongs_to("drafts", draft_id="id"),)

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


class WarningJudgementRow(Row, table=True):
    """What a person said of a warning, or of one that was missing; `position` counts what was said on one ticket."""

    __tablename__ = "warning_judgements"
    __table_args__ = (belongs_to("tickets", ticket_id="id"), belongs_to("drafts", draft_id="id"))

    ticket_id: str = Field(primary_key=True)
    position: int = Field(primary_key=True)
    draft_id: str
    """The draft that the person saw."""
    category: str
    verdict: str
    """A `WarningVerdict`."""
    person: str
    at: datetime = Field(sa_type=UtcDateTime)


class EditRow(DraftPartRow, table=True):
    """What a person changed in one sentence, before approval or before sending."""

    __tablename__ = "edits"
    __table_args__ = (belongs_to("drafts", draft_id="id"),)

    stage: str = Field(primary_key=True)
    """An `EditStage`."""
    position: int = Field(primary_key=True)
    kind: str
    words: int
    characters: int
    document: str


class SentReplyRow(DraftPartRow, table=True):
    """What the helpdesk says became of an approved draft."""

    __tablename__ = "sent_replies"
    __table_args__ = (belongs_to("drafts", draft_id="id"),)

    read_at: datetime = Field(sa_type=UtcDateTime)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When an agent's next reply is in the helpdesk; none where there is none yet."""
    satisfaction: str
    """A `Satisfaction`."""
