"""What all tables share: names for their constraints, the workspace, and references that stay inside it."""

from typing import ClassVar
from uuid import uuid4

from sqlalchemy import ForeignKeyConstraint, MetaData
from sqlmodel import Field, SQLModel

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


def new_id() -> str:
    """A fresh identifier: 32 hexadecimal digits."""
    return uuid4().hex


def belongs_to(table: str, **columns: str) -> ForeignKeyConstraint:
    """A reference inside one workspace, as own column to the other table's."""
    return ForeignKeyConstraint(
        ["workspace", *columns], [f"{table}.{name}" for name in ("workspace", *columns.values())]
    )


class Row(SQLModel):
    """A row of any table."""

    metadata: ClassVar[MetaData] = metadata

    workspace: str = Field(primary_key=True)
