"""Draft: a proposed reply with its proofs, warnings and omissions."""

from datetime import date
from enum import StrEnum

from pydantic import Field

from knowledge.drafting.answer import TokenCount
from knowledge.drafting.conflict import Conflict
from knowledge.drafting.frozen import Frozen
from knowledge.drafting.playbook import Severity

UNVERIFIED = "I could not verify this from the approved support materials."


class Outcome(StrEnum):
    """How much of what the customer asked is proven."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    UNVERIFIED = "unverified"


class Risk(StrEnum):
    """How a draft may be approved."""

    ROUTINE = "routine"
    """By one person, with a reaction or a button."""
    CONFIRM = "confirm"
    """By one person who presses the button and confirms."""
    SECOND = "second"
    """By a person who confirms, and then by a senior who is somebody else."""


class DraftStatus(StrEnum):
    """Where a draft stands in review."""

    AWAITING = "awaiting"
    AWAITING_SECOND = "awaiting_second"
    APPROVED = "approved"
    REJECTED = "rejected"
    ESCALATED = "escalated"
    REPLACED = "replaced"
    STALE = "stale"

    def may_become(self, other: "DraftStatus") -> bool:
        """Whether review may move a draft from this status to `other`."""
        return other in _TRANSITIONS[self]


_OPEN = frozenset(
    {DraftStatus.APPROVED, DraftStatus.REJECTED, DraftStatus.ESCALATED, DraftStatus.REPLACED, DraftStatus.STALE}
)
_TRANSITIONS = {
    DraftStatus.AWAITING: _OPEN | {DraftStatus.AWAITING_SECOND},
    DraftStatus.AWAITING_SECOND: _OPEN | {DraftStatus.AWAITING},
    DraftStatus.ESCALATED: _OPEN - {DraftStatus.ESCALATED} | {DraftStatus.AWAITING, DraftStatus.AWAITING_SECOND},
    # A decision can be undone until it is final; after that only a new draft follows. An approval is void where
    # what it was drafted from is gone.
    DraftStatus.APPROVED: frozenset({DraftStatus.AWAITING, DraftStatus.STALE}),
    DraftStatus.REJECTED: frozenset({DraftStatus.AWAITING, DraftStatus.REPLACED}),
    DraftStatus.STALE: frozenset({DraftStatus.REPLACED}),
    DraftStatus.REPLACED: frozenset[DraftStatus](),
}


class Citation(Frozen):
    """Proof of a statement: whole sentences, found verbatim in a document version in force."""

    document: str
    version: str
    title: str
    section: str
    quote: str
    start: int
    end: int
    """The quote is `version_text[start:end]`."""
    approved_by: str
    in_force_until: date | None = None
    url: str = ""


class Statement(Frozen):
    """A factual sentence of the reply and its proofs; there is at least one."""

    text: str
    citations: tuple[Citation, ...]


class Removed(Frozen):
    """A sentence that was proposed and did not stand, and why."""

    text: str
    reason: str


class MissingFact(Frozen):
    """A required fact the ticket does not hold, and the desk's question for it."""

    fact: str
    question: str


class Escalation(Frozen):
    """A warning that a person must look, with the customer's words that caused it."""

    category: str
    rule: str
    """The trigger that matched, or `model` where only the model saw the risk."""
    evidence: str
    severity: Severity
    route: str
    second_approver: bool


class Draft(Frozen):
    """A first reply for a human to decide on. `status` is what the evidence allows, never what a model says."""

    status: Outcome
    reply: str
    """The customer-ready text, without citation marks."""
    topic: str = ""
    """The id of the first topic the ticket is about; empty where it is about none of the desk's."""
    acknowledgement: str = ""
    statements: tuple[Statement, ...] = ()
    removed: tuple[Removed, ...] = ()
    unproven: tuple[Removed, ...] = ()
    """Sentences an agent wrote into the reply that no approved document proves, and why."""
    missing_facts: tuple[MissingFact, ...] = ()
    unanswered: tuple[str, ...] = ()
    """The customer's questions that no approved passage answers, in the customer's words."""
    nearest: tuple[str, ...] = ()
    """Titles of the nearest approved documents, for a draft that could not be verified."""
    conflicts: tuple[Conflict, ...] = ()
    """Where approved documents disagree about what was asked; neither of the two is quoted."""
    assumptions: tuple[str, ...] = ()
    escalations: tuple[Escalation, ...] = ()
    notes: tuple[str, ...] = ()
    """What an agent should know about how the ticket was read."""
    confidence: float = 0.0
    """0 to 1, from the evidence; see `knowledge.drafting.confidence`."""
    model: str = ""
    tokens: TokenCount = TokenCount()
    timings_ms: dict[str, int] = Field(default_factory=dict)

    @property
    def sentences(self) -> tuple[str, ...]:
        """What a reviewer may call wrong: the proven sentences, then those that an agent answers for."""
        return (*(each.text for each in self.statements), *(each.text for each in self.unproven))

    @property
    def needs_second_approver(self) -> bool:
        """Whether a senior person must approve as well."""
        return any(e.second_approver for e in self.escalations)

    @property
    def has_grave_warning(self) -> bool:
        """Whether a warning of it is of high severity."""
        return any(e.severity is Severity.HIGH for e in self.escalations)

    @property
    def risk(self) -> Risk:
        """How it may be approved."""
        if self.needs_second_approver:
            return Risk.SECOND
        return Risk.CONFIRM if self.has_grave_warning or self.unproven else Risk.ROUTINE
