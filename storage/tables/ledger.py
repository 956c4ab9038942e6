"""The table of the factual-error ledger."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from storage.columns import Prose, UtcDateTime
from storage.tables.base import Row


class FactualErrorRow(Row, table=True):
    """A sentence that a person called wrong. It names draft and document without a reference: it outlives both."""

    __tablename__ = "factual_errors"
    __table_args__ = (Index(None, "workspace", "draft"), Index(None, "workspace", "resolution", "document"))

    id: str = Field(primary_key=True)
    draft: str
    sentence: int
    document: str
    version: str
    start: int
    end: int
    title: str = Field(sa_type=Prose)
    section: str = Field(sa_type=Prose)
    quote: str = Field(sa_type=Prose)
    reported_by: str
    reported_at: datetime = Field(sa_type=UtcDateTime)
    resolution: str
    """A `Resolution`; empty while it is open."""
    resolved_by: str
    resolved_at: datetime | None = Field(sa_type=UtcDateTime)
