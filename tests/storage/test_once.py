import pytest
from sqlmodel import select

from storage.database import Database
from storage.errors import StorageError
from storage.once import add_once
from storage.tables import CardRow, PostRow
from tests.storage.examples import ACME, NOW


def post(post_id: str, ts: str | None) -> PostRow:
    return PostRow(workspace=ACME, id=post_id, channel="C1", thread="", ts=ts, state="new", created_at=NOW)


async def test_a_row_whose_primary_or_unique_key_is_taken_is_not_added(database: Database) -> None:
    async with database.transaction() as tx:
        rows = (post("a", "1"), post("a", "2"), post("b", "1"), post("c", None), post("d", None))
        added = [await add_once(tx, row) for row in rows]
    assert added == [True, False, False, True, True]
    async with database.reading() as tx:
        assert sorted(await tx.exec(select(PostRow.id))) == ["a", "c", "d"]


async def test_a_row_that_is_refused_for_another_reason_is_an_error(database: Database) -> None:
    of_no_ticket = CardRow(
        workspace=ACME, id="a", ticket_id="none", channel="C1", thread="", source="", requested_by="", created_at=NOW
    )
    with pytest.raises(StorageError, match="fault in Proofdesk"):
        async with database.transaction() as tx:
            await add_once(tx, of_no_ticket)
