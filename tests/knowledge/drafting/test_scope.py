from knowledge.drafting.evidence import Evidence
from knowledge.drafting.playbook import Playbook, Scope
from knowledge.drafting.scope import assumptions, scopes_named
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
