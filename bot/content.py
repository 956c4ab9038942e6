"""What a card says, without saying how: values the desk makes and a messenger shows."""

from datetime import date, datetime
from enum import StrEnum

from knowledge.drafting.conflict import Conflict
from knowledge.drafting.draft import Draft, DraftStatus
from knowledge.drafting.factual_error import FactualError
from knowledge.drafting.frozen import Frozen
from knowledge.drafting.review import RejectReason, Verdict
from knowledge.drafting.scorecard import Judgement


class Step(StrEnum):
    """What the desk is doing on a ticket, in its order."""

    READING = "reading"
    SEARCHING = "searching"
    WRITING = "writing"
    CHECKING = "checking"


class Working(Frozen):
    """A draft is being made."""

    title: str
    """What it is about, such as `Refund for annual plan`; a customer's words."""
    step: Step = Step.READING
    documents: int = 0
    """How many approved documents are searched; 0 where not known yet."""


class Failed(Frozen):
    """No draft could be made."""

    title: str
    reason: str
    """What happened and what to do next, in the desk's own sentences."""
    card: str = ""
    """Names the card for "try again"; empty where trying again is of no use."""


class Decision(Frozen):
    """A decision that a person took."""

    person: str
    verdict: Verdict
    at: datetime
    reason: RejectReason | None = None
    sentence: int | None = None


class Version(Frozen):
    """An earlier version of a draft."""

    number: int
    reply: str


class DraftCard(Frozen):
    """A draft and everything that happened to it."""

    title: str
    """What the ticket is about; a customer's words."""
    ticket_url: str = ""
    """Where an agent opens the ticket; made by code, never from a text."""
    id: str
    """The draft's id, which names this very version."""
    number: int
    """The version, counted from 1."""
    draft: Draft
    status: DraftStatus
    decisions: tuple[Decision, ...] = ()
    """The decisions on this version, first to last."""
    judgements: tuple[Judgement, ...] = ()
    """What counts of its warnings, at most one for each category."""
    claimed_by: str = ""
    """Who said that they are on it."""
    edited_by: str = ""
    """Whose words this version is; empty for the desk's."""
    requested_by: str = ""
    style: str = ""
    """How this version differs from the first one: shorter, friendlier, two_options, or empty."""
    option: str = ""
    """A second reply to choose from, or empty."""
    versions: tuple[Version, ...] = ()
    """Earlier versions, first to last."""
    seniors: tuple[str, ...] = ()
    """Who may give a second approval: people or groups."""
    seconds: float | None = None
    """From the request to the draft."""
    after_opening: float | None = None
    """Seconds from when the customer wrote to the first draft; none where that is not known."""
    stale_because: str = ""
    """Why it may not be used any more, in the desk's own sentence."""
    may_undo: bool = False
    sources_changed: tuple[str, ...] = ()
    """Titles of cited documents that changed since."""
    reported: tuple[FactualError, ...] = ()
    """Words it quotes that a colleague reported as wrong; nobody has answered for them yet."""
    quarantined: bool = False
    """While something is reported, it cannot be approved."""


class Withheld(Frozen):
    """A draft that may not be seen here any more."""

    reason: str


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
    """`approved`, `withdrawn` or `replaced`; empty while it waits."""
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


Content = Working | Failed | DraftCard | Withheld | DocumentCard | ErrorCard


class Choice(Frozen):
    """A button of a private notice."""

    label: str
    action: str
    """One of the actions of `bot.cards.actions`."""
    value: str = ""


class Notice(Frozen):
    """Told to one person, in private: why something was refused, and what to do next."""

    text: str
    """The desk's own sentences."""
    people: tuple[str, ...] = ()
    """Fill `{0}`, `{1}` in the text with the names of these people."""
    link: str = ""
    """The address of the card it is about, made by the workspace."""
    quoted: str = ""
    """Somebody's text to keep, such as an edit that came too late."""
    choices: tuple[Choice, ...] = ()
    menu: str = ""
    """Makes the choices, which have one action then, a menu with these words on it; empty for a button each."""


class Found(Frozen):
    """The answer to a look-up."""

    question: str
    draft: Draft
    shared_by: str = ""
    """Who shows it to the channel; empty for a private answer."""


class Warned(Frozen):
    """An escalation, told to those who must look."""

    title: str
    person: str
    """Who raised it."""
    draft: Draft
    link: str = ""
    """The address of the card, made by the workspace."""


class AskedOwners(Frozen):
    """A question that no approved document answers, put to the document owners."""

    person: str
    owners: tuple[str, ...]
    questions: tuple[str, ...]
    """The customer's words."""


class DocumentLine(Frozen):
    """A document in a list."""

    title: str
    state: str
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


class Section(Frozen):
    """A part of a report. Where a line quotes a customer, who shows it looks who may read that."""

    heading: str
    lines: tuple[str, ...]


class Picture(Frozen):
    """A picture of ours, and the same in words."""

    name: str
    """Of the file."""
    alt: str
    png: bytes
    file: str = ""
    """Its id once the workspace has it; empty where it is told in words instead."""


class Reported(Frozen):
    """What the desk did in some days."""

    heading: str
    sections: tuple[Section, ...]
    pictures: tuple[Picture, ...] = ()


Announcement = Found | Warned | AskedOwners | DocumentsListed | GapsListed | ConflictsListed | ErrorsListed | Reported
