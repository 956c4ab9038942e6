"""`make bench`."""

import asyncio
import os
import tempfile
from pathlib import Path

from tests.bench.abstention import abstention
from tests.bench.answers import bank_recall, help_centre_recall, sample_desk
from tests.bench.conflicts import conflicts_found
from tests.bench.evaluation import evaluation_speed
from tests.bench.histories import no_stale_quotes, unchanged_documents
from tests.bench.large_ticket import measure_large_ticket
from tests.bench.peer import beside_citation_engine
from tests.bench.slack_desk import slack_desk
from tests.bench.speed import growth, start_up
from tests.bench.workflow import large_report, metrics_from_audit
from tests.knowledge.index.versions import ROOT


async def main() -> None:
    """Run everything; temporary files only."""
    data = Path(os.environ.get("PROOFDESK_DATA", ROOT.parent / "shared" / "data"))
    start_up()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        await slack_desk(folder)
        await sample_desk(folder)
        await evaluation_speed(folder)
        await help_centre_recall(data, folder)
        await bank_recall(data, folder)
        await abstention(data, folder)
        await unchanged_documents(folder)
        conflicts_found(data, folder)
        indexes = await growth(folder)
        await metrics_from_audit(folder)
        await large_report(folder)
        await measure_large_ticket(indexes[1_000], 1_000)
        await beside_citation_engine(indexes[1_000])


asyncio.run(main())
no_stale_quotes()
