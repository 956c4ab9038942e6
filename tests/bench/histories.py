"""What it costs to take over what did not change, and whether anything stale is quoted in random histories."""

import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from bot.library import Library
from knowledge.documents.lifecycle import DocumentRules
from knowledge.index.document_index import DocumentIndex
from storage.database import Database
from tests.bot.library_machine import LibraryMachine, run_histories
from tests.conftest import document

_DOCUMENTS = 1_000
_HISTORIES = 1_000


async def unchanged_documents(folder: Path) -> None:
    """Print what taking over 1,000 unchanged documents costs, beside 1,000 new ones; without an embedding."""
    desk = folder / "unchanged"
    (desk / "documents").mkdir(parents=True)
    (desk / ".proofdesk").mkdir()
    for number in range(_DOCUMENTS):
        document(desk, f"rule-{number}", f"## Rule {number}\n\nThe rule of item {number} holds for {number} days.")
    database = Database(f"sqlite:///{folder / 'unchanged.db'}")
    await database.migrate()
    library = Library(
        folder=desk / "documents",
        index=DocumentIndex(desk / ".proofdesk" / "index.db", None),
        rules=DocumentRules,
        database=database,
        workspace="w",
        now=lambda: datetime(2026, 11, 1, 12, tzinfo=UTC),
    )
    seconds = []
    for _ in range(2):
        began = time.perf_counter()
        await library.sync()
        seconds.append(time.perf_counter() - began)
    await database.close()
    new, unchanged = seconds
    print(  # noqa: T201
        f"Sync of {_DOCUMENTS:,} documents: new {new:.1f} s, unchanged {unchanged:.2f} s ({unchanged / new:.2f}x); "
        "the bound is 5 s"
    )


def no_stale_quotes() -> None:
    """Print how many quotes were looked at in random histories of a library; a stale one stops the run."""
    with tempfile.TemporaryDirectory() as name:
        run_histories(Path(name), _HISTORIES)
    print(  # noqa: T201
        f"{_HISTORIES:,} random histories of documents: {LibraryMachine.quotes:,} quotes looked at, 0 stale"
    )
