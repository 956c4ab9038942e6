import pytest

from storage.audit import AuditTrail
from storage.database import Database
from storage.switch import Switch, SwitchState
from storage.tables import AuditRow
from tests.storage.examples import ACME, LATER, NOW, OTHER


async def state(database: Database, workspace: str = ACME) -> SwitchState:
    async with database.reading() as tx:
        return await Switch(tx, workspace).state()


async def test_a_desk_is_on_until_somebody_turns_it_off(database: Database) -> None:
    assert await state(database) == SwitchState(on=True, person="", at=None)


@pytest.mark.parametrize("last", [True, False])
async def test_the_switch_is_where_it_was_turned_last_and_by_whom(database: Database, *, last: bool) -> None:
    for on, person, now in ((not last, "U1", NOW), (last, "U2", LATER)):
        async with database.transaction() as tx:
            await Switch(tx, ACME).turn(on, person, now)
            assert (await Switch(tx, ACME).state()).on is on
    assert await state(database) == SwitchState(on=last, person="U2", at=LATER)


async def test_each_turn_is_in_the_audit_trail(database: Database) -> None:
    async with database.transaction() as tx:
        await Switch(tx, ACME).turn(on=False, person="U1", now=NOW)
        await Switch(tx, ACME).turn(on=False, person="U2", now=LATER)
        assert await AuditTrail(tx, ACME).verify() == 2
        second = await tx.get(AuditRow, (ACME, 2))
    assert second is not None
    assert (second.actor, second.action, second.details) == ("U2", "switch.turned", {"on": False})


async def test_a_turn_that_is_rolled_back_never_happened(database: Database) -> None:
    async def fails_after_turning() -> None:
        async with database.transaction() as tx:
            await Switch(tx, ACME).turn(on=False, person="U1", now=NOW)
            raise RuntimeError("on the way")

    with pytest.raises(RuntimeError, match="on the way"):
        await fails_after_turning()
    assert (await state(database)).on


async def test_each_workspace_has_a_switch_of_its_own(database: Database) -> None:
    async with database.transaction() as tx:
        await Switch(tx, OTHER).turn(on=False, person="U9", now=NOW)
    assert (await state(database)).on
    assert not (await state(database, OTHER)).on
