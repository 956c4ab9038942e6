"""Engines for SQLite and PostgreSQL: what is said to a connection before a transaction, and nothing more."""

import sqlite3
from enum import StrEnum
from typing import Any

from sqlalchemy import URL, Connection, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.errors import DatabaseUnusable

_PATIENCE = 5
"""Seconds to wait for another writer."""
_MIGRATION_LOCK = 7_265_011
"""Any number; two processes that migrate one PostgreSQL database must only agree on it."""

_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}


class Purpose(StrEnum):
    """What a transaction is for."""

    WRITING = "writing"
    READING = "reading"
    MIGRATING = "migrating"


_OPENING = {
    # A deferred BEGIN that reads and then writes fails at once where another writer came between.
    ("sqlite", Purpose.WRITING): ("PRAGMA query_only = OFF", "BEGIN IMMEDIATE"),
    ("sqlite", Purpose.READING): ("PRAGMA query_only = ON", "BEGIN"),
    # A migration may have to copy a table and drop the old one, which foreign keys would take for deleting rows.
    ("sqlite", Purpose.MIGRATING): ("PRAGMA foreign_keys = OFF", "BEGIN IMMEDIATE"),
    # SET LOCAL ends with the transaction, so a connection pooler between us and the server does no harm.
    ("postgresql", Purpose.WRITING): (f"SET LOCAL lock_timeout = '{_PATIENCE}s'",),
    ("postgresql", Purpose.READING): ("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY",),
    ("postgresql", Purpose.MIGRATING): (
        "SET LOCAL statement_timeout = '5min'",
        "SET LOCAL lock_timeout = '10s'",
        f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})",
    ),
}


def parse(address: str) -> URL:
    """The address with the driver we use. Raises `DatabaseUnusable` for an address that is neither of the two."""
    try:
        url = make_url(address)
        return url.set(drivername=_DRIVERS[url.drivername])
    except (ArgumentError, KeyError):
        # The address may hold a password: neither the sentence nor the cause repeats it.
        raise DatabaseUnusable(
            "The database's address is not understood; write sqlite:///path/to/file.sqlite or postgresql://user@host/name."
        ) from None


def create_engine(url: URL, *, durable: bool) -> AsyncEngine:
    """An engine whose transactions open as `Purpose` says. `durable` waits for the disk on each SQLite commit."""
    sqlite = url.get_backend_name() == "sqlite"
    waits = {"timeout": str(_PATIENCE)} if sqlite else {"connect_timeout": "10"}
    missing = {key: value for key, value in waits.items() if key not in url.query}
    try:
        engine = create_async_engine(
            url.update_query_dict(missing),
            hide_parameters=True,
            pool_pre_ping=not sqlite,
            # The driver must not begin transactions by itself: `_open` does.
            connect_args={"isolation_level": None} if sqlite else {},
        )
    except ModuleNotFoundError as error:
        raise DatabaseUnusable("PostgreSQL needs one more package; run pip install 'proofdesk[postgres]'.") from error
    event.listen(engine.sync_engine, "begin", _open)
    if sqlite:
        event.listen(engine.sync_engine, "do_connect", _try_to_open)
        event.listen(engine.sync_engine, "connect", _Greeting(durable=durable))
    return engine


def _open(connection: Connection) -> None:
    purpose = connection.get_execution_options().get("purpose", Purpose.WRITING)
    for statement in _OPENING[connection.dialect.name, purpose]:
        connection.exec_driver_sql(statement)


def _try_to_open(_dialect: object, _record: object, arguments: list[Any], options: dict[str, Any]) -> None:
    # Where a file cannot be opened, aiosqlite leaves a thread behind that may print its own traceback at the end
    # of the program. So the plain driver tries first; it takes microseconds.
    sqlite3.connect(*arguments, **options).close()


class _Greeting:
    """What is said once to each new SQLite connection."""

    def __init__(self, *, durable: bool) -> None:
        self._synchronous = "FULL" if durable else "NORMAL"

    def __call__(self, connection: Any, _record: object) -> None:
        cursor = connection.cursor()
        _write_ahead(cursor)
        cursor.execute(f"PRAGMA synchronous = {self._synchronous}")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.close()


def _write_ahead(cursor: Any) -> None:
    try:
        cursor.execute("PRAGMA journal_mode = WAL")
    except sqlite3.OperationalError as error:
        # SQLite does not wait for its turn here. Whoever is busy with a new file turns this on too, and it stays on.
        if not error.sqlite_errorname.startswith("SQLITE_BUSY"):
            raise
