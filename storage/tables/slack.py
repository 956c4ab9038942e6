"""The tables of what Slack delivered and of what we show there."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field

from storage.columns import Prose, UtcDateTime
from storage.tables.base import Row, belongs_to


class InboxRow(Row, table=True):
    """Something Slack delivered, written before it is acknowledged."""

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("workspace", "event_id"),
        Index(None, "workspace", "state", "received_at"),
        Index(None, "workspace", "channel", "message"),
        Index(None, "workspace", "forgotten", "finished_at"),
    )

    key: str = Field(primary_key=True)
    event_id: str | None
    kind: str
    intent: dict[str, Any] = Field(sa_type=JSON)
    channel: str
    message: str
    received_at: datetime = Field(sa_type=UtcDateTime)
    state: str
    """An `InboxState`."""
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    problem: str = Field(default="", sa_type=Prose)
    forgotten: bool = False
    tries: int = 0
    """How often its work was begun."""
    """Whether `intent` was blanked."""


class PostRow(Row, table=True):
    """A message of ours that is in Slack once or not yet."""

    __tablename__ = "posts"
    __table_args__ = (
        UniqueConstraint("workspace", "channel", "ts"),
        Index(None, "workspace", "state"),
    )

    id: str = Field(primary_key=True)
    channel: str
    thread: str
    ts: str | None = None
    state: str
    """A `PostState`."""
    posting_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    shown: int = 0
    created_at: datetime = Field(sa_type=UtcDateTime)


class CardRow(Row, table=True):
    """The place where a ticket's draft is shown. It has its post's id without a reference: either may be first."""

    __tablename__ = "cards"
    __table_args__ = (
        UniqueConstraint("workspace", "channel", "thread", "ticket_id"),
        belongs_to("tickets", ticket_id="id"),
        Index(None, "workspace", "ticket_id"),
        Index(None, "workspace", "channel", "source"),
    )

    id: str = Field(primary_key=True)
    ticket_id: str
    channel: str
    thread: str
    source: str
    requested_by: str
    claimed_by: str = ""
    source_gone: bool = False
    withheld: str = Field(default="", sa_type=Prose)
    created_at: datetime = Field(sa_type=UtcDateTime)
