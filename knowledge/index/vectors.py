"""Vectors: a file's vectors in memory, kept up with what this and other processes write."""

import sqlite3
import threading
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from knowledge.index.index_file import Meta


class Snapshot(NamedTuple):
    """Vectors and the row each belongs to, in ascending order. Rows that are deleted since may be among them."""

    rows: NDArray[np.int64]
    matrix: NDArray[np.float32]

    def cosines(self, rows: NDArray[np.int64], vector: NDArray[np.float32]) -> NDArray[np.float32]:
        """How close the vectors of some rows are to a unit vector; -1 for a row that is not here."""
        if not len(self.rows):
            return np.full(len(rows), -1, np.float32)
        at = np.minimum(np.searchsorted(self.rows, rows), len(self.rows) - 1)
        found: NDArray[np.float32] = np.where(self.rows[at] == rows, (self.matrix @ vector)[at], np.float32(-1))
        return found


class Vectors:
    """Rows are numbered upwards, never renumbered and never changed, so only those behind the last are read.

    A deleted row stays until most are: no query names it, since what may be found is asked of the file each time.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._identity = ""
        self._count = 0
        self._rows = np.empty(0, np.int64)
        self._matrix = np.empty((0, 0), np.float32)

    def snapshot(self, connection: sqlite3.Connection, meta: Meta) -> Snapshot:
        """All vectors that the connection can see. Later growth does not touch what was handed out."""
        with self._lock:
            if (meta.identity, meta.dimension) != (self._identity, self._matrix.shape[1]):
                self._identity = meta.identity
                self._start_again(meta.dimension)
            last = int(self._rows[self._count - 1]) if self._count else 0
            read = connection.execute("SELECT row, vector FROM nodes WHERE row > ? ORDER BY row", (last,)).fetchall()
            if read and self._count:
                (alive,) = connection.execute("SELECT count(*) FROM nodes").fetchone()
                if self._count + len(read) > 2 * alive:
                    self._start_again(meta.dimension)
                    read = connection.execute("SELECT row, vector FROM nodes ORDER BY row").fetchall()
            self._append(read)
            return Snapshot(self._rows[: self._count], self._matrix[: self._count])

    def _start_again(self, dimension: int) -> None:
        self._count = 0
        self._rows = np.empty(0, np.int64)
        self._matrix = np.empty((0, dimension), np.float32)

    def _append(self, read: list[tuple[int, bytes]]) -> None:
        if not read:
            return
        count = self._count + len(read)
        if count > len(self._rows):
            room = max(count, 2 * len(self._rows))
            rows, matrix = np.empty(room, np.int64), np.empty((room, self._matrix.shape[1]), np.float32)
            rows[: self._count], matrix[: self._count] = self._rows[: self._count], self._matrix[: self._count]
            self._rows, self._matrix = rows, matrix
        self._rows[self._count : count] = [row for row, _ in read]
        vectors = np.frombuffer(b"".join(vector for _, vector in read), "<f4")
        self._matrix[self._count : count] = vectors.reshape(len(read), self._matrix.shape[1])
        self._count = count
