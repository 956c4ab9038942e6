"""Export: old tickets as a helpdesk exports them, in a spreadsheet or as JSON, whatever its columns are called."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from knowledge.documents.formats.encoding import text_of
from knowledge.drafting.ticket import Message, Ticket
from knowledge.errors import DeskFileError
from knowledge.evals.spreadsheet import rows_of

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "subject": ("subject", "title", "summary"),
    "customer": ("description", "body", "message", "text", "customer message", "first message", "question", "content"),
    "name": ("requester", "requester name", "customer name", "customer", "from", "contact name", "author"),
    "reply": ("reply", "answer", "public comment", "agent reply", "last reply", "response", "first reply", "solution"),
}
"""What is wanted of a ticket, and what helpdesks call it; capital letters and `_` are no matter."""
_LONGEST = 20_000
"""Characters of a ticket or reply; what is longer is no ticket that people would test with."""


class OldTicket(NamedTuple):
    """A row of an export."""

    row: int
    """As a spreadsheet counts, or the how many-th of a JSON file."""
    ticket: Ticket
    reply: str
    """What was really sent, or empty."""


class Exported(NamedTuple):
    """What was read, and what is wrong with the other rows."""

    tickets: tuple[OldTicket, ...]
    problems: tuple[str, ...]


def read_export(content: bytes, name: str, columns: Mapping[str, str]) -> Exported:
    """The tickets of an export; `columns` says what its columns are called where that is not usual.

    Raises `DeskFileError` where the file as a whole cannot be read; a bad row is a problem and the rest goes on.
    """
    text = text_of(content)
    if text is None:
        raise DeskFileError(f"{name}: this is not text; export it as CSV or JSON in UTF-8.")
    if not text.strip():
        raise DeskFileError(f"{name}: it is empty; export it again.")
    rows = list(_json_rows(text, name) if text.lstrip()[:1] in ("[", "{") else _csv_rows(text, name))
    if not rows:
        raise DeskFileError(f"{name}: there is no ticket in it; export it again, with tickets.")
    known = {_plain(key) for _, row in rows if isinstance(row, dict) for key in row}
    of = {field: _column(field, known, columns.get(field, ""), name) for field in COLUMNS}
    if not of["customer"]:
        seen = ", ".join(sorted(known)[:12]) or "none"
        raise DeskFileError(
            f"{name}: no column holds the customer's words (it has: {seen}); name it with --map customer=COLUMN."
        )
    tickets: list[OldTicket] = []
    problems: list[str] = []
    for number, row in rows:
        found = _ticket(number, row, of)
        if isinstance(found, str):
            problems.append(f"{name} row {number}: {found}.")
        else:
            tickets.append(found)
    return Exported(tuple(tickets), tuple(problems))


def _ticket(number: int, row: Any, of: Mapping[str, str]) -> OldTicket | str:
    """The ticket of a row, or what is wrong with it."""
    if not isinstance(row, dict):
        return "is no ticket; leave it out"
    cells = {_plain(key): value for key, value in row.items()}
    said = {field: _cell(cells.get(column)) for field, column in of.items()}
    if not said["customer"]:
        return f"says nothing in {of['customer']}; leave it out or fill it in"
    if max(len(said["customer"]), len(said["reply"])) > _LONGEST:
        return f"has more than {_LONGEST:,} characters; keep the part that matters"
    ticket = Ticket(
        messages=(Message(text=said["customer"]),),
        subject=" ".join(said["subject"].split()),
        requester=" ".join(said["name"].split()),
    )
    return OldTicket(number, ticket, said["reply"])


def _cell(value: Any) -> str:
    """A text, or the name of a person that a JSON export gives as an object."""
    if isinstance(value, dict):
        value = value.get("name") or value.get("body") or ""
    return str(value).replace("\r\n", "\n").strip() if isinstance(value, str | int | float) else ""


def _column(field: str, known: set[str], told: str, name: str) -> str:
    """The column for something, as told or as usual; empty where there is none."""
    if told:
        if _plain(told) not in known:
            seen = ", ".join(sorted(known)[:12])
            raise DeskFileError(f"{name}: there is no column '{told}' (it has: {seen}); correct --map.")
        return _plain(told)
    return next((each for each in COLUMNS[field] if each in known), "")


def _plain(name: object) -> str:
    return " ".join(str(name).replace("_", " ").casefold().split())


def _csv_rows(text: str, name: str) -> Iterator[tuple[int, Any]]:
    header, *rows = rows_of(text, name) or [[]]
    for number, row in enumerate(rows, 2):
        if any(row):
            yield number, dict(zip(header, row, strict=False))


def _json_rows(text: str, name: str) -> Iterator[tuple[int, Any]]:
    try:
        try:
            found = json.loads(text)
        except ValueError:
            found = [json.loads(line) for line in text.splitlines() if line.strip()]
    except (ValueError, RecursionError) as error:
        raise DeskFileError(f"{name}: it is neither JSON nor a JSON object a line; export it again.") from error
    if isinstance(found, dict):
        found = next((found[key] for key in ("tickets", "results") if key in found), [found])
    yield from enumerate(found if isinstance(found, list) else [found], 1)
