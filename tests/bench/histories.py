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
    """Print what taking over documents costs that are new, as they were, or as they were but for one."""
    for documents, parts in ((_DOCUMENTS, 1), (3_340, 3)):
        await _taken_over(folder / f"unchanged-{documents}", documents, parts)


async def _taken_over(desk: Path, documents: int, parts: int) -> None:
    (desk / "documents").mkdir(parents=True)
    (desk / ".proofdesk").mkdir()
    for number in range(documents):
        said = (f"## Rule {part}\n\nThe rule {part} of item {number} holds for {number} days." for part in range(parts))
        document(desk, f"rule-{number}", "\n\n".join(said))
    database = Database(f"sqlite:///{desk / 'proofdesk.db'}")
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
    for step in range(3):
        if step == 2:
            document(desk, "rule-7", "## Rule 7\n\nThis rule is another one now.")
        began = time.perf_counter()
        synced = await library.sync()
        seconds.append(time.perf_counter() - began)
    await database.close()
    new, unchanged, one = seconds
    print(  # noqa: T201
        f"Sync of {documents:,} documents, {synced.result.passages:,} passages, from folder to index, no embedding: "
        f"new {new:.1f} s, unchanged {unchanged:.2f} s ({unchanged / new:.2f}x), one changed {one:.2f} s "
        f"({one / new:.2f}x); the bounds are 5 s for 1,000 unchanged, 1 s for one changed among 10,000 passages"
    )


def no_stale_quotes() -> None:
    """Print how many quotes were looked at in random histories of a library; a stale one stops the run."""
    with tempfile.TemporaryDirectory() as name:
        run_histories(Path(name), _HISTORIES)
    print(  # noqa: T201
        f"{_HISTORIES:,} random histories of documents: {LibraryMachine.quotes:,} quotes looked at, 0 stale"
    )
