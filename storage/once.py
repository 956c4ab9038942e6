"""Adding a row at most once, whoever else adds it at the same time."""

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession


async def add_once(tx: AsyncSession, row: SQLModel) -> bool:
    """Whether the row was added; false where one with the same primary or unique key is there already.

    One statement: no time passes between looking and writing.
    """
    insert = postgresql.insert if tx.get_bind().dialect.name == "postgresql" else sqlite.insert
    adding = insert(type(row)).values(row.model_dump()).on_conflict_do_nothing()
    # SQLAlchemy forgets how many rows an INSERT added, unless asked.
    return (await tx.exec(adding, execution_options={"preserve_rowcount": True})).rowcount == 1
