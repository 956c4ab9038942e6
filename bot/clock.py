"""Clock: whether this machine's time can be right, by what the desk recorded before."""

from datetime import datetime, timedelta

from storage.audit import AuditTrail
from storage.database import Database

_DRIFT = timedelta(minutes=5)
"""Machines that share a database differ by so much without anybody's fault."""


async def clock_problem(database: Database, workspace: str, now: datetime) -> str:
    """That the clock was set back, in a sentence with the remedy; empty where it was not."""
    async with database.reading() as tx:
        last = await AuditTrail(tx, workspace).last_at()
    if last is None or now >= last - _DRIFT:
        return ""
    return (
        f"This machine's clock says {now:%Y-%m-%d %H:%M} UTC, but the desk recorded something on {last:%Y-%m-%d} at "
        f"{last:%H:%M}. Set the clock; until then documents count as in force on a day that is over."
    )
