"""Which statements stand. The hostile ones by the dozen are in test_hostile_answers."""

import re
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.drafting.answer import ModelStatement, Quote
from knowledge.drafting.facts import facts
from knowledge.drafting.grounding import Grounded, check
from knowledge.drafting.playbook import FactKind
from tests.builders import PLAYBOOK, a_passage, an_answer

YEARLY = "Yearly plans are refunded within 14 days of buying."
STEPS = "On the Business plan:\n\n1. Open Settings.\n2. Export all projects."
TABLE = "| Plan | Monthly | Yearly |\n|---|---|---|\n| Team | $12 | $120 |"


def ground(
    document: str, text: str, ticket: str = "A question", quote: str = "", headings: tuple[str, ...] = ()
) -> Grounded:
    passage = a_passage(document, headings=headings)
    return check(an_answer((text, "P1", quote or document)).statements, {"P1": passage}, ticket, PLAYBOOK)


def said(grounded: Grounded) -> list[str]:
    return [statement.text for statement in grounded.statements]


@pytest.mark.parametrize(
    "text",
    [
        YEARLY,
        "Annual plans are refunded within fourteen days of buying.",
        "Within 14 days of buying, yearly plans are refunded.",
        "A yearly plan is refunded within 14 days of buying.",
    ],
)
def test_other_grammar_and_synonyms_stand(text: str) -> None:
    grounded = ground(YEARLY, text)
    assert said(grounded) == [text]
    assert grounded.removed == ()


class Stray(NamedTuple):
    name: str
    document: str
    text: str
    ticket: str = "A question"


STRAYS = (
    Stray("one of two figures", "The Team plan costs $12 monthly and $120 yearly.", "The Team plan costs $12 yearly."),
    Stray("subject left out", "Owners can delete a workspace.", "You can delete a workspace."),
    Stray("off becomes on", "Turn off two-factor codes in Settings.", "Turn on two-factor codes in Settings."),
    Stray("in becomes out", "Log in to the app to change it.", "Log out to the app to change it."),
    Stray("who pays", "You pay the transfer fee of the bank.", "We pay the transfer fee of the bank."),
    Stray("who deletes", "We delete an account after 30 days.", "You delete an account after 30 days."),
    Stray("circled figure", "Starter includes guest members.", "Starter includes ⑨ guest members."),
    Stray("glued figure", "You can add more guests.", "You can add a_99 more guests."),
    Stray("decimal figure", "You can add more guests.", "You can add .99 more guests."),
    Stray("share out of the ticket", "You get a refund of seats.", "You get a 50 % refund of seats.", "I want 50 %"),
    Stray("amount out of the ticket", "You get a refund of seats.", "You get a $9 refund of seats.", "I want $9"),
    Stray("count out of the ticket", "You can invite members.", "You can invite 50 members.", "We are 50"),
    Stray("days of the ticket", "You have a refund window in days.", "You have a 90 days refund window.", "90 days"),
    Stray("address out of the ticket", "You can write by e-mail.", "You can write by e-mail a1@b2.com.", "a1@b2.com"),
    Stray("month for monthly", "Plans are paid in the first month.", "Plans are paid monthly in the first month."),
    Stray("things swapped", "Team workspaces include guest accounts.", "Guest accounts include Team workspaces."),
    Stray("name left out", "Business members can export.", "Members can export."),
)  # fmt: skip


@pytest.mark.parametrize("stray", STRAYS, ids=lambda stray: stray.name)
def test_a_stray_falls_and_the_approved_words_stand_in_its_place(stray: Stray) -> None:
    grounded = ground(stray.document, stray.text, stray.ticket)
    assert said(grounded) == [stray.document]
    assert "stand in its place" in grounded.removed[0].reason


def test_a_step_alone_is_replaced_by_the_list_with_its_lead() -> None:
    for text in ("Export all projects.", "2. Export all projects."):
        grounded = ground(STEPS, text, quote="Export all projects.")
        assert said(grounded) == ["On the Business plan:\n1. Open Settings.\n2. Export all projects."]


def test_a_cell_of_a_row_is_not_put_under_another_column() -> None:
    assert said(ground(TABLE, "Team: Monthly $120.", quote="Team $12 $120")) == ["Plan Team: Monthly $12; Yearly $120."]


def test_a_sentence_that_points_back_takes_along_what_it_points_to() -> None:
    text = "Yearly plans are popular. They are refunded."
    assert said(ground(text, "They are refunded.", quote="They are refunded.")) == [text]


def test_a_rule_about_another_period_neither_stands_nor_stands_in() -> None:
    document, ticket = "Refunds are paid within 14 days.", "my monthly plan"
    for text in (document, "Yearly refunds are paid within 30 days."):
        grounded = ground(document, text, ticket, headings=("Yearly plans",))
        assert grounded.statements == ()
        assert "yearly" in grounded.removed[0].reason


