import pytest

from knowledge.drafting.ticket import Author, Message, Ticket
from knowledge.drafting.ticket_change import what_changed

HELLO, ANSWER = Message(text="Hello?"), Message(text="Hi.", author=Author.AGENT)
MORE = Message(text="And the invoice?")


def ticket(*messages: Message, **more: str) -> Ticket:
    return Ticket(messages=messages, **more)


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (ticket(HELLO), ""),
        (ticket(HELLO, status="closed", subject="Another one"), ""),
        (ticket(HELLO, ANSWER), "A colleague answered the customer."),
        (ticket(HELLO, MORE), "The customer wrote again."),
        (ticket(HELLO, ANSWER, MORE), "The customer wrote again."),
        (ticket(MORE), "Messages of this ticket were changed."),
        (ticket(), "Messages of this ticket were changed."),
        (ticket(Message(text="Hello?", author=Author.AGENT)), "Messages of this ticket were changed."),
    ],
)
def test_what_happened_is_told_in_a_sentence(now: Ticket, said: str) -> None:
    assert what_changed(ticket(HELLO), now) == said
