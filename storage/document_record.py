"""DocumentRecord: a document as it is remembered, with every version seen and who approved it."""

from datetime import datetime

from knowledge.documents.document import Version
from knowledge.drafting.frozen import Frozen


class Approval(Frozen):
    """That somebody's approval of a version was seen."""

    approved_by: str
    recorded_at: datetime


class VersionRecord(Version):
    """What is remembered of a version; its text stays where it was read."""

    number: int
    """1 for the first version seen of its document."""
    title: str
    owner: str
    topic: str
    url: str
    path: str
    first_seen_at: datetime
    approvals: tuple[Approval, ...]


class DocumentRecord(Frozen):
    """A document and all its versions, by number."""

    id: str
    first_seen_at: datetime
    gone_at: datetime | None
    """When it was no longer found; none while it is there."""
    returned_at: datetime | None = None
    """When it was found again after it was gone, the last time; none where it never was."""
    current: VersionRecord
    """The version seen last; a text that came back has its old number."""
    versions: tuple[VersionRecord, ...]
