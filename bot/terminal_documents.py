"""Documents in a terminal: lists, one with its versions, and what changed in it."""

from collections.abc import Sequence
from datetime import date
from difflib import unified_diff
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.catalogue import Difference
from bot.sources.fetching import Fetched
from knowledge.documents.document import DocumentStatus
from knowledge.drafting.conflict import Conflict
from knowledge.drafting.gaps import Gap
from knowledge.drafting.guard import inert
from storage.document_record import DocumentRecord

_STYLES = {"+": "green", "-": "red", "@": "cyan"}


def document_rows(documents: Sequence[DocumentRecord], today: date) -> list[dict[str, Any]]:
    """The documents as JSON."""
    return [
        {
            "document": record.id,
            "title": record.current.title,
            "state": _state(record, today),
            "version": record.current.hash,
            "approved_by": record.current.approved_by,
            "owner": record.current.owner,
            "in_force_until": until.isoformat() if (until := record.current.in_force_until) else None,
            "path": record.current.path,
        }
        for record in documents
    ]


def _state(record: DocumentRecord, today: date) -> str:
    return "gone" if record.gone_at else record.current.state(today)


def show_documents(console: Console, documents: Sequence[DocumentRecord], today: date) -> None:
    """Print the documents as a table."""
    table = Table("Document", "Title", "State", "Approved by", "Owner", "Until", box=box.SIMPLE_HEAD)
    # Ids are there to be copied.
    table.columns[0].overflow = "fold"
    for row in document_rows(documents, today):
        style = "" if row["state"] == "in force" else "dim"
        until = row["in_force_until"] or ""
        cells = (row["document"], row["title"], row["state"], row["approved_by"], row["owner"], until)
        table.add_row(*(Text(cell, style=style) for cell in cells))
    console.print(table)
    in_force = sum(_state(record, today) == "in force" for record in documents)
    console.print(f"{in_force} of {len(documents)} documents are in force today.", markup=False)


def show_document(console: Console, record: DocumentRecord, today: date) -> None:
    """Print a document's versions, the latest first."""
    console.print(Text.assemble((record.current.title, "bold"), f"  {record.id}  {_state(record, today)}"))
    if record.current.url:
        console.print(Text(record.current.url, style="dim"))
    table = Table("No.", "Version", "Status", "In force", "Approved by", "First seen", box=box.SIMPLE_HEAD)
    for version in reversed(record.versions):
        until = version.in_force_until
        table.add_row(
            str(version.number),
            version.hash[:12],
            str(version.status),
            f"{version.effective_from} to {until or 'further notice'}",
            Text(version.approved_by),
            f"{version.first_seen_at:%Y-%m-%d %H:%M}",
        )
    console.print(table)


def show_difference(console: Console, found: Difference) -> None:
    """Print what changed since the last approval, a line each; all of it where nothing was approved before."""
    console.print(Text.assemble((found.record.current.title, "bold"), f"  {found.record.id}"))
    status = found.record.current.status
    if status is not DocumentStatus.PROPOSED:
        said = "refused" if found.record.current.refused else status.value
        console.print(f"Its present text is {said}; nothing of it waits.", markup=False)
    elif not found.before:
        console.print("Nothing of it was approved before; this is its whole text.", markup=False)
    lines = list(unified_diff(found.before.splitlines(), found.now.splitlines(), lineterm="", n=2))[2:]
    if found.before and not lines:
        console.print("Nothing changed.", markup=False)
    for line in lines:
        console.print(Text(inert(line), _STYLES.get(line[:1], "")))


def show_gaps(console: Console, gaps: Sequence[Gap], days: int) -> None:
    """Print what was asked in vain, most wanted first."""
    if not gaps:
        console.print(
            f"In the last {days} days every ticket's questions found an answer. Look-ups are not counted.", markup=False
        )
        return
    table = Table("Tickets", "Question", "For example", box=box.SIMPLE_HEAD)
    for gap in gaps:
        table.add_row(str(len(gap.tickets)), Text(inert(gap.question)), Text(inert(gap.questions[0].title)))
    console.print(table)


def show_conflicts(console: Console, conflicts: Sequence[Conflict]) -> None:
    """Print sentences that contradict each other, one below the other."""
    for conflict in conflicts:
        console.print(Text.assemble(("⚠ ", "yellow"), (inert(conflict.thing), "bold")))
        for side in conflict.sides:
            since = f" from {side.effective_from}" if side.effective_from else ""
            until = f" until {side.in_force_until}" if side.in_force_until else ""
            owner = f", owner: {side.owner}" if side.owner else ""
            by = f"  {side.document}, approved by {side.approved_by}{since}{until}{owner}"
            console.print(Text.assemble("  ", (inert(side.section), "cyan"), f' "{inert(side.quote)}"', (by, "dim")))
    count = f"{len(conflicts)} contradiction{'' if len(conflicts) == 1 else 's'}"
    console.print(
        f"{count} between approved documents; drafts quote neither side."
        if conflicts
        else "Approved documents contradict each other nowhere that I can see.",
        markup=False,
    )


def show_fetched(console: Console, name: str, fetched: Fetched) -> None:
    """Print what came of reading a source."""
    for each in fetched.refused:
        console.print(Text.assemble(("Refused: ", "yellow"), inert(f"{each.what}: {each.reason}")))
    new, changed, unchanged = map(len, fetched.shelved)
    console.print(
        f"{name}: {new} new, {changed} changed, {len(fetched.gone)} gone, {unchanged} unchanged, "
        f"{len(fetched.refused)} refused. What is new or changed waits for approval.",
        markup=False,
    )


def show_returned(console: Console, documents: Sequence[DocumentRecord]) -> None:
    """Print what was gone, is there again, and answers as it was approved before."""
    for each in documents:
        said = f"{each.current.title} ({each.id}) answers again, as {each.current.approved_by} approved it."
        console.print(Text.assemble(("Came back: ", "yellow"), inert(said)))
