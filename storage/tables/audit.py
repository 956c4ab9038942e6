"""The tables of the audit trail."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field

from storage.columns import UtcDateTime
from storage.tables.base import Row


class AuditRow(Row, table=True):
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


class AuditHeadRow(Row, table=True):
    """The newest audit row of a workspace, so that cutting off the trail's end does not go unseen."""

    __tablename__ = "audit_heads"

    seq: int
    hash: str
