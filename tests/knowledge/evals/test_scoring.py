import pytest

from knowledge.drafting.draft import Draft, Escalation, MissingFact, Outcome
from knowledge.drafting.evidence import Evidence
from knowledge.drafting.playbook import Severity
from knowledge.drafting.sentences import sentences
from knowledge.evals.cases import Case, Expectation
from knowledge.evals.scoring import Totals, score, totals
from tests.builders import a_passage

TEXT = "Refunds take 14 days."
DRAFT = Draft(
    status=Outcome.ANSWERED,
    reply=f"Hello,\n\n{TEXT}",
    statements=(Evidence(a_passage(TEXT), sentences(TEXT)[0]).statement(),),
    missing_facts=(MissingFact(fact="date", question="When?"),),
    escalations=(
        Escalation(category="legal", rule="x", evidence="", severity=Severity.LOW, route="", second_approver=False),
    ),
)
EXPECTED = {
    "status": "answered",
    "asks": ("date",),
    "escalations": ("legal",),
    "cites": ("refunds",),
    "contains": ("14 DAYS",),
    "excludes": ("30 days",),
}


def a_case(**changes: object) -> Case:
    expect = Expectation.model_validate({**EXPECTED, **changes})
    return Case.model_construct(id="c1", ticket="Refund?", expect=expect)


def test_a_draft_as_expected_has_no_problems() -> None:
    assert score(a_case(), DRAFT) == ("c1", True, True, True, ())


@pytest.mark.parametrize(
    ("changes", "wrong", "problem"),
    [
        ({"status": "unverified"}, "decision", "is answered, not unverified"),
        ({"asks": ()}, "decision", "asks for date needlessly"),
        ({"asks": ("date", "plan")}, "decision", "asks for no plan"),
        ({"escalations": ()}, "escalations", "raises legal needlessly"),
        ({"escalations": ("legal", "angry")}, "escalations", "raises no angry"),
        ({"cites": ("other",)}, "facts", "does not cite other"),
        ({"contains": ("15 days",)}, "facts", "does not say '15 days'"),
        ({"excludes": ("refunds TAKE",)}, "facts", "says 'refunds TAKE'"),
    ],
)
def test_each_difference_is_told_and_counts_in_its_own_respect(
    changes: dict[str, object], wrong: str, problem: str
) -> None:
    found = score(a_case(**changes), DRAFT)
    assert found.problems == (problem,)
    rights = {"decision": found.decision, "escalations": found.escalations, "facts": found.facts}
    assert [name for name, right in rights.items() if not right] == [wrong]


def test_totals_count_what_was_right() -> None:
    scores = [score(a_case(), DRAFT), score(a_case(asks=()), DRAFT), score(a_case(cites=("x",)), DRAFT)]
    assert totals(scores) == Totals(cases=3, decisions=2, escalations=3, facts=2)
    assert totals([]) == Totals(0, 0, 0, 0)
