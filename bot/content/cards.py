"""What a card in a thread says."""

from datetime import datetime
from enum import StrEnum

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
