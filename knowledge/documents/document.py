"""DocumentVersion: one text of one document, with who approved it and when it is in force."""

from datetime import date, timedelta
from enum import StrEnum

from knowledge.drafting.frozen import Frozen

IN_FORCE = "in force"


class DocumentStatus(StrEnum):
    """What its owner says of a version. Expired and superseded are not said: they follow from dates."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"


class Validity(Frozen):
    """When a version may be quoted, and by whose word."""

    status: DocumentStatus
    approved_by: str
    effective_from: date
    effective_until: date | None = None
    """The last day in force."""
    review_by: date | None = None
    """The last day before the owner must look again; past it the version is not in force."""
    superseded_from: date | None = None
    """The day another approved document replaces this one; follows from that one's `supersedes`."""
    grace_days: int = 0
    """How many days past `effective_until` or `review_by` the desk still lets it be quoted."""
    refused: bool = False
    """Whether an owner turned down this very text; one that was approved before it may answer."""

    @property
    def in_force_until(self) -> date | None:
        """The last day this version may be quoted, or none where it has no end."""
        ends = [day + timedelta(days=self.grace_days) for day in (self.effective_until, self.review_by) if day]
        if self.superseded_from:
            ends.append(self.superseded_from - timedelta(days=1))
        return min(ends, default=None)

    def in_force(self, on: date) -> bool:
        """Whether the version may be quoted on a day."""
        return self.state(on) == IN_FORCE

    def state(self, on: date) -> str:
        """The version's state on a day, in a word for people."""
        if self.status is not DocumentStatus.APPROVED:
            return "refused" if self.refused else self.status.value
        if on < self.effective_from:
            return "not yet in force"
        if self.superseded_from and self.superseded_from <= on:
            return "superseded"
        return "expired" if self.in_force_until and self.in_force_until < on else IN_FORCE


class Version(Validity):
    """One text of one document, without the text. The hash is the version: any change of the text makes another."""

    id: str
    """The document's id, the same in all its versions."""
    hash: str
    """SHA-256 of the text in UTF-8, in hex."""
    supersedes: tuple[str, ...] = ()
    """Ids of documents that this one replaces from `effective_from` on."""
    audience: str = ""
    """Who may see it, by a name that desk.yaml explains; empty is everybody."""


class DocumentVersion(Version):
    """One text of one document."""

    title: str
    owner: str = ""
    topic: str = ""
    url: str = ""
    path: str
    """Where it was read, relative to the documents folder."""
    text: str
    """The whole file, front matter included; spans of passages count from its start."""
    body_start: int
    """Where the text behind the front matter starts."""
