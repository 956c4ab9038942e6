"""The review policy over the whole table: who may decide what, on which draft."""

from itertools import product

import pytest

from knowledge.drafting.draft import DraftStatus as S
from knowledge.drafting.review import (
    Accepted,
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
PEOPLE = ("asker", "first", "other")
TABLE = list(product(ROLES, PEOPLE, (False, True), S, Verdict, (False, True)))


def decide(row: tuple[str, str, bool, S, Verdict, bool], *, requester_may: bool = True) -> Accepted | Refused:
    role, person, risky, status, verdict, confirmed = row
    draft = UnderReview(
        status=status, version=2, risky=risky, statements=3, requested_by="asker", first_approver="first"
    )
    review = Review(
        reviewer=Reviewer(id=person, roles=ROLES[role]),
        verdict=verdict,
        version=2,
        confirmed=confirmed,
        reason=RejectReason.TONE if verdict is Verdict.REJECT else None,
    )
    return ReviewPolicy(requester_may_approve=requester_may).decide(draft, review)


def expected(row: tuple[str, str, bool, S, Verdict, bool]) -> S | None:  # noqa: PLR0911 - A table.
    """The status the product promises, written out apart from the policy's own code; None for a refusal."""
    role, person, risky, status, verdict, confirmed = row
    undecided = {S.AWAITING, S.AWAITING_SECOND, S.ESCALATED}
    if role == "none":
        return None
    match verdict:
        case Verdict.REJECT:
            return S.REJECTED if status in undecided else None
        case Verdict.ESCALATE:
            return S.ESCALATED if status in {S.AWAITING, S.AWAITING_SECOND} else None
        case Verdict.UNDO:
            return S.AWAITING if status in {S.AWAITING_SECOND, S.ESCALATED, S.APPROVED, S.REJECTED} else None
    if status not in undecided:
        return None
    if not risky:
        return S.APPROVED
    if person == "asker" or not confirmed:
        return None
    if status is not S.AWAITING_SECOND:
        return S.AWAITING_SECOND
    return S.APPROVED if person == "other" and role == "senior" else None


@pytest.mark.parametrize("row", TABLE, ids=lambda row: "-".join(map(str, row)))
def test_the_decision_is_what_the_product_promises(row: tuple[str, str, bool, S, Verdict, bool]) -> None:
    outcome = decide(row)
    if expected(row) is None:
        assert isinstance(outcome, Refused)
        assert outcome.reason.endswith(".")
    else:
        assert outcome == Accepted(expected(row) or S.STALE)


@pytest.mark.parametrize("row", [row for row in TABLE if row[2] and row[4] is Verdict.APPROVE], ids=str)
def test_no_risky_draft_is_approved_by_one_person_alone(row: tuple[str, str, bool, S, Verdict, bool]) -> None:
    if decide(row) == Accepted(S.APPROVED):
        assert (row[0], row[1], row[3]) == ("senior", "other", S.AWAITING_SECOND)


def test_a_desk_may_forbid_that_the_asker_approves() -> None:
    row = ("agent", "asker", False, S.AWAITING, Verdict.APPROVE, False)
    assert decide(row) == Accepted(S.APPROVED)
    assert isinstance(decide(row, requester_may=False), Refused)


@pytest.mark.parametrize("verdict", Verdict)
def test_outsiders_and_old_versions_decide_nothing(verdict: Verdict) -> None:
    draft = UnderReview(status=S.AWAITING_SECOND, version=2, risky=False, statements=1)
    agent = Reviewer(id="a", roles=ROLES["senior"])
    guest = agent.model_copy(update={"active_member": False})
    for person, version in ((guest, 2), (agent, 1), (agent, 3)):
        review = Review(reviewer=person, verdict=verdict, version=version, confirmed=True, reason=RejectReason.TONE)
        assert isinstance(ReviewPolicy().decide(draft, review), Refused)


@pytest.mark.parametrize(
    ("reason", "sentence", "accepted"),
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
    reason: RejectReason | None,
    sentence: int | None,
    accepted: bool,  # noqa: FBT001
) -> None:
    draft = UnderReview(status=S.AWAITING, version=1, risky=False, statements=3)
    person = Reviewer(id="a", roles=ROLES["agent"])
    review = Review(reviewer=person, verdict=Verdict.REJECT, version=1, reason=reason, sentence=sentence)
    assert isinstance(ReviewPolicy().decide(draft, review), Accepted) is accepted
