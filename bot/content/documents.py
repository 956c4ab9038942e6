"""What document owners are shown and told."""

from datetime import date, datetime

from knowledge.drafting.conflict import Conflict
from knowledge.drafting.factual_error import FactualError
from knowledge.drafting.frozen import Frozen


class QuoteLost(Frozen):
    """Words that a changed document does not say any more, though approved replies quote them."""

    quote: str
    replies: int


class DocumentCard(Frozen):
    """A document's text that waits for its owners, or was decided on."""

    id: str
    title: str
    text: str
    """The hash of the text that it shows."""
    owners: tuple[str, ...] = ()
    """Who may decide: people or groups."""
    owner: str = ""
    """Whose document it is, in the document's own words."""
    url: str = ""
    changes: tuple[str, ...] = ()
    """Lines that begin with `+`, `-` or a space, and `@@` between stretches; all of a text that is new."""
    is_new: bool = False
    """Nothing of it was approved before."""
    lost: tuple[QuoteLost, ...] = ()
    """Most replies first."""
    replies: int = 0
    """Approved replies of late that quote this document."""
    replies_changed: int = 0
    """Those of them that quote words that it does not say any more."""
    meanwhile: str = ""
    """What answers while it waits, in the desk's own sentence."""
    decided: str = ""
    """`approved`, `refused`, `withdrawn` or `replaced`; empty while it waits."""
    person: str = ""
    at: datetime | None = None


class ErrorCard(Frozen):
    """A passage that is reported as wrong, shown to document owners until one of them has answered."""

    error: FactualError
    sentence: str
    """The draft's sentence that was called wrong."""
    owners: tuple[str, ...] = ()
    """Who may answer: people or groups."""
    owner: str = ""
    """Whose document it is, in the document's own words."""
    url: str = ""
    link: str = ""
    """The address of the draft's card, made by the workspace."""
    quarantined: bool = False
    """While it is open, nothing of its passage is quoted."""


class DocumentLine(Frozen):
    """A document in a list."""

    id: str
    title: str
    state: str
    approved_by: str = ""
    owner: str = ""
    until: date | None = None
    url: str = ""


class DocumentsListed(Frozen):
    """Documents, and why they are told of."""

    heading: str
    """The desk's own words."""
    lines: tuple[DocumentLine, ...]
    more: int = 0
    """How many more there are."""
    owners: tuple[str, ...] = ()
    next_step: str = ""
    to_approve: str = ""
    """One hash of the texts on the list, where they may be approved together."""
    to_show: tuple[DocumentLine, ...] = ()
    """Those that may be looked at one by one."""
    approved_by: str = ""
    """The person who approved them together."""


class GapLine(Frozen):
    """Something that customers ask and no document answers."""

    question: str
    """The customer's words."""
    tickets: int
    links: tuple[tuple[str, str], ...] = ()
    """What people call some of the tickets, and where each is opened or empty."""


class GapsListed(Frozen):
    """What to write next."""

    days: int
    lines: tuple[GapLine, ...]
    more: int = 0
    withheld: int = 0
    """Questions from channels that not everybody who reads this may read."""
    owners: tuple[str, ...] = ()


class ConflictsListed(Frozen):
    """Approved documents that contradict each other."""

    conflicts: tuple[Conflict, ...]
    more: int = 0
    owners: tuple[str, ...] = ()


class ErrorLine(Frozen):
    """An entry of the ledger in a list."""

    error: FactualError
    sentence: str
    open_for: float
    """Seconds since it was reported."""


class ErrorsListed(Frozen):
    """What is reported as wrong."""

    lines: tuple[ErrorLine, ...]
    more: int = 0
