"""The switch: whether a workspace's desk drafts at all. A person can stop it at once."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from knowledge.drafting.frozen import Frozen
from storage.audit import AuditTrail
from storage.tables import SwitchRow
from storage.turn import take_turn


class SwitchState(Frozen):
    """Whether the desk drafts, and who said so."""

    on: bool = True
    person: str = ""
    """Who turned it last; empty where nobody did."""
    at: datetime | None = None


class Switch:
    """The switch of one workspace; it is on until somebody turns it off."""

    def __init__(self, tx: AsyncSession, workspace: str) -> None:
        self._tx = tx
        self._workspace = workspace

    async def state(self) -> SwitchState:
        """Whether the desk drafts now."""
        row = await self._tx.get(SwitchRow, self._workspace, populate_existing=True)
        return SwitchState(on=row.is_on, person=row.person, at=row.at) if row else SwitchState()

    async def turn(self, on: bool, person: str, now: datetime) -> None:  # noqa: FBT001 - A switch is on or off.
        """Turns the switch, also to where it is already: then that this person wanted it so is kept."""
        await take_turn(self._tx, self._workspace)
        await self._tx.merge(SwitchRow(workspace=self._workspace, is_on=on, person=person, at=now))
        trail = AuditTrail(self._tx, self._workspace)
        await trail.append(at=now, actor=person, action="switch.turned", subject="drafting", details={"on": on})
