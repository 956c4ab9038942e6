from knowledge.drafting.asks import Ask
from knowledge.drafting.brief import Brief
from knowledge.drafting.grounding import check
from knowledge.models.extractive import ExtractiveModel
from knowledge.relevance import Relevance
from tests.builders import PLAYBOOK, a_passage
from tests.fakes import FixedSimilarity, NoSimilarity

YEARLY = "Yearly plans are refunded within 14 days. They end at once."
MONTHLY = "Monthly plans are never refunded."
STEPS = "To export projects:\n\n1. Open Settings.\n2. Choose Export."


def a_brief(question: str, *texts: str, ticket: str = "") -> Brief:
    passages = {f"P{number}": a_passage(text) for number, text in enumerate(texts, 1)}
    return Brief(ticket=ticket or question, asks=(Ask(text=question),), passages=passages, scopes=PLAYBOOK.scopes)


async def said(brief: Brief, meaning: float | None = None) -> list[str]:
    similarity = NoSimilarity() if meaning is None else FixedSimilarity(meaning)
    answer = (await ExtractiveModel(Relevance(similarity)).compose(brief)).answer
    grounded = check(answer.statements, brief.passages, brief.ticket, PLAYBOOK)
    assert grounded.removed == ()
    assert {s.text for s in grounded.statements} <= {s.text for s in answer.statements}
    return [statement.text for statement in grounded.statements]


async def test_it_quotes_what_answers_and_every_word_of_it_is_proven() -> None:
    texts = await said(a_brief("Are yearly plans refunded within days?", YEARLY, STEPS))
    assert texts
    assert all("refunded within 14 days" in text for text in texts)


async def test_it_says_nothing_where_nothing_answers() -> None:
    assert await said(a_brief("Do you have gantt charts?", YEARLY, MONTHLY)) == []


async def test_without_passages_or_questions_it_says_nothing() -> None:
    assert await said(a_brief("Are yearly plans refunded?")) == []


async def test_a_list_is_quoted_whole() -> None:
    assert await said(a_brief("How do I export projects?", STEPS)) == [
        "To export projects:\n1. Open Settings.\n2. Choose Export."
    ]


async def test_a_sentence_that_points_back_brings_along_what_it_points_to() -> None:
    texts = await said(a_brief("Are yearly plans refunded?", YEARLY), meaning=0.9)
    assert not any(text.startswith("They") for text in texts)


async def test_another_customers_rule_is_not_quoted() -> None:
    brief = a_brief("Are plans refunded?", YEARLY, MONTHLY, ticket="I am on a monthly plan. Are plans refunded?")
    assert await said(brief, meaning=0.9) == [MONTHLY]


async def test_it_quotes_at_most_four_sentences_for_a_question() -> None:
    many = [f"Yearly plans of group {letter} are refunded." for letter in "abcdef"]
    assert len(await said(a_brief("Are yearly plans refunded?", *many), meaning=0.9)) == 4
