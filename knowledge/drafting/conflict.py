"""Conflict: two sentences of approved documents of which only one can be true."""

from datetime import date

from knowledge.drafting.frozen import Frozen
from knowledge.drafting.quantity import Kind


class Side(Frozen):
    """One of two sentences that contradict each other, as people see it."""

    passage: str
    """The passage's id."""
    document: str
    version: str
    title: str
    section: str
    approved_by: str
    effective_from: date | None = None
    in_force_until: date | None
    owner: str = ""
    url: str = ""
    quote: str
    """The sentence or table row, exactly `passage_text[start:end]`."""
    start: int
    end: int
    values: tuple[str, ...]
    """What this sentence says and the other does not, such as `within 14 days`, or `yes`."""


class Conflict(Frozen):
    """Two approved sentences of which only one can be true."""

    kind: Kind
    thing: str
    """What they disagree about, for people: a sentence with a gap, "whether ..." or "who can ..."."""
    sides: tuple[Side, Side]
