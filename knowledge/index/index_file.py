"""IndexFile: the one SQLite file an index lives in, with what it must hold to be of use to us."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

from knowledge.errors import IndexUnusable

_APPLICATION = 0x50524F46
_SCHEMA = 3
"""Raise it when the tables, the cutting of passages or the embedded text change: then every index is made anew."""
_PATIENCE = 30.0
"""Seconds to wait while another process writes."""
_TABLES = """
CREATE TABLE meta (schema INTEGER, embedding TEXT, dimension INTEGER, identity TEXT);
CREATE TABLE nodes (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    ref_doc TEXT NOT NULL,
    text TEXT NOT NULL,
    metadata TEXT NOT NULL,
    section TEXT AS (metadata ->> 'section') STORED,
    document TEXT AS (metadata ->> 'document') STORED,
    topic TEXT AS (metadata ->> 'topic') STORED,
    audience TEXT AS (metadata ->> 'audience') STORED,
    status TEXT AS (metadata ->> 'status') STORED,
    effective_from TEXT AS (metadata ->> 'effective_from') STORED,
    effective_until TEXT AS (metadata ->> 'effective_until') STORED,
    vector BLOB NOT NULL
);
CREATE INDEX nodes_by_ref_doc ON nodes (ref_doc);
CREATE INDEX nodes_by_force ON nodes (status, effective_from, effective_until);
CREATE VIRTUAL TABLE words USING fts5 (
    section, text, content='nodes', content_rowid='row', tokenize='porter unicode61'
);
CREATE TRIGGER nodes_added AFTER INSERT ON nodes BEGIN
    INSERT INTO words (rowid, section, text) VALUES (new.row, new.section, new.text);
END;
CREATE TRIGGER nodes_gone AFTER DELETE ON nodes BEGIN
    INSERT INTO words (words, rowid, section, text) VALUES ('delete', old.row, old.section, old.text);
END;
"""


class Meta(NamedTuple):
    """What a file says of itself."""

    schema: int
    embedding: str
    dimension: int
    """0 as long as nothing with a vector was added."""
    identity: str
    """Another one whenever the tables are made anew; row numbers mean nothing beyond it."""


class IndexFile:
    """Opens the file for each reading and each transaction, so threads, processes and deletions need no care.

    No write-ahead log: an index is written seldom and at once, and so it can be read from a read-only folder.
    """

    def __init__(self, path: Path, embedding: str) -> None:
        self.path = path
        self.embedding = embedding
        self._writing = threading.local()

    def fits(self) -> bool:
        """Whether there is an index here made with our embedding; false means that a sync must make it anew."""
        with self._faults():
            if not self.path.exists():
                return False
            with closing(self._open("rw")) as connection:
                meta = self._meta(connection)
        return meta is not None and (meta.schema, meta.embedding) == (_SCHEMA, self.embedding)

    @contextmanager
    def reading(self) -> Iterator[tuple[sqlite3.Connection, Meta]]:
        """One consistent view of what is committed. Raises `IndexUnusable` where there is nothing for us."""
        with self._faults(ValueError, TypeError):
            if not self.path.exists():
                raise IndexUnusable(f"There is no index at {self.path}: run `proofdesk docs sync`.")
            with closing(self._open("rw")) as connection:
                connection.execute("BEGIN")
                yield connection, self._checked(self._meta(connection))

    @contextmanager
    def writing(self, *, anew: bool = False) -> Iterator[sqlite3.Connection]:
        """One transaction; inside it, further calls in the same thread join it. `anew` makes the tables anew."""
        joined: sqlite3.Connection | None = getattr(self._writing, "connection", None)
        if joined is not None:
            yield joined
            return
        with self._faults():
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with closing(self._open("rwc")) as connection:
                connection.execute("PRAGMA cache_spill = OFF")  # Readers wait for the commit only.
                connection.execute("BEGIN IMMEDIATE")
                meta = self._meta(connection)
                if meta is None or anew:
                    self._make(connection)
                else:
                    self._checked(meta)
                self._writing.connection = connection
                try:
                    yield connection
                    connection.execute("COMMIT")
                finally:
                    self._writing.connection = None

    def _open(self, mode: str) -> sqlite3.Connection:
        address = f"{self.path.resolve().as_uri()}?mode={mode}"
        return sqlite3.connect(address, uri=True, timeout=_PATIENCE, isolation_level=None)

    def _meta(self, connection: sqlite3.Connection) -> Meta | None:
        """What the file says of itself; none where it is empty."""
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        if application == _APPLICATION:
            return Meta(*connection.execute("SELECT schema, embedding, dimension, identity FROM meta").fetchone())
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if tables:
            raise IndexUnusable(f"{self.path} is a database, but not an index: choose another place for the index.")
        return None

    def _checked(self, meta: Meta | None) -> Meta:
        if meta is None:
            raise IndexUnusable(f"There is no index at {self.path}: run `proofdesk docs sync`.")
        if meta.schema != _SCHEMA:
            raise IndexUnusable(f"The index at {self.path} is of another release: run `proofdesk docs sync`.")
        if meta.embedding != self.embedding:
            raise IndexUnusable(
                f"The index at {self.path} was made with the embedding {meta.embedding}, not {self.embedding}: "
                "run `proofdesk docs sync`, or set PROOFDESK_EMBEDDINGS back."
            )
        return meta

    def _make(self, connection: sqlite3.Connection) -> None:
        for table in ("words", "nodes", "meta"):
            connection.execute(f"DROP TABLE IF EXISTS {table}")
        # Not executescript: that would commit.
        statement = ""
        for line in _TABLES.splitlines(keepends=True):
            statement += line
            if sqlite3.complete_statement(statement):
                connection.execute(statement)
                statement = ""
        connection.execute("INSERT INTO meta VALUES (?, ?, 0, ?)", (_SCHEMA, self.embedding, uuid4().hex))
        connection.execute(f"PRAGMA application_id = {_APPLICATION}")

    @contextmanager
    def _faults(self, *unreadable: type[Exception]) -> Iterator[None]:
        try:
            yield
        except (sqlite3.ProgrammingError, sqlite3.InterfaceError):
            raise  # A mistake of ours, not of the file.
        except sqlite3.Error as error:
            raise IndexUnusable(self._sentence(getattr(error, "sqlite_errorname", ""))) from error
        except OSError as error:
            raise IndexUnusable(self._sentence("SQLITE_CANTOPEN")) from error
        except unreadable as error:
            raise IndexUnusable(self._sentence("")) from error

    def _sentence(self, kind: str) -> str:
        if kind.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            return f"The index at {self.path} is being written by another process: try again in a minute."
        if kind.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH")):
            return f"The index at {self.path} cannot be opened or written: check the rights of the file and its folder."
        if kind.startswith(("SQLITE_FULL", "SQLITE_IOERR")):
            return f"The disk refuses the index at {self.path}: check that it has room and is sound."
        return f"The index at {self.path} is broken: delete it and run `proofdesk docs sync`."


def copy_index(source: Path, target: Path) -> None:
    """Copy an index file as it is at one moment, whoever writes to it meanwhile."""
    with closing(sqlite3.connect(source)) as known, closing(sqlite3.connect(target)) as copied:
        known.backup(copied)
