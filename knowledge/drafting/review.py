"""Review: who may decide what, on which draft, and with which second person."""

from enum import StrEnum
from typing import NamedTuple

from knowledge.drafting.draft import DraftStatus
from knowledge.drafting.frozen import Frozen


class Verdict(StrEnum):
    """What a person decides about a draft."""

    APPROVE = "approve"
    REJECT = "reject"
    ESCALATE = "escalate"
    UNDO = "undo"


class RejectReason(StrEnum):
    """Why a draft is rejected."""

    FACTUAL_ERROR = "factual_error"
    WRONG_POLICY = "wrong_policy"
    TONE = "tone"
    MISSING_INFORMATION = "missing_information"
    NOT_NEEDED = "not_needed"


class Role(StrEnum):
    """What the desk lets a person do."""

    AGENT = "agent"
    SENIOR = "senior"


class Reviewer(Frozen):
    """A person as they are at the moment of the decision, read fresh."""

    id: str
    roles: frozenset[Role] = frozenset()
    active_member: bool = True
    """A person of this workspace: not a guest, a bot, deactivated or from outside."""


class Review(Frozen):
    """One decision on one version of a draft."""

    reviewer: Reviewer
    verdict: Verdict
    version: int
    """The version of the draft that the person was looking at."""
    confirmed: bool = False
    """Decided by button with a confirmation, not by an emoji."""
    reason: RejectReason | None = None
    sentence: int | None = None
    """For a factual error: which statement, counted from 0."""


class UnderReview(Frozen):
    """What the policy needs to know of a draft."""

    status: DraftStatus
    version: int
    risky: bool
    """It carries an escalation that needs a second approver."""
    statements: int
    requested_by: str = ""
    first_approver: str = ""


class Accepted(NamedTuple):
    """The decision stands, and this is the draft's status after it."""

    status: DraftStatus


class Refused(NamedTuple):
    """The decision does not stand; `reason` is told to the person in private."""

    reason: str


class ReviewPolicy(Frozen):
    """The desk's rules of review. Closed by default: a person without a role decides nothing."""

    requester_may_approve: bool = True
    """Whether who asked for a routine draft may approve it; for a risky one never."""

    def decide(self, draft: UnderReview, review: Review) -> Accepted | Refused:
        """Whether a decision stands, and what becomes of the draft. Pure: the caller stores it with compare-and-set."""
        refusal = self._refusal(draft, review)
        if refusal:
            return Refused(refusal)
        status = _after(draft, review)
        if not draft.status.may_become(status):
            return Refused(f"This draft is {draft.status.value.replace('_', ' ')} already.")
        return Accepted(status)

    def _refusal(self, draft: UnderReview, review: Review) -> str | None:
        person = review.reviewer
        if not person.active_member:
            return "Only members of this workspace decide on drafts; guests, apps and people from outside do not."
        if not person.roles:
            return "You have no role at this desk. Ask a lead to add you to the agents in desk.yaml."
        if review.version != draft.version:
            return f"This version was replaced; version {draft.version} is the present one."
        if review.verdict is Verdict.REJECT:
            return _incomplete(draft, review)
        if review.verdict is Verdict.APPROVE:
            return self._may_not_approve(draft, review)
        return None

    def _may_not_approve(self, draft: UnderReview, review: Review) -> str | None:
        person = review.reviewer
        if person.id == draft.requested_by and (draft.risky or not self.requester_may_approve):
            return "Somebody other than the person who asked for this draft must approve it."
        if not draft.risky:
            return None
        if not review.confirmed:
            return "This draft carries a risk: please use the Approve button, which asks you to confirm."
        if draft.status is not DraftStatus.AWAITING_SECOND:
            return None
        if person.id == draft.first_approver:
            return "You approved this draft already; a second person must approve it as well."
        if Role.SENIOR not in person.roles:
            return "The second approval of a risky draft comes from a senior."
        return None


def _incomplete(draft: UnderReview, review: Review) -> str | None:
    if review.reason is None:
        return "Please say why you reject the draft."
    if review.reason is RejectReason.FACTUAL_ERROR and not (
        review.sentence is not None and 0 <= review.sentence < draft.statements
    ):
        return "Please say which sentence is wrong."
    return None


def _after(draft: UnderReview, review: Review) -> DraftStatus:
    match review.verdict:
        case Verdict.REJECT:
            return DraftStatus.REJECTED
        case Verdict.ESCALATE:
            return DraftStatus.ESCALATED
        case Verdict.UNDO:
            return DraftStatus.AWAITING
        case Verdict.APPROVE:
            first = draft.risky and draft.status is not DraftStatus.AWAITING_SECOND
            return DraftStatus.AWAITING_SECOND if first else DraftStatus.APPROVED
