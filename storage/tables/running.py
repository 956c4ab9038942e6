"""The tables of how the desk runs: whether it is switched on, and which processes are alive."""

from datetime import datetime

from sqlmodel import Field

from storage.columns import UtcDateTime
from storage.tables.base import Row


class SwitchRow(Row, table=True):
    """Whether a workspace's desk drafts, once somebody has said so."""

    __tablename__ = "switches"

    # Not `on`, which is a word of SQL.
    is_on: bool
    person: str
    at: datetime = Field(sa_type=UtcDateTime)


class ProcessRow(Row, table=True):
    """A process that has not said goodbye."""

    __tablename__ = "processes"

    name: str = Field(primary_key=True)
    beat_at: datetime = Field(sa_type=UtcDateTime)
