import asyncio
import os
import shutil
import sqlite3
import subprocess
import sys
import traceback
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import Database
from storage.errors import DatabaseUnusable, SchemaOutdated, StorageError
from storage.tables import TicketRow
from storage.tickets import Tickets
from tests.storage.examples import ACME, NOW, TICKET


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Database]:
    database = Database(url)
    try:
        yield database
    finally:
        await database.close()


async def keys(database: Database) -> list[str]:
    async with database.reading() as tx:
        return list(await tx.exec(select(TicketRow.key).order_by(col(TicketRow.key))))


async def test_leaving_a_transaction_keeps_what_was_written(database: Database, other: Database) -> None:
    async with database.transaction() as tx:
        await Tickets(tx, ACME).open(TICKET, "kept", NOW)
    assert await keys(other) == ["kept"]


async def test_an_exception_rolls_everything_back(database: Database, other: Database) -> None:
    async def fails_on_the_way() -> None:
        async with database.transaction() as tx:
            await Tickets(tx, ACME).open(TICKET, "lost", NOW)
            raise RuntimeError("on the way")

    with pytest.raises(RuntimeError, match="on the way"):
        await fails_on_the_way()
    assert await keys(other) == []


async def test_a_cancelled_transaction_rolls_back_and_holds_up_nobody(database: Database, other: Database) -> None:
    written = asyncio.Event()

    async def never_ends() -> None:
        async with database.transaction() as tx:
            await Tickets(tx, ACME).open(TICKET, "cancelled", NOW)
            written.set()
            await asyncio.Future()

    task = asyncio.create_task(never_ends())
    await written.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with other.transaction() as tx:
        await Tickets(tx, ACME).open(TICKET, "next", NOW)
    assert await keys(database) == ["next"]


async def test_a_writer_waits_for_another_and_then_sees_what_it_wrote(database: Database, other: Database) -> None:
    first_holds = asyncio.Event()

    async def first() -> str:
        async with database.transaction() as tx:
            ticket_id = await Tickets(tx, ACME).open(TICKET, "same", NOW)
            first_holds.set()
            return ticket_id

    async def second() -> str:
        await first_holds.wait()
        async with other.transaction() as tx:
            return await Tickets(tx, ACME).open(TICKET, "same", NOW)

    one, two = await asyncio.gather(first(), second())
    assert one == two


async def test_writers_that_read_before_they_write_all_get_their_turn(database: Database, other: Database) -> None:
    async def open_the_next(through: Database) -> None:
        async with through.transaction() as tx:
            await keys_in(tx)
            await Tickets(tx, ACME).open(TICKET, os.urandom(8).hex(), NOW)

    async def keys_in(tx: AsyncSession) -> None:
        await tx.exec(select(TicketRow.key))

    await asyncio.gather(*(open_the_next(through) for through in (database, other) * 6))
    assert len(await keys(database)) == 12


async def test_a_reader_waits_for_no_writer_and_sees_one_moment(database: Database, other: Database) -> None:
    async with other.reading() as reading:
        assert not (await reading.exec(select(TicketRow.key))).all()
        async with database.transaction() as tx:
            await Tickets(tx, ACME).open(TICKET, "meanwhile", NOW)
        assert not (await reading.exec(select(TicketRow.key))).all()


async def test_a_reader_cannot_write(database: Database) -> None:
    with pytest.raises(DatabaseUnusable, match="read-only"):
        async with database.reading() as tx:
            await Tickets(tx, ACME).open(TICKET, "never", NOW)
    assert await keys(database) == []


async def run(tx: AsyncSession, statement: str, **values: str) -> None:
    await (await tx.connection()).execute(text(statement), values)


async def test_references_are_enforced(database: Database) -> None:
    with pytest.raises(StorageError, match="fault in Proofdesk"):
        async with database.transaction() as tx:
            await run(tx, "INSERT INTO statements VALUES ('T', 'no such draft', 0, 'Hello')")


async def test_a_row_that_is_refused_is_repeated_nowhere(database: Database) -> None:
    card = "42" * 8
    with pytest.raises(StorageError, match="fault in Proofdesk") as caught:
        async with database.transaction() as tx:
            await run(tx, "INSERT INTO tickets (workspace, id, subject) VALUES ('T', 'id', :card)", card=card)
    assert card not in "".join(traceback.format_exception(caught.value))