def test_nothing_of_the_ticket_is_proof() -> None:
    text = "Your account 4431 is closed after the trial."
    approved = "Your account is closed after the trial."
    assert said(ground(approved, text, "account 4431")) == [approved]


@pytest.mark.parametrize(
    ("approved", "text"),
    [
        (
            "The owner can remove an admin from the workspace.",
            "The owner can be removed by an admin from the workspace.",
        ),
        ("A request must include the number and the address.", "A request must include the number or the address."),
        ("Bring a passport or a driving licence.", "Bring a passport and a driving licence."),
        ("We send the refund to the card.", "We send the refund from the card."),
        ("Yearly plans are refunded in full.", "Yearly plans were refunded in full."),
        ("Members get three seats and guests get five projects.", "Members get 5 seats and guests get 3 projects."),
        (
            "A refund is not paid when the bank confirms the card.",
            "A refund is paid when the bank does not confirm the card.",
        ),
        ("Support can extend a refund window once, by 7 days.", "Support extends a refund window once, by 7 days."),
        ("You should ask within 7 days.", "You must ask within 7 days."),
        ("Support answers within 4 hours.", "Support answered within 4 hours."),
        ("A charge after a cancellation is refunded.", "A charge after a cancellation has been refunded."),
        ("Refunds are paid to the account within 7 days.", "Refunds are paid to the account #9000USD within 7 days."),
    ],
)
def test_a_small_word_that_changes_brings_the_approved_words_back(approved: str, text: str) -> None:
    grounded = ground(approved, text, "I pay order #9000USD")
    assert said(grounded) == [approved]
    assert grounded.removed[0].text == text


def test_a_heading_lends_a_sentence_no_subject() -> None:
    for heading, approved, text in (
        ("Children", "Adults pay €60 for a first visit.", "Adults and children pay €60 for a first visit."),
        ("Refunds for guests", "Members can request a refund.", "Members and guests can request a refund."),
    ):
        assert said(ground(approved, text, "", headings=(heading,))) == [approved]


def test_a_statement_or_quote_without_end_is_not_read() -> None:
    for text, quote in (("word " * 2000, YEARLY), (YEARLY, "word " * 2000)):
        assert ground(YEARLY, text, quote=quote).removed[0].reason == "is too long to be checked"


DOCUMENTS = (
    f"{YEARLY} Monthly plans are never refunded. They stay active until 31 May 2027.",
    f"{STEPS}\n\nAsk us within 3 days.",
    f"Prices in $:\n\n{TABLE}",
)
PASSAGES = {
    f"P{number}": a_passage(text, document=f"d{number}").model_copy(update={"start": 7, "end": 7 + len(text)})
    for number, text in enumerate(DOCUMENTS, 1)
}
TICKET = "My account 4431 paid $77 on 2 May for 5 seats, yearly."
WORDS = [word for text in (*DOCUMENTS, TICKET) for word in text.split()] + ["not", "99", "seven", "all", "we"]
SAID = st.lists(st.sampled_from(WORDS), min_size=1, max_size=10).map(" ".join)


@st.composite
def slices(draw: st.DrawFn) -> Quote:
    handle = draw(st.sampled_from(sorted(PASSAGES)))
    parts = [match.span() for match in re.finditer(r"\S+", PASSAGES[handle].text)]
    first = draw(st.integers(0, len(parts) - 1))
    last = draw(st.integers(first, min(len(parts) - 1, first + 12)))
    return Quote(passage=handle, text=PASSAGES[handle].text[parts[first][0] : parts[last][1]])


@st.composite
def proposals(draw: st.DrawFn) -> ModelStatement:
    quote = draw(slices())
    text = draw(SAID | st.just(quote.text) | SAID.map(lambda extra: f"{quote.text} {extra}"))
    return ModelStatement(text=text, quotes=(quote,))


@given(st.lists(proposals(), max_size=4))
def test_what_stands_is_cited_exactly_and_no_figure_is_new(proposed: list[ModelStatement]) -> None:
    for statement in check(proposed, PASSAGES, TICKET, PLAYBOOK).statements:
        (citation,) = statement.citations
        passage = next(p for p in PASSAGES.values() if p.document == citation.document)
        assert citation.quote == passage.text[citation.start - passage.start : citation.end - passage.start]
        context = f"{passage.section} {passage.text}"
        numbers = {fact for fact in facts(statement.text) if fact.kind is not FactKind.NAME}
        assert numbers <= facts(context)
        assert set(re.findall(r"\d+", statement.text)) <= set(re.findall(r"\d+", citation.quote))
