import pytest

from bot.errors import UsageError
from bot.helpdesks.links import Links
from bot.requests import MOST, is_message, is_only_links, one_ticket, read_request
from knowledge.drafting.ticket import TicketRef

REFS = tuple(TicketRef(helpdesk="zendesk", id=str(number)) for number in range(1, 9))


def test_a_link_with_a_remark_is_about_the_ticket() -> None:
    request = read_request("Look at x, he sounds angry", Links(REFS[:1], rest="Look at , he sounds angry"))
    assert [ticket.ref for ticket in request.tickets] == [REFS[0]]
    assert request.tickets[0].messages == ()


def test_of_many_links_the_first_are_drafted_and_the_others_named() -> None:
    request = read_request("x", Links(REFS))
    assert [ticket.ref for ticket in request.tickets] == list(REFS[:MOST])
    assert request.left_over == REFS[MOST:]


@pytest.mark.parametrize("text", ["Subject: Refund\n\nHelp x", "FROM: Dana\nHelp x", " ".join(["word"] * 40)])
def test_a_customers_words_win_over_a_link_in_them(text: str) -> None:
    request = read_request(text, Links(REFS[:1], rest=text))
    assert request.tickets[0].ref is None
    assert request.tickets[0].messages[0].text
    assert request.left_over == REFS[:1]


def test_a_link_to_a_helpdesk_that_nobody_named_opens_a_ticket_without_words() -> None:
    request = read_request("x", Links(strangers=("Freshdesk", "Zendesk")))
    assert request.unknown == "Freshdesk"
    assert (request.tickets[0].subject, request.tickets[0].messages) == ("Freshdesk ticket", ())


@pytest.mark.parametrize(
    ("text", "files", "said"),
    [
        ("", (), "There is no message in this."),
        ("", ("a.png",), "I cannot read a.png."),
        ("https://example.com/1 <https://example.com/2>", (), "I know no ticket at this link."),
        ("https://a/" * 60, (), "I know no ticket at this link."),
    ],
)
def test_what_holds_nothing_to_draft_from_is_refused(text: str, files: tuple[str, ...], said: str) -> None:
    refusal = read_request(text, Links(), files).refusal
    assert refusal
    assert refusal.text.startswith(said)


def test_only_links_are_links_with_hardly_a_word() -> None:
    assert is_only_links(Links(REFS[:1], rest="can somebody look"))
    assert is_only_links(Links(strangers=("Zendesk",)))
    assert not is_only_links(Links(REFS[:1], rest="I think this is the same as that one was"))
    assert not is_only_links(Links())


def test_a_message_is_more_than_a_word_or_two() -> None:
    assert is_message("Can I cancel?")
    assert is_message("My invoice is wrong")
    assert not is_message("thanks a lot")


def test_one_ticket_is_the_first_that_can_be_read() -> None:
    assert one_ticket("x", Links(REFS)) == REFS[0]
    with pytest.raises(UsageError, match="no Zendesk at that address"):
        one_ticket("x", Links(strangers=("Zendesk",)))
    with pytest.raises(UsageError, match="no link to a ticket"):
        one_ticket("x", Links())
