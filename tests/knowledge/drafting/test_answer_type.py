import pytest

from knowledge.drafting.answer_type import gives, wanted, wants_steps
from knowledge.drafting.playbook import FactKind


@pytest.mark.parametrize(
    ("question", "answer", "other"),
    [
        ("How long does a refund take?", "It takes 14 days.", "It costs $5."),
        ("When will it end?", "On 1 May 2027.", "At some time."),
        ("How much does Team cost?", "It costs $12.", "It takes 14 days."),
        ("What percentage is kept?", "20 % is kept.", "$20 is kept."),
        ("How many members can I add?", "Up to 50 members.", "As you like."),
        ("How many days do I have?", "14 days.", "$14."),
        ("What is the file limit?", "500 files.", "It is large."),
    ],
)
def test_a_question_for_a_figure_wants_one_of_its_kind(question: str, answer: str, other: str) -> None:
    kinds = wanted(question)
    assert gives(answer, kinds)
    assert not gives(other, kinds)


@pytest.mark.parametrize("question", ["Can I export data?", "Why?", "", "coffee", "showtime"])
def test_other_questions_want_no_kind_of_fact(question: str) -> None:
    assert wanted(question) == frozenset[FactKind]()


@pytest.mark.parametrize(
    ("question", "steps"),
    [("How do I cancel?", True), ("Where can I find it?", True), ("How long is it?", False), ("Is it free?", False)],
)
def test_how_to_questions_want_steps(question: str, steps: bool) -> None:  # noqa: FBT001
    assert wants_steps(question) is steps
