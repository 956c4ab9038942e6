from datetime import date

import pytest

from knowledge.drafting.draft import Citation, Draft, Escalation, MissingFact, Outcome, Statement
from knowledge.drafting.playbook import Severity
from knowledge.evals.replay import ChangeKind, changes, gravest

RULE = "Yearly plans are refunded in full within 14 days."
PROOF = Citation(
    document="refunds", version="1", title="Refunds", section="Yearly", quote=RULE, start=0, end=1, approved_by="Mara"
)
WARNING = Escalation(
    category="legal_threat", rule="lawyer", evidence="my lawyer", severity=Severity.HIGH, route="", second_approver=True
)
DRAFT = Draft(
    status=Outcome.ANSWERED,
    reply=f"Hi,\n\n{RULE}",
    statements=(Statement(text=RULE, citations=(PROOF,)),),
    missing_facts=(MissingFact(fact="purchase_date", question="When did you buy?"),),
    assumptions=("assumes billing period: yearly (the ticket does not say)",),
    escalations=(WARNING,),
)


def quoting(**changed: object) -> tuple[Statement, ...]:
    return (Statement(text=RULE, citations=(PROOF.model_copy(update=changed),)),)


@pytest.mark.parametrize(
    ("changed", "kind", "said"),
    [
        ({"status": Outcome.UNVERIFIED}, "proof", ["answered → unverified"]),
        ({"status": Outcome.PARTIAL}, "status", ["answered → partial"]),
        ({"escalations": ()}, "escalation", ["warning lost: legal_threat"]),
        (
            {"escalations": (WARNING.model_copy(update={"second_approver": False}),)},
            "escalation",
            ["warning lost: legal_threat", "warning new: legal_threat"],
        ),
        ({"statements": ()}, "citation", [f"citation lost: Refunds: “{RULE}”"]),
        (
            {"statements": quoting(quote="No.")},
            "citation",
            [f"citation lost: Refunds: “{RULE}”", "citation new: Refunds: “No.”"],
        ),
        ({"missing_facts": ()}, "question", ["question lost: purchase_date"]),
        ({"assumptions": ()}, "assumption", [f"assumption lost: {DRAFT.assumptions[0]}"]),
        ({"reply": "Dear Dana"}, "wording", ["the reply reads otherwise"]),
    ],
)
def test_each_difference_is_told(changed: dict[str, object], kind: str, said: list[str]) -> None:
    found = changes(DRAFT, DRAFT.model_copy(update=changed))
    assert [change.text for change in found] == said
    assert {change.kind for change in found} == {kind}


def test_the_same_draft_differs_in_nothing_whatever_it_cost_and_whoever_approved_it() -> None:
    anew = {"version": "2", "approved_by": "Grace", "in_force_until": date(2027, 1, 1), "start": 7, "end": 8}
    again = DRAFT.model_copy(update={"statements": quoting(**anew), "timings_ms": {"total": 9}, "confidence": 0.1})
    assert changes(DRAFT, again) == ()
    assert gravest(()) is None


def test_the_gravest_difference_comes_first() -> None:
    found = changes(DRAFT, Draft(status=Outcome.UNVERIFIED, reply=""))
    assert [change.kind for change in found] == list(ChangeKind)[:1] + list(ChangeKind)[2:]
    assert gravest(reversed(found)) is ChangeKind.PROOF
