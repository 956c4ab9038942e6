import pytest
from pydantic import ValidationError

from knowledge.drafting.draft import UNVERIFIED, Draft, DraftStatus, Escalation, Outcome, Removed, Risk
from knowledge.drafting.playbook import Severity

S = DraftStatus
LEGAL = {
    S.AWAITING: {S.AWAITING_SECOND, S.APPROVED, S.REJECTED, S.ESCALATED, S.REPLACED, S.STALE},
    S.AWAITING_SECOND: {S.AWAITING, S.APPROVED, S.REJECTED, S.ESCALATED, S.REPLACED, S.STALE},
    S.ESCALATED: {S.AWAITING, S.AWAITING_SECOND, S.APPROVED, S.REJECTED, S.REPLACED, S.STALE},
    S.APPROVED: {S.AWAITING, S.STALE},
    S.REJECTED: {S.AWAITING, S.REPLACED},
    S.STALE: {S.REPLACED},
    S.REPLACED: set[DraftStatus](),
}


@pytest.mark.parametrize("status", S)
def test_the_legal_transitions_are_exactly_these(status: DraftStatus) -> None:
    assert {other for other in S if status.may_become(other)} == LEGAL[status]


def an_escalation(*, second: bool, severity: Severity = Severity.LOW) -> Escalation:
    return Escalation(category="x", rule="x", evidence="", severity=severity, route="", second_approver=second)


@pytest.mark.parametrize("second", [False, True])
def test_one_escalation_is_enough_to_need_a_second_approver(second: bool) -> None:  # noqa: FBT001
    draft = Draft(
        status=Outcome.ANSWERED, reply="x", escalations=(an_escalation(second=False), an_escalation(second=second))
    )
    assert draft.needs_second_approver is second


@pytest.mark.parametrize(
    ("second", "severity", "own", "risk"),
    [
        (False, Severity.LOW, False, Risk.ROUTINE),
        (False, Severity.MEDIUM, False, Risk.ROUTINE),
        (False, Severity.HIGH, False, Risk.CONFIRM),
        (False, Severity.LOW, True, Risk.CONFIRM),
        (True, Severity.LOW, False, Risk.SECOND),
        (True, Severity.HIGH, True, Risk.SECOND),
    ],
)
def test_the_risk_follows_from_warnings_and_sentences_without_a_proof(
    second: bool,  # noqa: FBT001
    severity: Severity,
    own: bool,  # noqa: FBT001
    risk: Risk,
) -> None:
    draft = Draft(
        status=Outcome.ANSWERED,
        reply="x",
        unproven=(Removed(text="x", reason="y"),) if own else (),
        escalations=(an_escalation(second=False), an_escalation(second=second, severity=severity)),
    )
    assert draft.risk is risk
    assert draft.has_grave_warning is (severity is Severity.HIGH)


def test_a_draft_cannot_be_changed_or_widened() -> None:
    draft = Draft(status=Outcome.UNVERIFIED, reply=UNVERIFIED)
    with pytest.raises(ValidationError):
        draft.reply = "Refunded!"  # type: ignore[misc]
    with pytest.raises(ValidationError):
        Draft.model_validate({"status": "answered", "reply": "x", "approved": True})


def test_a_draft_survives_being_stored() -> None:
    draft = Draft(status=Outcome.PARTIAL, reply="x", escalations=(an_escalation(second=True),), confidence=0.5)
    assert Draft.model_validate_json(draft.model_dump_json()) == draft
