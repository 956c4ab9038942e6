import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.drafting.ticket import Message, Ticket
from knowledge.redaction import Redaction, redaction_for

PRIVATE = st.sampled_from(
    [
        "sara@x.example",
        "4111 1111 1111 1111",
        "DE89 3704 0044 0532 0130 00",
        "+49 30 1234567",
        "192.168.1.10",
        "Sara",
        "Miller",
    ]
)
OTHER = st.sampled_from(
    ["[EMAIL_1]", "[NAME_1]", "[TEXT_1]", "refund", "14 days", "\n", "İ", "[", "_1]", "X [EMAIL_1]"]
)


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("Write to sara.miller+x@mail.x.example now", "Write to [EMAIL_1] now"),
        ("card 4111-1111-1111-1111", "card [CARD_1]"),
        ("card 4111 1111 1111 1112", "card [PHONE_1]"),
        ("IBAN DE89 3704 0044 0532 0130 00.", "IBAN [IBAN_1]."),
        ("call 030 1234567 or +49 30 1234567", "call [PHONE_1] or [PHONE_2]"),
        ("SSN 078-05-1120", "SSN [SSN_1]"),
        ("from 192.168.1.10", "from [IP_1]"),
        ("call +1 555 123 4567", "call [PHONE_1]"),
        ("key sk-abcdefgh12345678", "key [SECRET_1]"),
        ("ghp_abcdefgh12345678", "[SECRET_1]"),
        ("bought 2026-11-01 for $1,500, 14 days, INV-2231", "bought 2026-11-01 for $1,500, 14 days, INV-2231"),
    ],
)
def test_personal_data_goes_and_the_rest_stays(text: str, hidden: str) -> None:
    assert Redaction().redact(text) == hidden


def test_the_same_value_has_the_same_placeholder_and_another_another() -> None:
    assert Redaction().redact("a@x.example b@x.example a@x.example") == "[EMAIL_1] [EMAIL_2] [EMAIL_1]"


def test_the_names_a_helpdesk_gives_are_hidden_in_every_message() -> None:
    ticket = Ticket(
        subject="From Sara",
        requester="Sara Miller",
        messages=(Message(text="I am Sara Miller. Sarah is not me.", name="Sara Miller"),),
    )
    seen = redaction_for(ticket).ticket(ticket)
    assert seen.requester == seen.messages[0].name == ""
    assert seen.subject == "From [NAME_2]"
    assert seen.messages[0].text == "I am [NAME_1]. Sarah is not me."


def test_a_placeholder_the_customer_wrote_is_not_turned_into_an_address() -> None:
    redaction = Redaction()
    hidden = redaction.redact("[EMAIL_1] sara@x.example")
    assert redaction.restore(hidden) == "[EMAIL_1] sara@x.example"


def test_an_unknown_placeholder_stays() -> None:
    assert Redaction().restore("[EMAIL_7]") == "[EMAIL_7]"


@given(st.lists(PRIVATE | OTHER | st.text(max_size=8), max_size=12), st.sampled_from([" ", "\n", ", "]))
def test_what_is_taken_out_comes_back_exactly(parts: list[str], gap: str) -> None:
    text = gap.join(parts)
    redaction = Redaction(["Sara Miller", "X [EMAIL_1]"])
    assert redaction.restore(redaction.redact(text)) == text


@given(st.lists(PRIVATE, min_size=1, max_size=6))
def test_nothing_private_is_left(parts: list[str]) -> None:
    hidden = Redaction(["Sara Miller"]).redact(" and ".join(parts))
    assert not any(part in hidden for part in parts)


def test_a_word_that_is_also_a_name_is_left_where_it_is_a_word() -> None:
    seen = Redaction(["Bill Marks"]).redact("Bill here: my bill marks a wrong sum, says BILL MARKS.")
    assert seen == "[NAME_1] here: my bill marks a wrong sum, says [NAME_2]."
