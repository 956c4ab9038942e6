from collections.abc import Sequence

import pytest

from knowledge.drafting.asks import Ask
from knowledge.relevance import ENOUGH, Candidate, Relevance
from tests.builders import a_passage
from tests.fakes import FixedSimilarity, NoSimilarity

REFUND = Candidate("Refunds of yearly plans take 14 days.", "Refund policy")
EXPORT = Candidate("Projects are exported as CSV files.", "Data export")
NEAR = [a_passage(REFUND.text), a_passage(EXPORT.text)]


async def by_words(question: str, *candidates: Candidate, company: str = "") -> list[float]:
    return await Relevance(NoSimilarity(), company).scores(Ask(text=question), candidates, NEAR)


async def by_meaning(question: str, meaning: float, candidate: Candidate = REFUND) -> float:
    (score,) = await Relevance(FixedSimilarity(meaning)).scores(Ask(text=question), [candidate], NEAR)
    return score


async def test_without_embedding_shared_words_decide() -> None:
    refund, export = await by_words("Can I get a refund for yearly plans?", REFUND, EXPORT)
    assert refund >= ENOUGH > export


@pytest.mark.parametrize("question", ["Can I get a reimbursement for annual plans?", "refudn yearly plans?"])
async def test_related_and_misspelt_words_count(question: str) -> None:
    refund, export = await by_words(question, REFUND, EXPORT)
    assert refund > export


async def test_nothing_to_score_has_no_scores() -> None:
    assert await by_words("refund?") == []


async def test_a_company_name_says_nothing() -> None:
    named = Candidate("Acme is a company.", "Acme")
    (with_name,) = await by_words("Does Acme export projects?", named)
    (without,) = await by_words("Does Acme export projects?", named, company="Acme")
    assert without < with_name


async def test_the_right_kind_of_answer_is_worth_more() -> None:
    assert await by_meaning("How long do refunds take?", 0.5) > await by_meaning("How much is a refund?", 0.5)


async def test_a_thing_no_document_knows_costs() -> None:
    assert await by_meaning("Are yearly plans refunded?", 0.5) > await by_meaning("Are gantt charts refunded?", 0.5)


async def test_a_word_that_only_a_title_says_is_not_known() -> None:
    asked = Ask(text="Are gantt charts refunded?")
    relevance = Relevance(FixedSimilarity(0.5))
    (by_title,) = await relevance.scores(asked, [REFUND], [a_passage(REFUND.text, title="Gantt charts")])
    (by_text,) = await relevance.scores(asked, [REFUND], [a_passage(f"{REFUND.text} So are gantt charts.")])
    assert by_title < by_text


@pytest.mark.parametrize("meaning", [-1.0, 0.0, 0.5, 1.0])
async def test_a_score_is_a_share(meaning: float) -> None:
    assert 0.0 <= await by_meaning("How long do refunds take?", meaning) <= 1.0


async def test_meaning_orders_scores() -> None:
    scores = [await by_meaning("Are yearly plans refunded?", meaning) for meaning in (0.1, 0.4, 0.8)]
    assert scores == sorted(set(scores))


async def test_a_vague_question_is_read_with_its_context() -> None:
    asked: list[str] = []

    class Listening:
        async def similarity(self, question: str, texts: Sequence[str]) -> list[float]:
            asked.append(question)
            return [0.5] * len(texts)

    await Relevance(Listening()).scores(Ask(text="What now?", context="My refund is late."), [REFUND], NEAR)
    assert asked == ["My refund is late. What now?"]
