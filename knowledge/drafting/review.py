"""Review: who may decide what, where, on which draft, and with which second person."""

from enum import StrEnum
from typing import NamedTuple

from knowledge.drafting.draft import DraftStatus, Risk
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
    OWNER = "owner"
    """Decides about documents, and about no draft."""


class Kind(StrEnum):
    """What a person is to this workspace."""

    MEMBER = "member"
    GUEST = "guest"
    SINGLE_CHANNEL_GUEST = "single_channel_guest"
    BOT = "bot"
    WORKFLOW = "workflow"
    DEACTIVATED = "deactivated"
    OUTSIDER = "outsider"
    UNKNOWN = "unknown"
    """It could not be verified just now."""


class ChannelKind(StrEnum):
    """Who can read what is decided in a channel."""

    PUBLIC = "public"
    PRIVATE = "private"
    DIRECT = "direct"
    GROUP_DIRECT = "group_direct"
    SHARED = "shared"
    """With another company."""
    UNKNOWN = "unknown"
    """It could not be verified just now."""


class Reviewer(Frozen):
    """A person as they are at the moment of the decision, read fresh."""

    id: str
    roles: frozenset[Role] = frozenset()
    kind: Kind = Kind.MEMBER
    name: str = ""
    """What people call them; empty where that is not known."""


class Review(Frozen):
    """One decision on one version of a draft."""

    reviewer: Reviewer
    verdict: Verdict
    version: int
    """The version of the draft that the person was looking at."""
    channel: ChannelKind = ChannelKind.PUBLIC
    """Where the draft is, as it is at the moment of the decision."""
    confirmed: bool = False
    """Decided by button with a confirmation, not by an emoji."""
    reason: RejectReason | None = None
    sentence: int | None = None
    """For a factual error: which statement, counted from 0."""
    minutes_since_decision: float | None = None
    """For an undo: how long ago the last decision was; none where that is not known."""


class UnderReview(Frozen):
    """What the policy needs to know of a draft."""

    status: DraftStatus
    version: int
    risk: Risk
    statements: int
    verified: bool
    """Something in it is proven, or an agent wrote it; a draft that could not be verified is not approved."""
    grave: bool = True
    """A warning of it is of high severity; then who asked for it does not approve it, whoever wrote it."""
    requested_by: str = ""
    edited_by: str = ""
    """Who wrote the sentences that nothing proves, if there are any."""
    first_approver: str = ""
    escalated: bool = False
    """A person escalated this ticket and nobody took that back: whatever version, a senior approves it."""
    deciders: tuple[str, ...] = ()
    """The people whose decisions stand."""


class Accepted(NamedTuple):
    """The decision stands, and this is the draft's status after it."""

    status: DraftStatus


class Refused(NamedTuple):
    """The decision does not stand; `reason` is told to the person in private."""

    reason: str


class ReviewPolicy(Frozen):
    """The desk's rules of review. Closed by default: a person without a role decides nothing."""

    requester_may_approve: bool = True
    """Whether who asked for a draft may approve it, where it carries no warning that needs other eyes."""
    undo_minutes: int = 30
    """How long a decision can be undone."""

    def decide(self, draft: UnderReview, review: Review) -> Accepted | Refused:
        """Whether a decision stands, and what becomes of the draft. Pure: the caller stores it with compare-and-set."""
        refusal = no_say(review.reviewer, review.channel) or _too_late(draft, review) or self._refusal(draft, review)
        return Refused(refusal) if refusal else Accepted(_after(draft, review))

    def _refusal(self, draft: UnderReview, review: Review) -> str | None:
        match review.verdict:
            case Verdict.APPROVE:
                return _barred(draft, review) or self._not_by_who_asked(draft, review) or _not_alone(draft, review)
            case Verdict.REJECT:
                return _incomplete(draft, review)
            case Verdict.UNDO:
                return self._final(draft, review)
            case Verdict.ESCALATE:
                return None

    def _not_by_who_asked(self, draft: UnderReview, review: Review) -> str | None:
        person = review.reviewer.id
        if person != draft.requested_by:
            return None
        # An agent's own sentences need that agent's word for them, and no other eyes.
        own_words = _risk(draft) is Risk.CONFIRM and person == draft.edited_by and not draft.grave
        if self.requester_may_approve and (_risk(draft) is Risk.ROUTINE or own_words):
            return None
        return "You asked for this draft, so somebody else must approve it; ask a colleague to look."

    def _final(self, draft: UnderReview, review: Review) -> str | None:
        person = review.reviewer
        if person.id not in draft.deciders and Role.SENIOR not in person.roles:
            return "Only a person who took part in this decision, or a senior, can undo it; ask one of them."
        if review.minutes_since_decision is None:
            return "I could not see when this was decided, so nothing changed; ask for a new draft (redraft)."
        if review.minutes_since_decision <= self.undo_minutes:
            return None
        if draft.status in (DraftStatus.AWAITING_SECOND, DraftStatus.ESCALATED):
            return (
                f"This can be undone for {self.undo_minutes} minutes only; reject it or ask for a new draft (redraft)."
            )
        return f"This decision is final since {self.undo_minutes} minutes after it; ask for a new draft (redraft)."


