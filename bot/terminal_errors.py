"""The factual-error ledger in a terminal."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from rich.console import Console
from rich.text import Text

from knowledge.drafting.factual_error import FactualError
from knowledge.drafting.guard import inert


def error_rows(found: Sequence[tuple[FactualError, str]], now: datetime) -> list[dict[str, Any]]:
    """The entries with their sentences as JSON; `hours` is how long each is, or was, open."""
    return [
        {
            "error": error.id,
            "state": _state(error),
            "document": error.document,
            "section": error.section,
            "version": error.version,
            "passage": error.quote,
            "sentence": sentence,
            "draft": error.draft,
            "reported_by": error.reported_by,
            "reported_at": error.reported_at.isoformat(),
            "hours": round(((error.resolved_at or now) - error.reported_at).total_seconds() / 3_600, 1),
        }
        for error, sentence in found
    ]


def _state(error: FactualError) -> str:
    if error.resolution:
        return error.resolution.value
    # What an agent wrote waits for nobody: there is no document to mend.
    return "open" if error.document else "no_document"


def show_errors(console: Console, rows: Sequence[dict[str, Any]], *, every: bool) -> None:
    """Print what is reported as wrong: the document, its words, and the draft's sentence."""
    for row in rows:
        about = inert(f"{row['section']}  {row['document']}") if row["document"] else "An agent's own words"
        state = row["state"].replace("_", " ")
        age = {"open": f"open for {row['hours']} h", "no document": state}.get(state, f"{state} after {row['hours']} h")
        console.print(
            Text.assemble(("• ", "yellow"), (about, "bold"), f"  {age}, reported by {inert(row['reported_by'])}")
        )
        if row["passage"]:
            console.print(Text(f'  document: "{inert(row["passage"])}"'))
        console.print(Text(f'  sentence: "{inert(row["sentence"])}"'))
    is_open = sum(row["state"] == "open" for row in rows)
    of_all = f" of {len(rows)}" if every else ""
    nothing = "Nothing is reported as wrong that waits for an answer."
    console.print(f"{is_open}{of_all} open." if rows else nothing, markup=False)
