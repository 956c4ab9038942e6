"""The built-in escalation words: what must warn, and what only looks like it."""

import pytest

from knowledge.drafting.built_in import BUILT_IN_ESCALATIONS
from knowledge.drafting.escalation import find_escalations
from knowledge.drafting.phrases import pattern
from knowledge.drafting.ticket import Ticket
from tests.builders import PLAYBOOK

SHOWS = {
    "billing_dispute": (
        "I will file a chargeback.",
        "I am going to dispute this with my bank.",
        "You charged me twice this month!",
        "There is a fraudulent payment on my card.",
        "I never agreed to this invoice.",
        "We were billed double, that is, overcharged.",
        "You refused to give me a refund.",
    ),
    "legal_threat": (
        "You will hear from my attorney.",
        "We are considering legal action.",
        "I'll sue.",
        "See you in small claims.",
        "This is a breach of contract.",
        "I have reported you to the ombudsman.",
        "I am going to take this to court.",
    ),
    "account_security": (
        "My account was hacked.",
        "Someone else is logged into my account.",
        "There is a suspicious login from Peru.",
        "I got a login alert but it wasn't me.",
        "My phone was stolen and I can't access my codes.",
        "A former employee still has access.",
        "I think my password leaked in a data breach.",
    ),
    "cancellation": (
        "I can't cancel my plan.",
        "The cancel button doesn't work.",
        "I cancelled in May and you still charged me.",
        "There is no cancel option anywhere.",
        "Cancel my subscription immediately.",
        "You keep billing me after I cancelled.",
        "I asked you twice to cancel.",
    ),
    "angry_customer": (
        "This is unacceptable.",
        "Your app is a joke.",
        "Worst support ever.",
        "I am sick and tired of waiting.",
        "What the hell is going on?",
        "This is my third email.",
        "Nobody has answered me.",
    ),
}
LOOKS_LIKE = {
    "billing_dispute": (
        "How can shops avoid chargebacks?",
        "Which bank account do I pay into?",
        "What is your refund policy?",
        "Am I charged again when I add a member?",
    ),
    "legal_threat": (
        "What is your legal name and address?",
        "We have an issue with the app.",
        "Our legal team uses five seats.",
        "My tennis court booking app should connect.",
    ),
    "account_security": (
        "We plan a hackathon next week.",
        "How do I change my password?",
        "Is my data encrypted?",
        "Can someone help me with invoices?",
    ),
    "cancellation": (
        "How do I cancel?",
        "What happens when I cancel in the middle of the year?",
        "Can I cancel and come back later?",
        "How are you still so cheap?",
    ),
    "angry_customer": (
        "Do you have a scam filter?",
        "Thanks for the great service!",
        "This is my second invoice.",
        "Is the product useful for small teams?",
    ),
}


def raised(text: str) -> set[str]:
    return {escalation.category for escalation in find_escalations(Ticket.pasted(text), PLAYBOOK)}


@pytest.mark.parametrize(("category", "text"), [(c, text) for c, texts in SHOWS.items() for text in texts])
def test_these_words_warn(category: str, text: str) -> None:
    assert category in raised(text)


@pytest.mark.parametrize(("category", "text"), [(c, text) for c, texts in LOOKS_LIKE.items() for text in texts])
def test_these_only_look_like_it(category: str, text: str) -> None:
    assert category not in raised(text)


def test_every_category_has_examples_and_every_phrase_can_match() -> None:
    assert set(SHOWS) == set(LOOKS_LIKE) == set(BUILT_IN_ESCALATIONS)
    for rule in BUILT_IN_ESCALATIONS.values():
        assert all(pattern(phrase) for phrase in (*rule.triggers, *rule.ignore))


def test_all_but_anger_need_a_second_approver() -> None:
    assert {c for c, rule in BUILT_IN_ESCALATIONS.items() if not rule.second_approver} == {"angry_customer"}
