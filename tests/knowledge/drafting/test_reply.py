import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.drafting import reply
from knowledge.drafting.draft import UNVERIFIED, Draft, Escalation, MissingFact, Outcome, Removed, Statement
from knowledge.drafting.evidence import Evidence
from knowledge.drafting.playbook import BrandGuide, Playbook, Severity, Topic
from knowledge.drafting.reply import Style
from knowledge.drafting.sentences import sentences
from knowledge.drafting.ticket import Message, Ticket
from tests.builders import a_passage

BOOK = Playbook(brand=BrandGuide(apology="We are sorry."))
ASK = MissingFact(fact="date", question="When did you buy it?")


def a_statement(text: str, section: str = "Refunds") -> Statement:
    return Evidence(a_passage(text, title=section), sentences(text)[0]).statement(text)


ANGRY = Escalation(
    category="angry_customer", rule="x", evidence="", severity=Severity.MEDIUM, route="", second_approver=False
)


def write(
    ticket: Ticket,
    *statements: Statement,
    missing: tuple[MissingFact, ...] = (),
    angry: bool = False,
    style: Style = Style.PLAIN,
    topics: tuple[Topic, ...] = (),
) -> str:
    draft = Draft(
        status=Outcome.ANSWERED,
        reply="",
        statements=statements,
        missing_facts=missing,
        escalations=(ANGRY,) if angry else (),
    )
    return reply.compose(draft, ticket, BOOK.model_copy(update={"topics": topics}), style)


def from_(name: str) -> Ticket:
    return Ticket(messages=(Message(text="zebra"),), requester=name)


def test_a_reply_is_put_together_from_the_desks_words() -> None:
    text = write(from_("Sara Miller"), a_statement("Refunds take 14 days."), missing=(ASK,))
    assert text == (
        "Hi Sara,\n\nThank you for writing to us.\n\nRefunds take 14 days.\n\nWhen did you buy it?\n\nKind regards"
    )


def test_without_proof_there_is_the_fixed_sentence_and_the_questions() -> None:
    assert write(from_("Sara")) == UNVERIFIED
    assert write(from_("Sara"), missing=(ASK,)) == f"{UNVERIFIED}\n\nWhen did you buy it?"


@pytest.mark.parametrize(
    ("name", "greeting"),
    [
        ("Zoë", "Hi Zoë,"),
        ("Jean-Luc Picard", "Hi Jean-Luc,"),
        ("O’Neil", "Hi O’Neil,"),
        ("", "Hello,"),
        ("  ", "Hello,"),
        ("<@U1>", "Hello,"),
        ("evil.com", "Hello,"),
        ("sara@x.example", "Hello,"),
        ("{answer}", "Hello,"),
        ("x" * 41, "Hello,"),
        ("4431", "Hello,"),
        ("Sa\u200bra", "Hello,"),
    ],
)
def test_a_name_greets_only_where_it_is_letters(name: str, greeting: str) -> None:
    assert reply.greeting(from_(name), BOOK) == greeting


def test_an_angry_customer_gets_the_apology_and_a_topic_its_own_words() -> None:
    topic = Topic(id="t", triggers=("x",), acknowledgement="We know refunds matter.", template="{answer} / {sign_off}")
    assert reply.acknowledgement(BOOK, (topic,), angry=True) == "We are sorry."
    assert reply.acknowledgement(BOOK, (topic,), angry=False) == "We know refunds matter."
    text = write(from_(""), a_statement("It is paid."), topics=(topic.model_copy(update={"triggers": ("zebra",)}),))
    assert text == "It is paid. / Kind regards"
    assert "We are sorry.\n\nIt is paid." in write(from_(""), a_statement("It is paid."), angry=True)


def test_a_shorter_reply_has_no_acknowledgement() -> None:
    text = write(from_("Sara"), a_statement("It is paid."), missing=(ASK,), angry=True, style=Style.SHORTER)
    assert text == "Hi Sara,\n\nIt is paid.\n\nWhen did you buy it?\n\nKind regards"


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("", "Hello,\n\nThank you for writing to us.\n\nIt is paid.\n\n{closing}\n\nKind regards"),
        ("{answer}", "Thank you for writing to us.\n\nIt is paid.\n\n{closing}"),
        ("{answer} {sign_off} Us", "Thank you for writing to us.\n\nIt is paid.\n\n{closing}\n\nKind regards Us"),
    ],
)  # fmt: skip
def test_a_friendlier_reply_acknowledges_and_closes_whatever_the_template(template: str, text: str) -> None:
    topics = (Topic(id="t", triggers=("zebra",), template=template),)
    said = write(from_(""), a_statement("It is paid."), style=Style.FRIENDLIER, topics=topics)
    assert said == text.replace("{closing}", BOOK.brand.closing)


def test_an_agents_own_sentences_stand_where_the_agent_put_them() -> None:
    draft = Draft(
        status=Outcome.ANSWERED,
        reply="First ours. It is paid. Then ours.",
        statements=(a_statement("It is paid."),),
        unproven=(Removed(text="First ours.", reason="x"), Removed(text="Then ours.", reason="x")),
    )
    assert "First ours.\n\nIt is paid.\n\nThen ours." in reply.compose(draft, from_(""), BOOK)


def test_sentences_of_a_section_read_on_and_lists_stand_apart() -> None:
    text = write(
        from_(""),
        a_statement("One."),
        a_statement("Two."),
        a_statement("To do:\n1. Three"),
        a_statement("Four.", "Other"),
    )
    assert "One. Two.\n\nTo do:\n1. Three\n\nFour." in text


def test_braces_in_a_statement_are_not_filled() -> None:
    assert "See {sign_off}." in write(from_(""), a_statement("See {sign_off}."))


@given(st.text(max_size=40), st.text(max_size=60))
def test_nothing_of_the_ticket_but_a_first_name_of_letters_is_in_the_reply(name: str, body: str) -> None:
    ticket = Ticket(messages=(Message(text=body, name=name),), subject=body, requester=name)
    text = write(ticket, a_statement("Refunds take 14 days."))
    head, _, tail = text.partition("\n\n")
    assert tail == "Thank you for writing to us.\n\nRefunds take 14 days.\n\nKind regards"
    greeted = head.removeprefix("Hi ").removesuffix(",")
    assert head == "Hello," or (
        name.split(maxsplit=1)[0] == greeted and greeted.replace("-", "").replace("'", "").replace("’", "").isalpha()
    )
