"""DocumentDecision: what a person decided about one exact text of a document."""

from datetime import date, datetime
from enum import StrEnum

from knowledge.drafting.frozen import Frozen


class DocumentVerdict(StrEnum):
    """What a person decides about a version."""

    APPROVED = "approved"
    WITHDRAWN = "withdrawn"


class DocumentDecision(Frozen):
    """A decision; the last one about a hash counts."""

    document: str
    hash: str
    """SHA-256 of the text that the person decided on."""
    verdict: DocumentVerdict
    person: str
    """Their name, or their id in the workspace."""
    at: datetime
    effective_from: date | None = None
    """None leaves what the document says of itself; likewise the next two."""
    effective_until: date | None = None
    review_by: date | None = None
