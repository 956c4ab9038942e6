"""Passage: a piece of an approved document version, with its exact place in it."""

from datetime import date

from knowledge.drafting.frozen import Frozen


class Passage(Frozen):
    """A piece of one document version: `text` is exactly `version_text[start:end]`, blank where that is struck out."""

    id: str
    """Unique in an index: document id, version and start."""
    document: str
    """The document's id."""
    version: str
    """The SHA-256 of the document version's text, in hex."""
    title: str
    headings: tuple[str, ...] = ()
    """The headings above the passage, outermost first, without the document's title."""
    text: str
    start: int
    end: int
    approved_by: str
    effective_from: date | None = None
    """The first day the version may be quoted; none where that is not known."""
    in_force_until: date | None = None
    """The last day the version may be quoted; none where it has no end."""
    owner: str = ""
    topic: str = ""
    url: str = ""
    score: float = 0.0
    """How well it fits the question it was retrieved for, 0 to 1; 0 is no fit."""

    @property
    def section(self) -> str:
        """Title and headings as one line for people, such as `Refund policy › Yearly plans`."""
        return " › ".join((self.title, *self.headings))
