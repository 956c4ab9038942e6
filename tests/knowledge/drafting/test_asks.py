import pytest

from knowledge.drafting.asks import Ask, find_asks, telling
from knowledge.drafting.ticket import Author, Message, Ticket


def asked(text: str) -> list[str]:
    return [ask.text for ask in find_asks(Ticket.pasted(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hi team. How do I reset my password? Thanks!", ["How do I reset my password?"]),
        ("Can I export invoices and how do I add members?", ["Can I export invoices", "how do I add members?"]),
        ("I want to cancel my plan.", ["I want to cancel my plan."]),
        ("Please refund the invoice.", ["Please refund the invoice."]),
        ("Where is the export? Where is the export?", ["Where is the export?"]),
        ("", []),
        ("Hello! Thanks, best regards", []),
        ("?!?", []),
        ("Can you help me?", []),
    ],
)
def test_the_questions_of_a_ticket(text: str, expected: list[str]) -> None:
    assert asked(text) == expected


def test_a_ticket_that_only_tells_asks_about_what_it_tells() -> None:
    assert asked("The export is empty. The invoice is wrong.") == ["The export is empty. The invoice is wrong."]


def test_quoted_mail_asks_nothing() -> None:
    text = "How do I export data?\n> How do I cancel my plan?\nOn Monday Sara Miller wrote:\nSent from my iPhone"
    assert asked(text) == ["How do I export data?"]


def test_what_an_agent_answered_is_settled() -> None:
    ticket = Ticket(
        messages=(
            Message(text="How do I export data?"),
            Message(text="Like this.", author=Author.AGENT),
            Message(text="And how do I delete invoices?"),
        )
    )
    assert [ask.text for ask in find_asks(ticket)] == ["And how do I delete invoices?"]


def test_a_vague_question_takes_its_context_along() -> None:
    (ask,) = find_asks(Ticket.pasted("My export file is empty. What should I do?"))
    assert ask.vague
    assert ask.full == "My export file is empty. What should I do?"


def test_small_talk_tells_nothing() -> None:
    assert telling("Hi team, could you please help me?") == []
    assert Ask(text="How do I export invoices to a spreadsheet?").vague is False


def test_a_very_long_sentence_is_cut() -> None:
    assert len(asked("How do I export " + "invoices " * 200 + "?")[0]) == 400
