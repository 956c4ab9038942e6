import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.drafting.ticket import Author, Message, Ticket


@pytest.mark.parametrize(
    ("text", "subject", "requester", "body"),
    [
        ("Subject: Refund\nFrom: Sara Miller <s@x.example>\n\nHello", "Refund", "Sara Miller", "Hello"),
        ("\ufeff  from: Sara\nsubject:Refund\nHello", "Refund", "Sara", "Hello"),
        ("Hello\nSubject: later", "", "", "Hello\nSubject: later"),
        ("Subject:", "", "", ""),
        ("", "", "", ""),
        ("Subject: one\r\nHello", "one", "", "Hello"),
    ],
)
def test_pasted_text_is_read(text: str, subject: str, requester: str, body: str) -> None:
    ticket = Ticket.pasted(text)
    assert (ticket.subject, ticket.requester, ticket.messages[0].text) == (subject, requester, body)


def test_rules_read_the_subject_and_the_customers_words_only() -> None:
    ticket = Ticket(
        subject="Refund", messages=(Message(text="One"), Message(text="No", author=Author.AGENT), Message(text="Two"))
    )
    assert ticket.customer_text == "Refund\n\nOne\n\nTwo"


@given(st.text(max_size=200))
def test_any_text_can_be_pasted_and_no_word_of_the_body_is_lost(text: str) -> None:
    ticket = Ticket.pasted(f"Subject: x\n.{text}")
    assert ticket.messages[0].text == f".{text}".strip()
