"""What the exceptions of SQLAlchemy, SQLite and PostgreSQL mean for people."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolExhausted

from storage.errors import DatabaseUnusable, SchemaOutdated, StorageError

_CANNOT_OPEN = (
    "{place} cannot be opened; check that it exists, that its address is right and that Proofdesk may reach it."
)
_READ_ONLY = "{place} is read-only; let Proofdesk write to it, and for SQLite also to its folder."
BUSY = "{place} is locked by another program or too busy; try again in a moment."
_FULL = "The disk of {place} is full or failing; make room and try again."
_DAMAGED = "{place} is damaged; restore it from a backup."
_NOT_SQLITE = "{place} is not a SQLite database; move that file away or choose another address."
_FAULT = "{place} refused what Proofdesk sent ({code}); this is a fault in Proofdesk, please report it with the log."

MIGRATE = "{place} has an older layout than this Proofdesk; run `proofdesk migrate`."
UPGRADE = "{place} was written by a newer Proofdesk; upgrade Proofdesk."

# SQLite's extended names begin with the plain ones, as SQLITE_READONLY_DIRECTORY does.
_SQLITE = {
    "SQLITE_CANTOPEN": _CANNOT_OPEN,
    "SQLITE_PERM": _CANNOT_OPEN,
    "SQLITE_AUTH": _CANNOT_OPEN,
    "SQLITE_READONLY": _READ_ONLY,
    "SQLITE_BUSY": BUSY,
    "SQLITE_LOCKED": BUSY,
    "SQLITE_FULL": _FULL,
    "SQLITE_IOERR": _FULL,
    "SQLITE_CORRUPT": _DAMAGED,
    "SQLITE_NOTADB": _NOT_SQLITE,
}

# Classes and codes of SQLSTATE, longest first where one is the beginning of another.
_POSTGRESQL = {
    "25006": _READ_ONLY,
    "40": BUSY,
    "53100": _FULL,
    "53": BUSY,
    "55P03": BUSY,
    "57014": BUSY,
    "08": _CANNOT_OPEN,
    "28": _CANNOT_OPEN,
    "3D": _CANNOT_OPEN,
    "57P": _CANNOT_OPEN,
    "58": _FULL,
    "XX": _DAMAGED,
}
_NO_SUCH_TABLE_OR_COLUMN = ("42P01", "42703")
_REFUSED_ROW = ("22", "23")


@contextmanager
def in_our_words(place: str) -> Iterator[None]:
    """Turns the libraries' exceptions into this room's. `place` names the database as people know it."""
    try:
        yield
    except SQLAlchemyError as error:
        # PostgreSQL repeats the row it refuses, and a cause is printed in the log with it.
        quotes_the_row = _sqlstate(error)[:2] in _REFUSED_ROW
        raise _explain(error, place) from None if quotes_the_row else error


def _explain(error: SQLAlchemyError, place: str) -> StorageError:
    if isinstance(error, PoolExhausted):
        return DatabaseUnusable(BUSY.format(place=place))
    if _lacks_tables(error):
        return SchemaOutdated(MIGRATE.format(place=place))
    code, sentences = _sqlstate(error), _POSTGRESQL
    if not code:
        code, sentences = getattr(_original(error), "sqlite_errorname", ""), _SQLITE
    sentence = next((text for prefix, text in sentences.items() if code.startswith(prefix)), None)
    if sentence is None and not code and isinstance(error, OperationalError):
        sentence = _CANNOT_OPEN  # psycopg never reached a server, or lost it.
    if sentence:
        return DatabaseUnusable(sentence.format(place=place))
    return StorageError(_FAULT.format(place=place, code=code or type(error).__name__))


def _lacks_tables(error: SQLAlchemyError) -> bool:
    # SQLite has no code of its own for these.
    message = str(_original(error))
    return (
        _sqlstate(error) in _NO_SUCH_TABLE_OR_COLUMN
        or message.startswith(("no such table", "no such column"))
        or "has no column named" in message
    )


def _sqlstate(error: SQLAlchemyError) -> str:
    return getattr(_original(error), "sqlstate", None) or ""


def _original(error: SQLAlchemyError) -> BaseException | None:
    return error.orig if isinstance(error, DBAPIError) else None
