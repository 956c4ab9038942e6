import pytest

from knowledge.drafting.evidence import Evidence
from knowledge.drafting.fidelity import out_of_scope
from knowledge.drafting.playbook import Playbook, Scope
from knowledge.drafting.scope import assumptions, numbered, scopes_named
from knowledge.drafting.sentences import sentences
from tests.builders import a_passage

PERIOD = Scope(name="billing period", values={"monthly": ("monthly",), "yearly": ("yearly", "annual~")})
BOOK = Playbook(scopes=(PERIOD,))


def proven(text: str, *headings: str) -> Evidence:
    return Evidence(a_passage(text, headings=headings), sentences(text)[0])


def test_a_text_names_the_values_whose_phrases_it_has() -> None:
    assert scopes_named(PERIOD, "Annually or MONTHLY") == {"yearly", "monthly"}
    assert scopes_named(PERIOD, "every month") == frozenset()


def test_a_proof_about_one_value_is_an_assumption_where_the_ticket_is_silent() -> None:
    statement = proven("You get it back.", "Yearly plans").statement()
    assert assumptions([statement, statement], "refund?", BOOK) == (
        "assumes billing period: yearly (the ticket does not say)",
    )
    assert assumptions([statement], "my yearly plan", BOOK) == ()


def test_a_proof_about_both_or_neither_assumes_nothing() -> None:
    statements = [proven("Yearly and monthly plans differ.").statement(), proven("Plans differ.").statement()]
    assert assumptions(statements, "refund?", BOOK) == ()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Zone 110; $102; 99 days.", {"zone": {"110"}}),
        ("Articles 3 and Article 4.2", {"article": {"3", "4.2"}}),
        ("How often can setting number 40 be changed?", {"setting": {"40"}}),
        ("Locker no. 7 and Locker #9", {"locker": {"7", "9"}}),
        ("within 14 days, up to 20 files, May 2026, order 12", {}),
        ("zones 1-5, level 3 or higher, version 2+", {}),
    ],
)
def test_things_are_told_apart_by_number(text: str, named: dict[str, set[str]]) -> None:
    assert numbered(text) == named


@pytest.mark.parametrize(
    ("quote", "heading", "ticket", "barred"),
    [
        ("Zone 99 costs $102.", "", "What does zone 110 cost?", True),
        ("Zone 110 costs $102.", "", "What does zone 110 cost?", False),
        ("Delivery takes 3 days.", "Zone 99", "How long does zone 110 take?", True),
        ("Delivery takes 3 days.", "All zones", "How long does zone 110 take?", False),
        ("Zones 90 to 120 cost $102.", "", "What does zone 110 cost?", False),
    ],
)
def test_what_is_said_of_one_number_proves_nothing_about_another(
    quote: str, heading: str, ticket: str, *, barred: bool
) -> None:
    evidence = proven(quote, *filter(None, [heading]))
    assert bool(out_of_scope(evidence.text, evidence, ticket, BOOK)) is barred
