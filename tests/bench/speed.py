"""How time grows with the number of passages."""

import statistics
import subprocess
import sys
import time
from collections.abc import Awaitable
from datetime import UTC, datetime
from pathlib import Path

from knowledge.documents.document import DocumentVersion
from knowledge.drafter import Drafter
from knowledge.drafting.factual_error import FactualError
from knowledge.drafting.playbook import Playbook
from knowledge.drafting.ticket import Ticket
from knowledge.index.document_index import DocumentIndex
from knowledge.index.minilm import MiniLM
from knowledge.index.seen_by import SeenBy
from knowledge.index.similarity import EmbeddingSimilarity
from knowledge.models.extractive import ExtractiveModel
from knowledge.relevance import Relevance
from tests.bench.synthetic import PASSAGES_EACH, TODAY, documents, question
from tests.knowledge.index.versions import version

SIZES = (100, 1_000, 10_000)
_DRAFTS = 12
_QUERIES = 60


async def growth(folder: Path) -> dict[int, DocumentIndex]:
    """Print draft and query time at each size, and what one more document costs; hand on the indexes."""
    print("Growth (extractive model, MiniLM, one process, two cores)")  # noqa: T201
    indexes: dict[int, DocumentIndex] = {}
    base = 0.0
    for size in SIZES:
        embedding = MiniLM()
        index = indexes[size] = DocumentIndex(folder / f"{size}.db", embedding)
        held = documents(size)
        building = await _seconds(index.sync(held))
        relevance = Relevance(EmbeddingSimilarity(embedding))
        drafter = Drafter(SeenBy(index, None), ExtractiveModel(relevance), relevance, Playbook())
        await drafter.draft(Ticket.pasted(question(size, 0)), on=TODAY)
        drafts = [
            await _seconds(drafter.draft(Ticket.pasted(question(size, n)), on=TODAY)) for n in range(1, _DRAFTS + 1)
        ]
        queries = [await _seconds(index.retrieve(question(size, 1000 + n), on=TODAY, limit=6)) for n in range(_QUERIES)]
        median = statistics.median(drafts)
        base = base or median
        p95 = statistics.quantiles(queries, n=20)[-1]
        print(  # noqa: T201
            f"  {size:>6} passages: build {building:6.1f} s, draft {median * 1000:5.0f} ms ({median / base:.2f}x), "
            f"query p50 {statistics.median(queries) * 1000:.0f} ms, p95 {p95 * 1000:.0f} ms"
        )
        if size == SIZES[-1]:
            await _reported(index, held)
            await _one_more(index, held, building)
    return indexes


async def _one_more(index: DocumentIndex, held: list[DocumentVersion], building: float) -> None:
    more = version("one-more", "## New\n\n" + "\n\n".join(f"Point {n} is new." for n in range(PASSAGES_EACH)))
    adding = await _seconds(index.sync([*held, more]))
    changed = more.model_copy(update={"text": more.text + " Changed.", "hash": "f" * 64})
    changing = await _seconds(index.sync([*held, changed]))
    nothing = await _seconds(index.sync([*held, changed]))
    print(  # noqa: T201
        f"  at {SIZES[-1]}: one document more {adding:.2f} s, changed {changing:.2f} s, none changed {nothing:.2f} s; "
        f"adding one costs 1/{building / adding:.0f} of building"
    )


async def _reported(index: DocumentIndex, held: list[DocumentVersion]) -> None:
    """What it costs a query to leave out passages that are reported as wrong."""
    times = []
    for number in (0, 20):
        without = [
            FactualError(
                id=each.id,
                draft="",
                sentence=0,
                reported_by="",
                reported_at=datetime.now(UTC),
                document=each.id,
                version=each.hash,
                start=each.body_start,
                end=each.body_start + 20,
                quote=each.text[each.body_start : each.body_start + 20],
            )
            for each in held[:number]
        ]
        asked = [question(SIZES[-1], 2000 + n) for n in range(_QUERIES)]
        each_ = [await _seconds(index.retrieve(q, on=TODAY, limit=6, without=without)) for q in asked]
        times.append(statistics.median(each_))
    print(f"  at {SIZES[-1]}: a query that leaves 20 passages out takes {times[1] / times[0]:.2f}x")  # noqa: T201


async def _seconds(work: Awaitable[object]) -> float:
    start = time.perf_counter()
    await work
    return time.perf_counter() - start


def start_up() -> None:
    """Print the time of `proofdesk --help`, and what is installed."""
    command = Path(sys.executable).with_name("proofdesk")
    times = []
    for _ in range(5):
        start = time.perf_counter()
        subprocess.run([command, "--help"], check=True, capture_output=True)  # noqa: S603 - Our own command.
        times.append(time.perf_counter() - start)
    print(f"Start: proofdesk --help {statistics.median(times):.2f} s")  # noqa: T201
