from datetime import date

from sqlalchemy import text

from knowledge.documents.document import DocumentStatus
from storage.audit import AuditTrail
from storage.database import Database
from storage.document_record import Approval, DocumentRecord
from storage.documents import Documents
from tests.storage.examples import ACME, LATER, NOW, OTHER, version


async def get(database: Database, workspace: str = ACME) -> DocumentRecord:
    async with database.reading() as tx:
        record = await Documents(tx, workspace).get("refunds")
    assert record is not None
    return record


async def audited(database: Database) -> list[str]:
    async with database.reading() as tx:
        await AuditTrail(tx, ACME).verify()
        rows = await (await tx.connection()).execute(text("SELECT action, subject FROM audit ORDER BY seq"))
        return [f"{action} {subject}" for action, subject in rows]


async def test_a_version_is_remembered_with_its_approval(database: Database) -> None:
    seen = version(effective_until=date(2026, 12, 31), owner="Support", topic="billing", url="https://acme.example/r")
    async with database.transaction() as tx:
        await Documents(tx, ACME).record([seen], NOW, "sync")
    record = await get(database)
    assert record.versions == (record.current,)
    fields = set(type(seen).model_fields) & set(type(record.current).model_fields)
    assert record.current.model_dump(include=fields) == seen.model_dump(include=fields)
    assert record.current.approvals == (Approval(approved_by="Grace", recorded_at=NOW),)
    assert (record.current.number, record.first_seen_at, record.gone_at) == (1, NOW, None)


async def test_recording_again_changes_nothing(database: Database) -> None:
    async with database.transaction() as tx:
        await Documents(tx, ACME).record([version()], NOW, "sync")
    before = await get(database)
    async with database.transaction() as tx:
        await Documents(tx, ACME).record([version()], LATER, "sync")
    assert await get(database) == before
    assert await audited(database) == ["document.approved refunds"]


async def test_a_changed_text_is_the_next_version(database: Database) -> None:
    async with database.transaction() as tx:
        await Documents(tx, ACME).record([version("one")], NOW, "sync")
    async with database.transaction() as tx:
        await Documents(tx, ACME).record([version("two", status=DocumentStatus.PROPOSED)], LATER, "sync")
    record = await get(database)
    assert [v.number for v in record.versions] == [1, 2]
    assert record.current.status is DocumentStatus.PROPOSED
    assert record.current.approvals == ()
    assert record.current.first_seen_at == LATER
    assert await audited(database) == ["document.approved refunds"]


async def test_a_text_that_comes_back_has_its_old_number(database: Database) -> None:
    for words in ("one", "two", "one"):
        async with database.transaction() as tx:
            await Documents(tx, ACME).record([version(words)], NOW, "sync")
    record = await get(database)
    assert record.current.number == 1
    assert len(record.versions) == 2
    assert len(await audited(database)) == 2


async def test_what_is_said_of_a_version_may_change_while_its_text_stays(database: Database) -> None:
    async with database.transaction() as tx:
        await Documents(tx, ACME).record([version()], NOW, "sync")
        changed = version(superseded_from=date(2026, 6, 1), path="moved.md", approved_by="Hopper")
        await Documents(tx, ACME).record([changed], LATER, "sync")
    current = (await get(database)).current
    assert (current.number, current.path, current.superseded_from) == (1, "moved.md", date(2026, 6, 1))
    assert [a.approved_by for a in current.approvals] == ["Grace", "Hopper"]


async def test_a_document_that_is_gone_is_said_to_be_so_once_and_may_come_back(database: Database) -> None:
    async with database.transaction() as tx:
        await Documents(tx, ACME).record([version()], NOW, "sync")
        await Documents(tx, ACME).gone(["refunds", "never-seen"], NOW, "sync")
    async with database.transaction() as tx:
        await Documents(tx, ACME).gone(["refunds"], LATER, "sync")
    assert (await get(database)).gone_at == NOW
    assert await audited(database) == ["document.approved refunds", "document.gone refunds"]
    async with database.transaction() as tx:
        await Documents(tx, ACME).record([version()], LATER, "sync")
    back = await get(database)
    assert (back.gone_at, back.returned_at) == (None, LATER)
    assert (await audited(database))[-1] == "document.returned refunds"


async def test_all_documents_are_listed_by_id(database: Database) -> None:
    async with database.transaction() as tx:
        seen = [version(f"text {name}", id=name) for name in ("shipping", "accounts", "refunds")]
        await Documents(tx, ACME).record(seen, NOW, "sync")
    async with database.reading() as tx:
        listed = await Documents(tx, ACME).list()
        assert [record.id for record in listed] == ["accounts", "refunds", "shipping"]
        assert listed[1] == await Documents(tx, ACME).get("refunds")


async def test_workspaces_with_equal_ids_never_see_each_other(database: Database) -> None:
    async with database.transaction() as tx:
        await Documents(tx, ACME).record([version("one"), version("two")], NOW, "sync")
        await Documents(tx, OTHER).record([version("one", title="Theirs")], NOW, "sync")
        await Documents(tx, OTHER).gone(["refunds"], LATER, "sync")
    assert len((await get(database)).versions) == 2
    assert (await get(database)).gone_at is None
    assert (await get(database, OTHER)).current.title == "Theirs"


async def test_an_unknown_document_is_none(database: Database) -> None:
    async with database.reading() as tx:
        assert await Documents(tx, ACME).get("unknown") is None
