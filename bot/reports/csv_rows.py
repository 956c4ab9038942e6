"""CsvRows: a draft a line, for a spreadsheet. Times, counts and names; nothing of what anybody wrote."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime

from knowledge.drafting.edits import SentenceEdit
from storage.metrics import Handled

_COLUMNS = (
    "draft",
    "ticket",
    "version",
    "topic",
    "outcome",
    "words",
    "written_by_agent",
    "ticket_opened",
    "ticket_posted",
    "drafted",
    "state",
    "first_decision",
    "decision",
    "decided",
    "reject_reason",
    "faulty_document",
    "words_changed",
    "characters_changed",
    "sentences_changed",
    "sent",
    "words_changed_after_approval",
    "satisfaction",
    "model",
    "prompt_tokens",
    "completion_tokens",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_of(handled: Iterable[Handled]) -> str:
    """The drafts as CSV with a header, times in UTC (ISO 8601)."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(_COLUMNS)
    writer.writerows(map(_row, handled))
    return file.getvalue()


def _row(each: Handled) -> list[str | int]:
    decided = each.decided
    row: list[str | int] = [
        each.draft,
        each.ticket,
        each.number,
        each.topic,
        each.outcome.value,
        each.words,
        "yes" if each.is_edited else "no",
        _time(each.opened_at),
        _time(each.taken_at),
        _time(each.created_at),
        each.state.value,
        _time(each.first_review_at),
        decided.state.value if decided else "",
        _time(decided.at) if decided else "",
        decided.reason if decided else "",
        decided.document if decided else "",
        *_changed(each.edits),
        len(each.edits),
        _time(each.sent_at),
        _changed(each.sent_edits)[0],
        each.satisfaction.value,
        each.model,
        each.prompt_tokens,
        each.completion_tokens,
    ]
    return [_inert(cell) if isinstance(cell, str) else cell for cell in row]


def _changed(edits: Sequence[SentenceEdit]) -> tuple[int, int]:
    return sum(edit.words for edit in edits), sum(edit.characters for edit in edits)


def _time(at: datetime | None) -> str:
    return at.isoformat(timespec="seconds") if at else ""


def _inert(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
