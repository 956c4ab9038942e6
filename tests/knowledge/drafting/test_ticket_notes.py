from knowledge.drafting.ticket import Author, Message, Ticket
from knowledge.drafting.ticket_notes import notes_on

ASKED, ANSWERED = Message(text="Hello?"), Message(text="Hi.", author=Author.AGENT)


def test_a_plain_ticket_needs_no_notes() -> None:
    assert notes_on(Ticket(messages=(ASKED,))) == ()
    assert notes_on(Ticket(messages=(ASKED, ANSWERED, ASKED))) == ()


def test_files_are_named_and_of_very_many_the_first() -> None:
    assert notes_on(Ticket(messages=(ASKED,), attachments=("a.png", "b.log"))) == (
        "Pictures and files were not read: a.png, b.log.",
    )
    (many,) = notes_on(Ticket(messages=(ASKED,), attachments=tuple(f"{n}.png" for n in range(40))))
    assert many.endswith("9.png and 30 more.")


def test_an_answered_ticket_and_what_was_left_out_are_told() -> None:
    notes = notes_on(Ticket(messages=(ASKED, ASKED, ANSWERED), left_out=7, folded=1))
    assert notes == (
        "A colleague answered last; this draft answers what the customer wrote before that.",
        "The conversation is very long: its first message and the last 2 were read, 7 in between were not.",
        "Quoted history or a signature in one message was left out.",
    )
