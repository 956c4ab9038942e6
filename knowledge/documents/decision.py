"""DocumentDecision: what a person decided about one exact text of a document."""

from datetime import date, datetime
from enum import StrEnum

from knowledge.drafting.frozen import Frozen


class DocumentVerdict(StrEnum):
    """What a person decides about a version."""

    APPROVED = "approved"
    WITHDRAWN = "withdrawn"
    """With it the document in all its versions."""
    REFUSED = "refused"
    """This text alone: what answered before it goes on, as the desk's rules say."""


class DocumentDecision(Frozen):
    """A decision; the last one about a hash counts."""

    document: str
    hash: str
    """SHA-256 of the text that the person decided on."""
    verdict: DocumentVerdict
    person: str
    """Their id in the workspace, or their name."""
    at: datetime
    name: str = ""
    """What readers of a card call them, where `person` is an id."""
    effective_from: date | None = None
    """None leaves what the document says of itself; likewise the next two."""
    effective_until: date | None = None
    review_by: date | None = None
