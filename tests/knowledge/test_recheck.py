"""An agent's edit through the whole drafter, and whether an old draft still stands."""

from datetime import date

import pytest

from knowledge.drafter import Drafter
from knowledge.drafting.draft import Draft, Outcome, Removed, Risk
from knowledge.drafting.revision import MOST_CHECKED
from knowledge.drafting.ticket import Message, Ticket
from knowledge.models.extractive import ExtractiveModel
from knowledge.relevance import Relevance
from tests.builders import PLAYBOOK, a_passage
from tests.fakes import FixedRetriever, NoSimilarity

REFUND = "Yearly plans are refunded in full within 14 days of buying."
EXPORT = "Owners can export all projects as CSV files."
TODAY = date(2026, 11, 1)
TICKET = Ticket(
    messages=(Message(text="Are yearly plans refunded? I bought it on 2026-10-30. Sara, sara@x.example"),),
    requester="Sara Miller",
)


@pytest.fixture
def retriever() -> FixedRetriever:
    return FixedRetriever(a_passage(REFUND), a_passage(EXPORT, document="export", title="Data export"))


@pytest.fixture
def drafter(retriever: FixedRetriever) -> Drafter:
    relevance = Relevance(NoSimilarity())
    return Drafter(retriever, ExtractiveModel(relevance), relevance, PLAYBOOK)


@pytest.fixture
async def draft(drafter: Drafter) -> Draft:
    return await drafter.draft(TICKET, on=TODAY)


async def test_an_unchanged_reply_is_the_same_draft(drafter: Drafter, draft: Draft) -> None:
    same = await drafter.recheck(TICKET, draft, f"\r\n{draft.reply.replace(chr(10), chr(13) + chr(10))}  ", on=TODAY)
    assert same == draft
    assert same.confidence > 0


async def test_a_sentence_whose_passage_is_held_back_loses_its_proof(
    drafter: Drafter, draft: Draft, retriever: FixedRetriever
) -> None:
    retriever.reported = [retriever.passages.pop(0)]
    edited = await drafter.recheck(TICKET, draft, draft.reply, on=TODAY)
    assert edited.statements == ()
    assert [each.text for each in edited.unproven] == [REFUND]


async def test_an_approved_sentence_is_added_with_its_proof(drafter: Drafter, draft: Draft) -> None:
    text = draft.reply.replace(REFUND, f"{EXPORT}\n\n{REFUND}")
    edited = await drafter.recheck(TICKET, draft, text, on=TODAY)
    assert edited.reply == text
    assert [statement.text for statement in edited.statements] == [EXPORT, REFUND]
    assert edited.statements[0].citations[0].document == "export"
    assert (edited.status, edited.unproven, edited.risk) == (Outcome.ANSWERED, (), Risk.ROUTINE)


async def test_a_sentence_of_the_agents_own_is_marked_and_needs_a_confirmation(drafter: Drafter, draft: Draft) -> None:
    own = "We have an office in Lisbon."
    edited = await drafter.recheck(TICKET, draft, draft.reply.replace(REFUND, f"{REFUND}\n\n{own}"), on=TODAY)
    assert edited.unproven == (Removed(text=own, reason="no approved document says so"),)
    assert edited.statements == draft.statements
    assert edited.risk is Risk.CONFIRM
    assert edited.risk is Risk.CONFIRM
    assert 0 < edited.confidence < draft.confidence


async def test_a_reply_of_courtesies_alone_is_unverified(drafter: Drafter, draft: Draft) -> None:
    edited = await drafter.recheck(TICKET, draft, "Hi Sara,\nThanks for writing.", on=TODAY)
    assert (edited.status, edited.statements, edited.unproven) == (Outcome.UNVERIFIED, (), ())
    assert (edited.confidence, edited.assumptions) == (0.0, ())


async def test_a_ticket_that_asks_nothing_can_be_answered_by_hand(drafter: Drafter) -> None:
    empty = Ticket.pasted("")
    draft = await drafter.draft(empty, on=TODAY)
    edited = await drafter.recheck(empty, draft, REFUND, on=TODAY)
    assert [statement.text for statement in edited.statements] == [REFUND]
    assert edited.status is Outcome.PARTIAL


async def test_the_index_sees_no_personal_data_of_an_edit(
    drafter: Drafter, draft: Draft, retriever: FixedRetriever
) -> None:
    text = "Our office wrote to sara@x.example, dear Sara Miller. It phoned +49 30 1234567 too."
    edited = await drafter.recheck(TICKET, draft, text, on=TODAY)
    assert len(edited.unproven) == 2
    seen = " ".join(retriever.questions)
    assert not any(private in seen for private in ("Sara", "sara@x.example", "1234567"))


async def test_an_edit_without_end_costs_a_bounded_search(
    drafter: Drafter, draft: Draft, retriever: FixedRetriever
) -> None:
    before = len(retriever.questions)
    edited = await drafter.recheck(TICKET, draft, "\n".join(f"Office {n} is large." for n in range(500)), on=TODAY)
    assert len(edited.unproven) == 500
    assert len(retriever.questions) - before <= MOST_CHECKED + 2


async def test_a_draft_stands_until_a_cited_document_is_withdrawn(
    drafter: Drafter, draft: Draft, retriever: FixedRetriever
) -> None:
    assert await drafter.still_stands(draft, on=TODAY) == ()
    retriever.withdrawn = {"refunds"}
    assert await drafter.still_stands(draft, on=TODAY) == ("Refund policy",)
    edited = await drafter.recheck(TICKET, draft, draft.reply, on=TODAY)
    assert edited.statements == ()
    assert [removed.text for removed in edited.unproven] == [REFUND]


async def test_a_changed_version_of_a_cited_document_is_named(
    drafter: Drafter, draft: Draft, retriever: FixedRetriever
) -> None:
    retriever.passages = [a_passage(REFUND).model_copy(update={"version": "1" * 64})]
    assert await drafter.still_stands(draft, on=TODAY) == ("Refund policy",)
    edited = await drafter.recheck(TICKET, draft, draft.reply, on=TODAY)
    assert edited.statements[0].citations[0].version == "1" * 64
    assert await drafter.still_stands(edited, on=TODAY) == ()
