"""What is reported as wrong leaves its question open, and the draft says which document it is from."""

from knowledge.drafting.draft import Outcome
from knowledge.left_out import reported
from tests.builders import a_passage
from tests.fakes import FixedRetriever
from tests.knowledge.test_drafter import EXPORT, PASSAGES, REFUND, draft

ASKED = "Are yearly plans refunded?"


def without(passage: int) -> FixedRetriever:
    retriever = FixedRetriever(*(each for place, each in enumerate(PASSAGES) if place != passage))
    retriever.reported = [PASSAGES[passage]]
    return retriever


async def test_the_document_that_would_have_answered_is_named() -> None:
    made = await draft(ASKED, retriever=without(0))
    assert made.status is Outcome.UNVERIFIED
    assert made.unanswered == (ASKED,)
    (left,) = reported(made)
    assert left.text == REFUND
    assert "“Refund policy”" in left.reason


async def test_a_worse_answer_beside_it_does_not_close_the_question() -> None:
    retriever = without(0)
    retriever.passages.append(a_passage("Yearly plans are paid in advance.", document="plans", title="Plans"))
    made = await draft(ASKED, retriever=retriever)
    assert made.status is Outcome.PARTIAL
    assert made.unanswered == (ASKED,)


async def test_what_is_reported_and_not_asked_for_is_not_told_of() -> None:
    made = await draft(ASKED, retriever=without(1))
    assert made.status is Outcome.ANSWERED
    assert EXPORT not in str(made.removed)
