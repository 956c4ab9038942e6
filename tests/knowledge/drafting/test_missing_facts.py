import pytest

from knowledge.drafting.missing_facts import find_missing_facts, holds, open_facts, topics_of
from knowledge.drafting.playbook import BrandGuide, FactKind, Playbook, RequiredFact, Topic
from knowledge.drafting.ticket import Author, Message, Ticket

INVOICE = RequiredFact(id="invoice", question="Which invoice?", patterns=(r"\bINV-\d+\b",), phrases=("no invoice",))
DATE = RequiredFact(id="date", question="When?", kinds=(FactKind.DATE, FactKind.DURATION))
PLAN = RequiredFact(id="plan", question="Which plan?", kinds=(FactKind.NAME,))
BOOK = Playbook(
    brand=BrandGuide(always_ask=("plan",)),
    topics=(
        Topic(id="refund", triggers=("refund~",), facts=("invoice", "date")),
        Topic(id="bill", triggers=("bill~",), facts=("invoice",)),
    ),
    facts={fact.id: fact for fact in (INVOICE, DATE, PLAN)},
    names=("Team",),
)


def asked(text: str, *suggested: str) -> list[str]:
    ticket = Ticket.pasted(text)
    found = find_missing_facts(topics_of(ticket, BOOK), BOOK, open_facts(ticket, BOOK), suggested)
    return [missing.fact for missing in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Refund please, Team plan", ["invoice", "date"]),
        ("Refund please", ["invoice", "date", "plan"]),
        ("Refund inv-12, bought 2026-10-01, Team", []),
        ("Refund, I have no invoice, 3 days ago, Team", []),
        ("Refund the bill", ["invoice", "date", "plan"]),
        ("Hello, Team here", []),
    ],
)
def test_only_what_the_topic_needs_and_the_ticket_lacks_is_asked_once(text: str, expected: list[str]) -> None:
    assert asked(text) == expected


def test_a_model_may_add_a_few_of_the_desks_questions_and_none_of_its_own() -> None:
    assert asked("Hello, Team here", "date", "card_number", "plan") == ["date"]


def test_a_fact_given_by_an_agent_is_not_given_by_the_customer() -> None:
    ticket = Ticket(messages=(Message(text="Refund"), Message(text="INV-9?", author=Author.AGENT)))
    assert INVOICE in open_facts(ticket, BOOK)


def test_holds_reads_kinds_phrases_and_patterns() -> None:
    assert holds("INV-1", INVOICE)
    assert holds("the Team plan", PLAN, ("Team",))
    assert not holds("the Team plan", PLAN)
    assert not holds("INV-x", INVOICE)
