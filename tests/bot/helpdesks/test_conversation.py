"""A conversation becomes a ticket: what is kept, what is folded, and what is said of it."""

from bot.helpdesks.conversation import Conversation, Entry
from knowledge.drafting.ticket import Author, TicketRef
from knowledge.drafting.ticket_notes import notes_on
from tests.bench.large_ticket import COMMENTS, FILES, large_conversation

REF = TicketRef(helpdesk="zendesk", id="1")


def entry(text: str, **more: object) -> Entry:
    return Entry.model_validate({"author": Author.CUSTOMER, "text": text, **more})


def test_a_ticket_of_500_comments_and_2_mb_is_one_piece_and_says_what_was_left_out() -> None:
    ticket = large_conversation("Where is my invoice?").ticket(REF, {})
    assert ticket.messages[0].text.startswith("0:")
    assert ticket.messages[-1].text == "499: Where is my invoice?"
    assert len(ticket.messages) + ticket.left_out == COMMENTS
    assert len(ticket.attachments) == FILES
    assert ticket.folded == COMMENTS - 1
    notes = " ".join(notes_on(ticket))
    assert f"{ticket.left_out} in between were not." in notes
    assert "and 30 more." in notes
    assert "was left out." in notes


def test_a_single_message_is_kept_whole_however_long() -> None:
    ticket = Conversation(entries=(entry("word " * 200_000),)).ticket(REF, {})
    assert len(ticket.messages[0].text) > 900_000


def test_notes_are_apart_and_so_is_what_came_with_them() -> None:
    internal = entry("Do not tell.", internal=True, attachments=("secret.txt",))
    ticket = Conversation(entries=(entry("Hello?"), internal)).ticket(REF, {})
    assert [message.text for message in ticket.messages] == ["Hello?"]
    assert [note.text for note in ticket.notes] == ["Do not tell."]
    assert ticket.attachments == ()


def test_only_fields_that_the_desk_names_become_facts() -> None:
    conversation = Conversation(entries=(entry("Hello?"),), fields={"360001": "Team", "360002": "secret"})
    assert conversation.ticket(REF, {"360001": "plan"}).fields == {"plan": "Team"}


def test_a_message_of_files_alone_counts_and_one_of_nothing_does_not() -> None:
    ticket = Conversation(entries=(entry("Hello?"), entry("", attachments=("a.png",)), entry(" "))).ticket(REF, {})
    assert [message.text for message in ticket.messages] == ["Hello?", ""]
    assert ticket.attachments == ("a.png",)
