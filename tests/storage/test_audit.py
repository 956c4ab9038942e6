import asyncio

import pytest
from sqlalchemy import text

from storage.audit import AuditTrail
from storage.database import Database
from storage.errors import AuditBroken
from tests.storage.examples import ACME, NOW, OTHER


async def append(database: Database, workspace: str = ACME, subject: str = "draft") -> int:
    async with database.transaction() as tx:
        details = {"number": 1, "reason": None, "confirmed": True, "title": "Größe"}
        return await AuditTrail(tx, workspace).append(
            at=NOW, actor="U1", action="draft.decided", subject=subject, details=details
        )


async def verify(database: Database, workspace: str = ACME) -> int:
    async with database.reading() as tx:
        return await AuditTrail(tx, workspace).verify()


async def test_an_empty_trail_is_whole(database: Database) -> None:
    assert await verify(database) == 0


async def test_rows_are_counted_and_found_as_they_were_written(database: Database, other: Database) -> None:
    assert [await append(database) for _ in range(3)] == [1, 2, 3]
    assert await verify(other) == 3


async def test_rows_added_at_once_form_one_chain(database: Database, other: Database) -> None:
    numbers = await asyncio.gather(
        *(append(through, subject=str(n)) for n in range(5) for through in (database, other))
    )
    assert sorted(numbers) == list(range(1, 11))
    assert await verify(database) == 10


async def test_each_workspace_has_a_chain_of_its_own(database: Database) -> None:
    for _ in range(2):
        await append(database, ACME)
        await append(database, OTHER)
    async with database.transaction() as tx:
        await (await tx.connection()).execute(text("UPDATE audit SET actor = 'U2' WHERE workspace = 'T-OTHER'"))
    assert await verify(database, ACME) == 2
    with pytest.raises(AuditBroken, match="T-OTHER is broken at row 1"):
        await verify(database, OTHER)


@pytest.mark.parametrize(
    ("tampering", "first_bad"),
    [
        (["UPDATE audit SET actor = 'U2' WHERE seq = 3"], 3),
        (["UPDATE audit SET details = '{}' WHERE seq = 2"], 2),
        (["UPDATE audit SET at = '2026-03-02 00:00:00' WHERE seq = 4"], 4),
        (["UPDATE audit SET hash = previous_hash WHERE seq = 3"], 3),
        (["DELETE FROM audit WHERE seq = 1"], 1),
        (["DELETE FROM audit WHERE seq = 3"], 3),
        (["DELETE FROM audit WHERE seq = 3", "UPDATE audit SET seq = seq - 1 WHERE seq > 3"], 3),
        (
            [
                "UPDATE audit SET seq = 99 WHERE seq = 2",
                "UPDATE audit SET seq = 2 WHERE seq = 3",
                "UPDATE audit SET seq = 3 WHERE seq = 99",
            ],
            2,
        ),
        (["DELETE FROM audit WHERE seq = 5"], 5),
        (["DELETE FROM audit WHERE seq > 2"], 3),
        (["DELETE FROM audit"], 1),
        (["DELETE FROM audit_heads"], 1),
        (["UPDATE audit_heads SET seq = 4"], 5),
        (
            [
                "CREATE TABLE copied AS SELECT * FROM audit WHERE seq = 5",
                "UPDATE copied SET seq = 6, previous_hash = hash",
                "INSERT INTO audit SELECT * FROM copied",
            ],
            6,
        ),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
async def test_tampering_is_found_at_the_first_row_that_is_wrong(
    database: Database, tampering: list[str], first_bad: int
) -> None:
    for n in range(5):
        await append(database, subject=f"draft-{n}")
    async with database.transaction() as tx:
        for statement in tampering:
            await (await tx.connection()).execute(text(statement))
    with pytest.raises(AuditBroken) as caught:
        await verify(database)
    assert caught.value.seq == first_bad


async def test_the_newest_row_is_known_without_reading_the_trail(database: Database) -> None:
    seen = []
    async with database.transaction() as tx:
        ours = AuditTrail(tx, ACME)
        for _ in range(3):
            seen.append(await ours.newest())
            await ours.append(at=NOW, actor="U1", action="test", subject="none", details={})
        assert await AuditTrail(tx, OTHER).newest() == 0
    assert seen == [0, 1, 2]
