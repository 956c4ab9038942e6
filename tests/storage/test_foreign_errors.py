import sqlite3
import traceback

import psycopg.errors
import pytest
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolExhausted

from storage.errors import DatabaseUnusable, SchemaOutdated, StorageError
from storage.foreign_errors import in_our_words


def translated(error: SQLAlchemyError) -> StorageError:
    with pytest.raises(StorageError) as caught, in_our_words("The database"):
        raise error
    return caught.value


def from_sqlite(name: str, message: str = "") -> DBAPIError:
    original = sqlite3.OperationalError(message)
    original.sqlite_errorname = name
    return OperationalError("SELECT 1", None, original)


def from_postgresql(sqlstate: str, message: str = "") -> DBAPIError:
    return DBAPIError("SELECT 1", None, psycopg.errors.lookup(sqlstate)(message))


@pytest.mark.parametrize(
    ("error", "remedy"),
    [
        (from_sqlite("SQLITE_CANTOPEN_ISDIR"), "check that it exists"),
        (from_sqlite("SQLITE_READONLY_DIRECTORY"), "let Proofdesk write"),
        (from_sqlite("SQLITE_BUSY_SNAPSHOT"), "try again in a moment"),
        (from_sqlite("SQLITE_FULL"), "make room"),
        (from_sqlite("SQLITE_IOERR_WRITE"), "make room"),
        (from_sqlite("SQLITE_CORRUPT"), "from a backup"),
        (from_sqlite("SQLITE_NOTADB"), "choose another address"),
        (from_postgresql("25006"), "let Proofdesk write"),
        (from_postgresql("28P01"), "check that it exists"),
        (from_postgresql("3D000"), "check that it exists"),
        (from_postgresql("40P01"), "try again in a moment"),
        (from_postgresql("53100"), "make room"),
        (from_postgresql("53300"), "try again in a moment"),
        (from_postgresql("55P03"), "try again in a moment"),
        (from_postgresql("57014"), "try again in a moment"),
        (from_postgresql("57P01"), "check that it exists"),
        (OperationalError("SELECT 1", None, psycopg.OperationalError("connection refused")), "check that it exists"),
        (PoolExhausted("pool"), "try again in a moment"),
    ],
    ids=str,
)
def test_an_unusable_database_comes_with_its_remedy(error: SQLAlchemyError, remedy: str) -> None:
    ours = translated(error)
    assert isinstance(ours, DatabaseUnusable)
    assert remedy in str(ours)
    assert ours.__cause__ is error


@pytest.mark.parametrize(
    "error",
    [
        from_sqlite("SQLITE_ERROR", "no such table: drafts"),
        from_sqlite("SQLITE_ERROR", "no such column: drafts.new"),
        from_sqlite("SQLITE_ERROR", "table drafts has no column named new"),
        from_postgresql("42P01"),
        from_postgresql("42703"),
    ],
    ids=str,
)
def test_a_missing_table_or_column_asks_for_a_migration(error: SQLAlchemyError) -> None:
    assert isinstance(translated(error), SchemaOutdated)


def test_a_fault_of_ours_is_named_by_its_code() -> None:
    assert "(SQLITE_MISMATCH)" in str(translated(from_sqlite("SQLITE_MISMATCH")))
    assert "(42601)" in str(translated(from_postgresql("42601")))


@pytest.mark.parametrize("sqlstate", ["22P02", "23502", "23505"])
def test_a_row_that_postgresql_repeats_does_not_reach_the_log(sqlstate: str) -> None:
    ours = translated(from_postgresql(sqlstate, "DETAIL: Failing row contains (Ada, " + "42" * 8))
    assert f"({sqlstate})" in str(ours)
    assert "42" * 8 not in "".join(traceback.format_exception(ours))


def test_exceptions_that_are_not_the_librarys_pass() -> None:
    with pytest.raises(KeyError), in_our_words("The database"):
        raise KeyError("ours")