_KINDS = {
    Kind.GUEST: "Guests do not decide on drafts; ask a full member of this workspace to do it.",
    Kind.SINGLE_CHANNEL_GUEST: "Single-channel guests do not decide on drafts; ask a full member of this workspace.",
    Kind.BOT: "Apps do not decide on drafts; a person with a role at this desk must do it.",
    Kind.WORKFLOW: "Workflows do not decide on drafts; a person with a role at this desk must do it.",
    Kind.DEACTIVATED: "A deactivated account does not decide on drafts; ask an active colleague to do it.",
    Kind.OUTSIDER: "People from another company do not decide on drafts; ask a member of this workspace to do it.",
    Kind.UNKNOWN: "I could not check with Slack who you are; nothing changed, please try again in a moment.",
}
_CHANNELS = {
    ChannelKind.SHARED: "This channel is shared with another company; move the draft to an internal channel.",
    ChannelKind.UNKNOWN: "I could not check who can read this channel; nothing changed, please try again in a moment.",
}
_STATES = {
    DraftStatus.AWAITING: "Nothing has been decided on this draft yet; approve, edit or reject it.",
    DraftStatus.AWAITING_SECOND: "This draft waits for its second approval already; a senior can give it.",
    DraftStatus.APPROVED: "This draft is approved already; undo that first, or ask for a new draft (redraft).",
    DraftStatus.REJECTED: "This draft is rejected already; undo that first, or ask for a new draft (redraft).",
    DraftStatus.ESCALATED: "This draft is escalated already; a senior can approve it, and you can reject it.",
    DraftStatus.REPLACED: "This draft was replaced by a newer one; please decide on that one.",
    DraftStatus.STALE: "This draft is out of date; ask for a new draft (redraft).",
}
_AIMS = {
    Verdict.APPROVE: DraftStatus.APPROVED,
    Verdict.REJECT: DraftStatus.REJECTED,
    Verdict.ESCALATE: DraftStatus.ESCALATED,
    Verdict.UNDO: DraftStatus.AWAITING,
}


def no_say(person: Reviewer, channel: ChannelKind) -> str | None:
    """Why this person decides nothing here, whatever the draft; none where they may."""
    if person.kind is not Kind.MEMBER:
        return _KINDS[person.kind]
    if not person.roles:
        return "You have no role at this desk; ask a lead to add you to the agents in desk.yaml."
    return _CHANNELS.get(channel)


def _too_late(draft: UnderReview, review: Review) -> str | None:
    """Why nobody decides this on the draft any more, or not yet."""
    if review.version != draft.version:
        return f"This version was replaced; version {draft.version} is the present one, please decide on that."
    return None if draft.status.may_become(_AIMS[review.verdict]) else _STATES[draft.status]


def _barred(draft: UnderReview, review: Review) -> str | None:
    if not draft.verified:
        return "Nothing in this draft is verified, so it cannot be approved; edit it or escalate it."
    if (draft.escalated or draft.status is DraftStatus.ESCALATED) and Role.SENIOR not in review.reviewer.roles:
        return "This ticket is escalated, so a senior must approve the draft; ask one to look."
    if review.channel is ChannelKind.DIRECT and _risk(draft) is not Risk.ROUTINE:
        return "A draft that carries a risk is not approved in a direct message; ask for it in a channel of your team."
    return None


def _not_alone(draft: UnderReview, review: Review) -> str | None:
    if _risk(draft) is not Risk.ROUTINE and not review.confirmed:
        return "This draft needs more than a reaction; use the Approve button, which asks you to confirm."
    if draft.status is not DraftStatus.AWAITING_SECOND:
        return None
    if not draft.first_approver:
        return "I could not see who approved this first, so nothing changed; undo that approval and begin again."
    if review.reviewer.id == draft.first_approver:
        return "You approved this draft already; a second person, a senior, must approve it as well."
    if Role.SENIOR not in review.reviewer.roles:
        return "The second approval of this draft comes from a senior; ask one to look."
    return None


def _incomplete(draft: UnderReview, review: Review) -> str | None:
    if review.reason is None:
        return "Please say why you reject the draft."
    if review.reason is RejectReason.FACTUAL_ERROR and not (
        review.sentence is not None and 0 <= review.sentence < draft.statements
    ):
        return "Please say which sentence is wrong."
    return None


def _risk(draft: UnderReview) -> Risk:
    """Whoever waits for a second person waits for one, whatever else is said of the draft."""
    return Risk.SECOND if draft.status is DraftStatus.AWAITING_SECOND else draft.risk


def _after(draft: UnderReview, review: Review) -> DraftStatus:
    first = draft.risk is Risk.SECOND and draft.status is not DraftStatus.AWAITING_SECOND
    return DraftStatus.AWAITING_SECOND if first and review.verdict is Verdict.APPROVE else _AIMS[review.verdict]
