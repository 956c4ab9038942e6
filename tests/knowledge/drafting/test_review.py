"""The review policy beside the approval matrix: rejecting, escalating, undoing, and the finer rules of approving."""

from itertools import product
from typing import Any

import pytest

from knowledge.drafting.draft import DraftStatus as S
from knowledge.drafting.draft import Risk
from knowledge.drafting.review import (
    Accepted,
    ChannelKind,
    Kind,
    Refused,
    RejectReason,
    Review,
    Reviewer,
    ReviewPolicy,
    Role,
    UnderReview,
    Verdict,
)

ROLES = {"none": frozenset[Role](), "agent": frozenset({Role.AGENT}), "senior": frozenset({Role.SENIOR})}
PEOPLE = ("decider", "other")
TABLE = list(product(ROLES, PEOPLE, Risk, S, (Verdict.REJECT, Verdict.ESCALATE, Verdict.UNDO)))
Row = tuple[str, str, Risk, S, Verdict]


def a_draft(**changes: Any) -> UnderReview:
    return UnderReview.model_validate(
        {"status": S.AWAITING, "version": 2, "risk": Risk.ROUTINE, "statements": 3, "verified": True} | changes
    )


def a_review(person: str = "a", role: str = "agent", kind: Kind = Kind.MEMBER, **changes: Any) -> Review:
    reviewer = Reviewer(id=person, roles=ROLES[role], kind=kind)
    return Review.model_validate({"reviewer": reviewer, "verdict": Verdict.APPROVE, "version": 2} | changes)


def reason(outcome: Accepted | Refused) -> str:
    return outcome.reason if isinstance(outcome, Refused) else "accepted"


def expected(row: Row) -> S | None:
    """The status the product promises; None for a refusal."""
    role, person, _, status, verdict = row
    if role == "none":
        return None
    match verdict:
        case Verdict.REJECT:
            return S.REJECTED if status in {S.AWAITING, S.AWAITING_SECOND, S.ESCALATED} else None
        case Verdict.ESCALATE:
            return S.ESCALATED if status in {S.AWAITING, S.AWAITING_SECOND} else None
        case _:
            decided = status in {S.AWAITING_SECOND, S.ESCALATED, S.APPROVED, S.REJECTED}
            return S.AWAITING if decided and (role == "senior" or person == "decider") else None


@pytest.mark.parametrize("row", TABLE, ids=lambda row: "-".join(map(str, row)))
def test_the_decision_is_what_the_product_promises(row: Row) -> None:
    role, person, risk, status, verdict = row
    draft = a_draft(status=status, risk=risk, deciders=("decider",))
    review = a_review(person, role, verdict=verdict, reason=RejectReason.TONE, minutes_since_decision=1)
    outcome = ReviewPolicy().decide(draft, review)
    if expected(row):
        assert outcome == Accepted(expected(row) or S.STALE)
    else:
        assert isinstance(outcome, Refused)
        assert outcome.reason.endswith(".")


@pytest.mark.parametrize("risk", Risk)
@pytest.mark.parametrize(("may", "statuses"), [(True, {Risk.ROUTINE}), (False, set[Risk]())])
def test_who_asked_approves_the_routine_where_the_desk_lets_them(
    may: bool,  # noqa: FBT001
    statuses: set[Risk],
    risk: Risk,
) -> None:
    review = a_review("asker", confirmed=True)
    outcome = ReviewPolicy(requester_may_approve=may).decide(a_draft(risk=risk, requested_by="asker"), review)
    assert isinstance(outcome, Accepted) is (risk in statuses)


@pytest.mark.parametrize(
    ("changes", "confirmed", "accepted"),
    [
        ({"grave": False}, True, True),
        ({"grave": False}, False, False),
        ({"grave": True}, True, False),
        ({}, True, False),
        ({"grave": False, "edited_by": "colleague"}, True, False),
        ({"grave": False, "risk": Risk.SECOND}, True, False),
    ],
    ids=str,
)
def test_who_asked_stands_by_their_own_sentences_with_a_confirmation_and_no_more(
    changes: dict[str, Any],
    confirmed: bool,  # noqa: FBT001
    accepted: bool,  # noqa: FBT001
) -> None:
    draft = a_draft(**{"risk": Risk.CONFIRM, "requested_by": "asker", "edited_by": "asker"} | changes)
    outcome = ReviewPolicy().decide(draft, a_review("asker", confirmed=confirmed))
    assert isinstance(outcome, Accepted) is accepted


def test_who_wrote_unproven_sentences_approves_them_alone_with_a_confirmation() -> None:
    draft = a_draft(risk=Risk.CONFIRM, requested_by="asker", edited_by="writer")
    assert ReviewPolicy().decide(draft, a_review("writer", confirmed=True)) == Accepted(S.APPROVED)
    assert "confirm" in reason(ReviewPolicy().decide(draft, a_review("writer")))