async def test_migrating_twice_changes_nothing(empty_url: str) -> None:
    async with opened(empty_url) as database:
        await database.migrate()
        async with database.transaction() as tx:
            await Tickets(tx, ACME).open(TICKET, "kept", NOW)
        await database.migrate()
        await database.check()
        assert await keys(database) == ["kept"]


async def test_two_processes_may_migrate_at_once(empty_url: str) -> None:
    async with opened(empty_url) as one, opened(empty_url) as two:
        await asyncio.gather(one.migrate(), two.migrate())
        await one.check()


async def test_a_database_without_tables_asks_for_a_migration(empty_url: str) -> None:
    async with opened(empty_url) as database:
        with pytest.raises(SchemaOutdated, match="run `proofdesk migrate`"):
            await database.check()
        with pytest.raises(SchemaOutdated, match="run `proofdesk migrate`"):
            await keys(database)


async def test_a_database_of_a_newer_release_asks_for_an_upgrade(database: Database) -> None:
    async with database.transaction() as tx:
        await run(tx, "UPDATE alembic_version SET version_num = '9999'")
    for refuses in (database.check, database.migrate):
        with pytest.raises(SchemaOutdated, match="upgrade Proofdesk"):
            await refuses()


async def test_migrating_makes_the_folder_of_the_file(tmp_path: Path) -> None:
    async with opened(f"sqlite:///{tmp_path}/new/folder/desk.sqlite") as database:
        await database.migrate()
        await database.check()


async def test_a_folder_that_cannot_be_made_is_said_to_be_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    async with opened(f"sqlite:///{tmp_path}/file/desk.sqlite") as database:
        with pytest.raises(DatabaseUnusable, match=r"folder .* cannot be made"):
            await database.migrate()


async def test_a_file_whose_folder_is_missing_cannot_be_opened(tmp_path: Path) -> None:
    async with opened(f"sqlite:///{tmp_path}/missing/desk.sqlite") as database:
        with pytest.raises(DatabaseUnusable, match="cannot be opened"):
            await database.check()


async def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("These are my notes, and they are longer than a page of SQLite's header. " * 20)
    before = file.read_bytes()
    async with opened(f"sqlite:///{file}") as database:
        for refuses in (database.check, database.migrate):
            with pytest.raises(DatabaseUnusable, match="not a SQLite database"):
                await refuses()
    assert file.read_bytes() == before


async def test_a_read_only_database_is_said_to_be_so(url: str, backend: str) -> None:
    read_only = {
        "sqlite": f"{url.replace('sqlite:///', 'sqlite:///file:')}?mode=ro&uri=true",
        "postgresql": f"{url}&options=-c%20default_transaction_read_only%3Don",
    }[backend]
    async with opened(read_only) as database:
        with pytest.raises(DatabaseUnusable, match="is read-only; let Proofdesk write"):
            async with database.transaction() as tx:
                await Tickets(tx, ACME).open(TICKET, "never", NOW)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
async def test_a_write_protected_file_is_said_to_be_read_only(migrated_file: Path, tmp_path: Path) -> None:
    file = shutil.copy(migrated_file, tmp_path / "desk.sqlite")
    os.chmod(file, 0o444)  # noqa: PTH101 - pathlib's is refused in a coroutine.
    async with opened(f"sqlite:///{file}") as database:
        with pytest.raises(DatabaseUnusable, match="is read-only"):
            async with database.transaction() as tx:
                await Tickets(tx, ACME).open(TICKET, "never", NOW)


async def test_patience_with_another_program_ends(migrated_file: Path, tmp_path: Path) -> None:
    file = shutil.copy(migrated_file, tmp_path / "desk.sqlite")
    holder = sqlite3.connect(file, isolation_level=None)
    try:
        holder.execute("BEGIN IMMEDIATE")
        async with opened(f"sqlite:///{file}?timeout=0.05") as database:
            with pytest.raises(DatabaseUnusable, match="try again in a moment"):
                async with database.transaction() as tx:
                    await Tickets(tx, ACME).open(TICKET, "never", NOW)
    finally:
        holder.close()


