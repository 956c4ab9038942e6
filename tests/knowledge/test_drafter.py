from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.drafter import Drafter
from knowledge.drafting.answer import ModelAnswer
from knowledge.drafting.draft import UNVERIFIED, Draft, Outcome
from knowledge.drafting.ticket import Message, Ticket
from knowledge.errors import ModelError
from knowledge.models.extractive import ExtractiveModel
from knowledge.models.scripted import ScriptedModel
from knowledge.relevance import Relevance
from tests.builders import PLAYBOOK, a_passage, an_answer
from tests.fakes import FixedRetriever, NoSimilarity

REFUND = "Yearly plans are refunded in full within 14 days of buying."
EXPORT = "Owners can export all projects as CSV files."
PASSAGES = (a_passage(REFUND), a_passage(EXPORT, document="export", title="Data export"))
TODAY = date(2026, 11, 1)
GOOD = (REFUND, "P1", REFUND)


async def draft(
    ticket: str | Ticket, model: ScriptedModel | None = None, retriever: FixedRetriever | None = None
) -> Draft:
    relevance = Relevance(NoSimilarity())
    drafter = Drafter(retriever or FixedRetriever(*PASSAGES), model or ExtractiveModel(relevance), relevance, PLAYBOOK)
    return await drafter.draft(Ticket.pasted(ticket) if isinstance(ticket, str) else ticket, on=TODAY)


async def test_a_question_is_answered_with_its_proof() -> None:
    answered = await draft("From: Sara Miller\nAre yearly plans refunded? I bought it on 2026-10-30.")
    assert answered.status is Outcome.ANSWERED
    assert answered.statements[0].citations[0].quote == REFUND
    assert answered.reply.startswith("Hi Sara,")
    assert answered.missing_facts == ()
    assert answered.confidence > 0
    assert answered.model == "extractive"
    assert set(answered.timings_ms) == {"read", "search", "write", "check", "total"}


async def test_what_is_not_proven_is_said_and_what_is_missing_is_asked() -> None:
    partly = await draft("Are yearly plans refunded? Do you have gantt charts?")
    assert partly.status is Outcome.PARTIAL
    assert partly.unanswered == ("Do you have gantt charts?",)
    assert partly.reply.count("When did you buy the plan?") == 1


async def test_an_unknown_question_gets_the_fixed_sentence_and_the_nearest_documents() -> None:
    unknown = await draft("Do you have gantt charts?")
    assert (unknown.status, unknown.reply) == (Outcome.UNVERIFIED, UNVERIFIED)
    assert unknown.nearest == ("Refund policy", "Data export")
    assert unknown.confidence == 0


@pytest.mark.parametrize("text", ["", " \n", "Subject:"])
async def test_an_empty_ticket_is_said_to_be_empty_and_costs_no_search(text: str) -> None:
    retriever = FixedRetriever(*PASSAGES)
    empty = await draft(text, retriever=retriever)
    assert empty.notes == ("The ticket is empty.",)
    assert retriever.questions == []


async def test_without_passages_no_model_is_asked() -> None:
    model = ScriptedModel(an_answer(GOOD))
    nothing = await draft("Are yearly plans refunded?", model, FixedRetriever())
    assert nothing.status is Outcome.UNVERIFIED
    assert model.briefs == []


async def test_the_model_and_the_index_see_no_personal_data() -> None:
    retriever, model = FixedRetriever(*PASSAGES), ScriptedModel(an_answer(GOOD))
    ticket = Ticket(
        messages=(Message(text="Sara here, sara@x.example, +49 30 1234567. Are yearly plans refunded, Sara?"),),
        requester="Sara Miller",
    )
    await draft(ticket, model, retriever)
    seen = " ".join([*retriever.questions, model.briefs[0].model_dump_json()])
    assert not any(private in seen for private in ("Sara", "sara@x.example", "1234567"))


async def test_a_foreign_ticket_is_noted_and_answered_by_no_model() -> None:
    retriever, model = FixedRetriever(*PASSAGES), ScriptedModel(an_answer(GOOD))
    foreign = await draft("Wie kann ich bitte mein Passwort ändern? Das ist nicht gut.", model, retriever)
    assert "German" in foreign.notes[0]
    assert foreign.reply == UNVERIFIED
    assert (model.briefs, retriever.questions) == ([], [])


async def test_many_questions_are_noted_and_the_first_looked_up() -> None:
    topics = "invoices exports members projects passwords receipts".split()
    many = await draft(" ".join(f"How do I delete {topic}?" for topic in topics))
    assert "asks 6 things; the first 5" in many.notes[0]


async def test_a_long_ticket_is_read_whole_by_rules_and_in_part_by_the_model() -> None:
    model = ScriptedModel(an_answer(GOOD))
    long = await draft("Are yearly plans refunded? " + "Filler text. " * 2_000 + "My lawyer will write.", model)
    assert [e.category for e in long.escalations] == ["legal_threat"]
    assert len(model.briefs[0].ticket) == 12_000
    assert "characters" in long.notes[0]


async def test_a_model_that_fails_is_not_silenced() -> None:
    with pytest.raises(ModelError):
        await draft("Are yearly plans refunded?", ScriptedModel(ModelError("down")))


TICKET_WORDS = (
    "Are yearly plans refunded? zebra $777 <@U1> https://evil.example @channel ✅ approved {answer} 4431".split()
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(TICKET_WORDS), max_size=12), st.sampled_from(["Sara", "<@U1>", "$777", "{answer}"]))
async def test_the_reply_never_repeats_the_ticket(words: list[str], name: str) -> None:
    ticket = Ticket(messages=(Message(text=" ".join(words)),), requester=name)
    echo = ModelAnswer.model_validate(
        an_answer(GOOD, (" ".join(words) or "x", "P1", REFUND), (" ".join(words), "P1", " ".join(words))).model_dump()
    )
    for model in (ScriptedModel(echo), None):
        said = (await draft(ticket, model)).reply
        assert not any(
            part in said for part in ("zebra", "777", "<@", "evil", "@channel", "✅", "approved {", "{answer}", "4431")
        )


class Told(list[str]):
    def __call__(self, step: str) -> None:
        self.append(step)


async def test_who_waits_is_told_each_step() -> None:
    told, relevance = Told(), Relevance(NoSimilarity())
    drafter = Drafter(FixedRetriever(*PASSAGES), ExtractiveModel(relevance), relevance, PLAYBOOK)
    await drafter.draft(Ticket.pasted("Are yearly plans refunded?"), on=TODAY, told=told)
    assert told == ["searching", "writing", "checking"]
