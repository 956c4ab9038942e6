from knowledge.drafting.draft import Outcome
from knowledge.evals.case import Case, Expectation
from knowledge.evals.names import unknown_names
from tests.builders import PLAYBOOK

REMEDY = "add it there, or remove it from the case."


def test_a_name_that_the_desk_does_not_have_is_told_with_the_nearest_it_has() -> None:
    asks, escalations = frozenset({"purchase_date", "purchase_day"}), frozenset({"legal_threat", "hail"})
    expect = Expectation(status=Outcome.PARTIAL, asks=asks, escalations=escalations)
    assert list(unknown_names([Case(id="a", ticket="b", expect=expect)], PLAYBOOK)) == [
        "The case a expects 'purchase_day', which is not a fact of required-facts.yaml; did you mean 'purchase_date'?",
        "The case a expects 'hail', which is not a category of escalation.yaml; " + REMEDY,
    ]