async def test_writers_of_one_process_go_in_the_order_they_came(database: Database, backend: str) -> None:
    if backend != "sqlite":
        pytest.skip("PostgreSQL's writers do not queue")
    order = []

    async def write(n: int) -> None:
        async with database.transaction() as tx:
            await Tickets(tx, ACME).open(TICKET, str(n), NOW)
            order.append(n)

    await asyncio.gather(*map(write, range(40)))
    assert order == list(range(40))


async def test_a_writer_that_gives_up_its_place_in_line_holds_up_nobody(database: Database) -> None:
    first_holds, first_may_end = asyncio.Event(), asyncio.Event()

    async def first() -> None:
        async with database.transaction() as tx:
            await Tickets(tx, ACME).open(TICKET, "first", NOW)
            first_holds.set()
            await first_may_end.wait()

    async def write(key: str) -> None:
        async with database.transaction() as tx:
            await Tickets(tx, ACME).open(TICKET, key, NOW)

    holding = asyncio.create_task(first())
    await first_holds.wait()
    impatient, patient = asyncio.create_task(write("impatient")), asyncio.create_task(write("patient"))
    # Both have come as far as they can, once a later task has run to its end.
    await asyncio.create_task(keys(database))
    impatient.cancel()
    first_may_end.set()
    ended = await asyncio.gather(holding, impatient, patient, return_exceptions=True)
    assert isinstance(ended[1], asyncio.CancelledError)
    assert await keys(database) == ["first", "patient"]


async def test_writers_of_a_server_do_not_queue(database: Database, backend: str) -> None:
    if backend == "sqlite":
        pytest.skip("SQLite has one writer at a time")
    both_write = asyncio.Barrier(2)

    async def write(workspace: str) -> None:
        async with database.transaction() as tx:
            await Tickets(tx, workspace).open(TICKET, "key", NOW)
            await both_write.wait()

    await asyncio.wait_for(asyncio.gather(write("one"), write("two")), timeout=20)


async def test_patience_with_a_writer_of_the_same_process_ends(migrated_file: Path, tmp_path: Path) -> None:
    file = shutil.copy(migrated_file, tmp_path / "desk.sqlite")
    async with opened(f"sqlite:///{file}?timeout=0.05") as database:
        async with database.transaction():
            with pytest.raises(DatabaseUnusable, match="try again in a moment"):
                async with database.transaction():
                    pass
        async with database.transaction() as tx:
            await Tickets(tx, ACME).open(TICKET, "next", NOW)
        assert await keys(database) == ["next"]


async def test_a_server_that_is_not_there_cannot_be_opened(tmp_path: Path) -> None:
    async with opened(f"postgresql://somebody:secret@/desk?host={tmp_path}") as database:
        with pytest.raises(DatabaseUnusable, match="PostgreSQL database desk cannot be opened") as caught:
            await database.check()
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("address", ["mysql://root:secret@host/name", "desk.sqlite", "", "postgresql+asyncpg://host/x"])
def test_an_address_that_is_not_understood_is_not_repeated(address: str) -> None:
    with pytest.raises(DatabaseUnusable, match="write sqlite:///") as caught:
        Database(address)
    assert "secret" not in repr(caught.value)
    assert caught.value.__suppress_context__


async def test_heroku_style_addresses_are_understood(postgres: str) -> None:
    async with opened(postgres.replace("postgresql://", "postgres://")) as database:
        with pytest.raises(SchemaOutdated):
            await database.check()


@pytest.mark.parametrize(("durable", "synchronous"), [(False, 1), (True, 2)])
async def test_sqlite_is_opened_for_many_readers_and_one_writer(
    migrated_file: Path, *, durable: bool, synchronous: int
) -> None:
    database = Database(f"sqlite:///{migrated_file}", durable=durable)
    async with database.transaction() as tx:
        pragmas = {
            name: (await (await tx.connection()).execute(text(f"PRAGMA {name}"))).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    await database.close()
    assert pragmas == {"journal_mode": "wal", "synchronous": synchronous, "foreign_keys": 1, "busy_timeout": 5000}


def test_opening_a_database_does_not_import_alembic() -> None:
    code = "import sys; import storage.database; sys.exit('alembic' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603 - Our own words.
