"""Database: transactions on SQLite or PostgreSQL, with the same code above them."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from pathlib import Path

from sqlalchemy import Connection
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.engine import Purpose, create_engine, parse
from storage.errors import DatabaseUnusable
from storage.foreign_errors import BUSY, in_our_words

_QUEUE_PATIENCE = "30"
"""Seconds a writer waits for the others of its own process; they are many in a burst, and each is quick.
A `timeout` in the address takes its place."""


class Database:
    """One database, named by `sqlite:///path` or `postgresql://user@host/name`. Close it when done.

    Use it from one event loop only.

    `durable` makes SQLite wait for the disk on each commit: needed where losing the last second to a power cut
    matters, as for an inbox that has acknowledged a message.
    """

    def __init__(self, url: str, *, durable: bool = False) -> None:
        self._url = parse(url)
        self._engine = create_engine(self._url, durable=durable)
        self._for_reading = self._engine.execution_options(purpose=Purpose.READING)
        self._file = self._url.database if self._url.get_backend_name() == "sqlite" else None
        self._writers = asyncio.Lock()
        self._patience = float(self._url.normalized_query.get("timeout", [_QUEUE_PATIENCE])[0])
        self._place = (
            f"The database file {self._file}" if self._file else f"The PostgreSQL database {self._url.database}"
        )

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """A session that may write: leaving commits, an exception rolls back.

        Other processes that write to a SQLite file wait up to 5 seconds, other tasks of this one for their turn. So
        never open one inside another.
        """
        with in_our_words(self._place):
            async with self._turn(), AsyncSession(self._engine, expire_on_commit=False) as tx, tx.begin():
                yield tx

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """A session that sees one moment of the database, waits for nobody and cannot write."""
        with in_our_words(self._place):
            async with AsyncSession(self._for_reading) as tx:
                yield tx

    async def migrate(self) -> None:
        """Brings the tables up to the code, all or nothing. A second process that migrates waits for the first."""
        from storage import schema  # noqa: PLC0415 - Alembic is slow to import and needed nowhere else.

        self._make_folder()
        await self._with_connection(schema.upgrade, Purpose.MIGRATING)

    async def check(self) -> None:
        """Raises `SchemaOutdated` where the tables are not those of the code."""
        from storage import schema  # noqa: PLC0415 - As in `migrate`.

        await self._with_connection(schema.check, Purpose.READING)

    async def close(self) -> None:
        """Closes all connections."""
        await self._engine.dispose()

    def _turn(self) -> AbstractAsyncContextManager[None]:
        """SQLite has one writer at a time. A line moves on at once; who asks the file again sleeps in between."""
        return self._in_line() if self._file else nullcontext()

    @asynccontextmanager
    async def _in_line(self) -> AsyncIterator[None]:
        try:
            async with asyncio.timeout(self._patience):
                await self._writers.acquire()
        except TimeoutError:
            raise DatabaseUnusable(BUSY.format(place=self._place)) from None
        try:
            yield
        finally:
            self._writers.release()

    async def _with_connection(self, work: Callable[[Connection, str], None], purpose: Purpose) -> None:
        # An engine of its own: a connection that migrated has its foreign keys off.
        engine = create_engine(self._url, durable=True)
        try:
            with in_our_words(self._place):
                async with engine.execution_options(purpose=purpose).begin() as connection:
                    await connection.run_sync(work, self._place)
        finally:
            await engine.dispose()

    def _make_folder(self) -> None:
        if not self._file or self._file.startswith((":", "file:")):
            return
        folder = Path(self._file).parent
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise DatabaseUnusable(
                f"The folder {folder} cannot be made; make it yourself or choose another address."
            ) from error
