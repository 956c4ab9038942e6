import pytest

from knowledge.drafting.escalation import MODEL, find_escalations
from knowledge.drafting.playbook import EscalationRule, Playbook, Severity
from knowledge.drafting.ticket import Author, Message, Ticket
from tests.builders import PLAYBOOK


def test_the_warning_shows_the_customers_sentence_and_the_rule() -> None:
    (found,) = find_escalations(Ticket.pasted("Hello. My lawyer will write to you. Bye."), PLAYBOOK)
    assert found.category == "legal_threat"
    assert found.evidence == "My lawyer will write to you."
    assert "lawyer" in found.rule
    assert found.severity is Severity.HIGH
    assert found.second_approver


def test_very_long_evidence_is_cut_to_the_matched_words() -> None:
    text = "word " * 200 + "my lawyer " + "word " * 200
    (found,) = find_escalations(Ticket.pasted(text), PLAYBOOK)
    assert found.evidence == "lawyer"


def test_only_the_customers_words_warn() -> None:
    ticket = Ticket(messages=(Message(text="Thanks"), Message(text="Our lawyer says no", author=Author.AGENT)))
    assert find_escalations(ticket, PLAYBOOK) == ()


def test_the_subject_warns_as_well() -> None:
    assert find_escalations(Ticket(subject="Chargeback", messages=()), PLAYBOOK)


def test_a_model_adds_known_categories_and_removes_none() -> None:
    ticket = Ticket.pasted("My lawyer will write.")
    found = find_escalations(ticket, PLAYBOOK, ("account_security", "invented"))
    assert [(e.category, e.rule == MODEL) for e in found] == [("legal_threat", False), ("account_security", True)]
    assert found[1].evidence == ""


@pytest.mark.parametrize(
    ("text", "angry"),
    [
        ("WHERE IS MY MONEY!", True),
        ("GIVE BACK EVERYTHING", True),
        ("Why!!!", True),
        ("Use the CSV API of AWS", False),
        ("Thanks!! Great", False),
        ("HTML PDF", False),
    ],
)
def test_shouting_is_anger_and_acronyms_are_not(text: str, angry: bool) -> None:  # noqa: FBT001
    raised = [e.category for e in find_escalations(Ticket.pasted(text), PLAYBOOK)]
    assert ("angry_customer" in raised) is angry


def test_the_desks_own_rule_sets_route_and_ignore() -> None:
    rule = EscalationRule(category="press", route="#press", triggers=("journalist~",), ignore=("no journalist",))
    book = Playbook(escalations=(rule,))
    assert find_escalations(Ticket.pasted("I am a journalist."), book)[0].route == "#press"
    assert find_escalations(Ticket.pasted("I am no journalist."), book) == ()
