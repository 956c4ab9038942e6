"""Whether the audit trail tells the same as the tables in random histories, and what a report of many drafts costs."""

import random
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import insert
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.catalogue import Catalogue
from bot.reports.report import Reporter
from bot.reports.sections import sections
from knowledge.documents.lifecycle import DocumentRules
from knowledge.team import ReportRules
from storage.database import Database
from storage.tables import DraftRow, EditRow, ReviewRow, SentReplyRow, TicketRow
from tests.storage.workflow_histories import NUMBERS, STEPS, TICKETS, play

_HISTORIES = 1_000
_LONGEST = 30
_DRAFTS = 100_000
_BOUND = 5
_NOW = datetime(2026, 11, 2, tzinfo=UTC)


async def metrics_from_audit(folder: Path) -> None:
    """Print how many drafts of random histories the audit trail tells as the tables do; a difference stops the run."""
    database = Database(f"sqlite:///{folder / 'histories.db'}")
    await database.migrate()
    chance = random.Random(6)  # noqa: S311 - The same histories each time.
    drafts = 0
    for _ in range(_HISTORIES):
        steps = [
            (chance.choice(STEPS), chance.randrange(TICKETS), chance.randrange(NUMBERS))
            for _ in range(chance.randrange(_LONGEST))
        ]
        drafts += await play(database, uuid4().hex, steps)
    await database.close()
    print(f"{_HISTORIES:,} random histories of tickets: {drafts:,} drafts, the audit log tells the same of all")  # noqa: T201


async def large_report(folder: Path) -> None:
    """Print what a report over 100,000 drafts costs."""
    database = Database(f"sqlite:///{folder / 'report.db'}")
    await database.migrate()
    async with database.transaction() as tx:
        await _fill(tx)
    reporter = Reporter(database, "w", Catalogue(DocumentRules, database, "w", lambda: _NOW), ReportRules, lambda: _NOW)
    began = time.perf_counter()
    report = await reporter.last(28)
    told = sum(len(section.lines) for section in sections(report))
    seconds = time.perf_counter() - began
    await database.close()
    print(  # noqa: T201
        f"A report over {report.figures.drafts:,} drafts ({told} lines): {seconds:.1f} s; the bound is {_BOUND} s"
    )


async def _fill(tx: AsyncSession) -> None:
    """Drafts of four weeks: all decided on, a third edited, half of them found in the helpdesk."""
    rows: dict[Any, list[dict[str, Any]]] = {
        each: [] for each in (TicketRow, DraftRow, ReviewRow, EditRow, SentReplyRow)
    }
    lists = ("timings_ms", "unanswered", "nearest", "assumptions", "notes", "unproven", "conflicts")
    empty: dict[str, Any] = {each: [] for each in lists}
    words = dict.fromkeys(("acknowledgement", "playbook", "requested_by", "edited_by", "style"), "")
    for n in range(_DRAFTS):
        at = _NOW - timedelta(days=28) * n / _DRAFTS
        ticket = {"id": f"t{n}", "key": f"k{n}", "subject": "", "requester": "", "messages": [], "details": {}}
        place = {"helpdesk": "zendesk", "ref_id": str(n), "ref_url": "", "opened_at": at - timedelta(hours=1)}
        rows[TicketRow].append({"workspace": "w", "created_at": at, **ticket, **place})
        draft = {"id": f"d{n}", "ticket_id": f"t{n}", "number": 1, "state": "approved", "outcome": "answered"}
        counts = {"confidence": 1.0, "model": "m", "prompt_tokens": 1, "completion_tokens": 1, "words": 100}
        rows[DraftRow].append(
            {"workspace": "w", "created_at": at, "topic": f"t{n % 9}", "reply": "word " * 100}
            | draft
            | counts
            | empty
            | words
        )
        of = {"workspace": "w", "draft_id": f"d{n}"}
        review = {"position": 1, "number": 1, "person": "u", "verdict": "approve", "reason": "", "sentence": None}
        rows[ReviewRow].append({**of, **review, "state": "approved", "at": at + timedelta(minutes=3)})
        edit = {"stage": "edited", "kind": "facts", "words": 3, "characters": 9, "document": f"d{n % 40}"}
        rows[EditRow] += [{**of, **edit, "position": position} for position in range(2) if n % 3 == 0]
        rows[SentReplyRow] += [{**of, "read_at": at, "sent_at": at, "satisfaction": "good"} for _ in range(n % 2)]
    connection = await tx.connection()
    for table, found in rows.items():
        await connection.execute(insert(table), found)
