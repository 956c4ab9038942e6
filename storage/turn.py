"""A turn: in a workspace one transaction writes at a time."""

from sqlmodel import func, select
from sqlmodel.ext.asyncio.session import AsyncSession


async def take_turn(tx: AsyncSession, workspace: str) -> None:
    """Waits until no other transaction writes in the workspace; the turn ends with the transaction.

    Each writing method begins with it, so what it reads stays true while it writes, and no two transactions can
    wait for each other. SQLite's BEGIN IMMEDIATE has taken the turn already.
    """
    if tx.get_bind().dialect.name == "postgresql":
        await tx.exec(select(func.pg_advisory_xact_lock(func.hashtextextended(workspace, 0))))
