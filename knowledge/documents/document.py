"""DocumentVersion: one text of one document, with who approved it and when it is in force."""

from datetime import date
from enum import StrEnum

from knowledge.drafting.frozen import Frozen


class DocumentStatus(StrEnum):
    """What its owner says of a version. Expired and superseded are not said: they follow from dates."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"


class DocumentVersion(Frozen):
    """One text of one document. The hash is the version: any change of the text makes another."""

    id: str
    """The document's id, the same in all its versions."""
    title: str
    status: DocumentStatus
    approved_by: str
    effective_from: date
    effective_until: date | None = None
    """The last day in force."""
    review_by: date | None = None
    """The last day before the owner must look again; past it the version is not in force."""
    supersedes: tuple[str, ...] = ()
    """Ids of documents that this one replaces from `effective_from` on."""
    superseded_from: date | None = None
    """The day another approved document replaces this one; follows from that one's `supersedes`."""
    owner: str = ""
    topic: str = ""
    url: str = ""
    path: str
    """Where it was read, relative to the documents folder."""
    text: str
    """The whole file, front matter included; spans of passages count from its start."""
    body_start: int
    """Where the text behind the front matter starts."""
    hash: str
    """SHA-256 of `text` in UTF-8, in hex."""

    @property
    def in_force_until(self) -> date | None:
        """The last day this version may be quoted, or none where it has no end."""
        ends = [d for d in (self.effective_until, self.review_by) if d]
        if self.superseded_from:
            ends.append(date.fromordinal(self.superseded_from.toordinal() - 1))
        return min(ends, default=None)

    def in_force(self, on: date) -> bool:
        """Whether the version may be quoted on a day."""
        until = self.in_force_until
        return self.status is DocumentStatus.APPROVED and self.effective_from <= on and (until is None or on <= until)