@pytest.mark.parametrize("role", ["agent", "senior"])
def test_what_could_not_be_verified_is_edited_or_escalated_but_not_approved(role: str) -> None:
    draft = a_draft(verified=False)
    assert "edit it or escalate it" in reason(ReviewPolicy().decide(draft, a_review("a", role, confirmed=True)))
    escalated = ReviewPolicy().decide(draft, a_review("a", role, verdict=Verdict.ESCALATE))
    assert escalated == Accepted(S.ESCALATED)


def test_a_second_approval_needs_a_first_one_that_is_known() -> None:
    draft = a_draft(risk=Risk.SECOND, status=S.AWAITING_SECOND)
    review = a_review("other", "senior", confirmed=True)
    assert "who approved this first" in reason(ReviewPolicy().decide(draft, review))
    known = draft.model_copy(update={"first_approver": "first"})
    assert ReviewPolicy().decide(known, review) == Accepted(S.APPROVED)


@pytest.mark.parametrize(
    ("minutes", "limit", "accepted"),
    [
        (0.0, 30, True),
        (30.0, 30, True),
        (30.1, 30, False),
        (None, 30, False),
        (float("nan"), 30, False),
        (5.0, 0, False),
        (60.0, 120, True),
    ],
)
@pytest.mark.parametrize("role", ["agent", "senior"])
@pytest.mark.parametrize("status", [S.AWAITING_SECOND, S.APPROVED, S.REJECTED, S.ESCALATED])
def test_a_decision_is_final_after_the_desks_time(
    status: S,
    role: str,
    minutes: float | None,
    limit: int,
    accepted: bool,  # noqa: FBT001
) -> None:
    draft = a_draft(status=status, deciders=("a",))
    review = a_review("a", role, verdict=Verdict.UNDO, minutes_since_decision=minutes)
    outcome = ReviewPolicy(undo_minutes=limit).decide(draft, review)
    assert isinstance(outcome, Accepted) is accepted
    assert accepted or "redraft" in reason(outcome)


def test_only_who_took_part_or_a_senior_undoes() -> None:
    draft = a_draft(status=S.APPROVED, deciders=("first", "second"))
    undo: dict[str, Any] = {"verdict": Verdict.UNDO, "minutes_since_decision": 1}
    assert "took part" in reason(ReviewPolicy().decide(draft, a_review("other", **undo)))
    for person, role in (("first", "agent"), ("second", "agent"), ("other", "senior")):
        assert ReviewPolicy().decide(draft, a_review(person, role, **undo)) == Accepted(S.AWAITING)


@pytest.mark.parametrize("verdict", Verdict)
@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.MEMBER])
def test_only_members_decide_anything(kind: Kind, verdict: Verdict) -> None:
    review = a_review("a", "senior", kind, verdict=verdict, confirmed=True, reason=RejectReason.TONE)
    draft = a_draft(status=S.AWAITING_SECOND, first_approver="first", deciders=("a",))
    refused = ReviewPolicy().decide(draft, review)
    assert isinstance(refused, Refused)
    assert kind is not Kind.UNKNOWN or "nothing changed, please try again" in refused.reason


@pytest.mark.parametrize("verdict", Verdict)
@pytest.mark.parametrize("version", [1, 3])
def test_another_version_than_the_present_one_is_not_decided_on(version: int, verdict: Verdict) -> None:
    review = a_review(verdict=verdict, version=version, reason=RejectReason.TONE, minutes_since_decision=1)
    assert "version 2 is the present one" in reason(ReviewPolicy().decide(a_draft(deciders=("a",)), review))


def test_in_a_direct_message_a_risky_draft_can_still_be_rejected_and_escalated() -> None:
    draft = a_draft(risk=Risk.SECOND)
    for verdict, status in ((Verdict.REJECT, S.REJECTED), (Verdict.ESCALATE, S.ESCALATED)):
        review = a_review(verdict=verdict, channel=ChannelKind.DIRECT, reason=RejectReason.TONE)
        assert ReviewPolicy().decide(draft, review) == Accepted(status)


@pytest.mark.parametrize(
    ("why", "sentence", "accepted"),
    [
        (None, None, False),
        (RejectReason.TONE, None, True),
        (RejectReason.FACTUAL_ERROR, None, False),
        (RejectReason.FACTUAL_ERROR, -1, False),
        (RejectReason.FACTUAL_ERROR, 3, False),
        (RejectReason.FACTUAL_ERROR, 0, True),
        (RejectReason.FACTUAL_ERROR, 2, True),
    ],
)
def test_a_rejection_has_a_reason_and_a_factual_error_a_sentence(
    why: RejectReason | None,
    sentence: int | None,
    accepted: bool,  # noqa: FBT001
) -> None:
    review = a_review(verdict=Verdict.REJECT, reason=why, sentence=sentence)
    assert isinstance(ReviewPolicy().decide(a_draft(), review), Accepted) is accepted
