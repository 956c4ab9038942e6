import pytest

from knowledge.drafting.draft import Escalation, Outcome
from knowledge.drafting.playbook import Severity
from knowledge.evals.report import Report, Result
from knowledge.evals.scoring import Answer, Question
from knowledge.evals.stability import unsteady
from knowledge.evals.thresholds import Thresholds
from tests.knowledge.evals import results
from tests.knowledge.evals.results import FIRST, SECOND, an_attempt

WARNING = Escalation(category="legal", rule="x", evidence="", severity=Severity.LOW, route="", second_approver=False)


def a_result(*wrong: Question, sendable: bool | None = None) -> Result:
    return results.a_result(
        score={question: Answer(right=False) for question in wrong} | {Question.SENDABLE: Answer(sendable)}
    )


def test_a_question_that_too_few_cases_pass_fails_the_whole() -> None:
    results = (*[a_result()] * 19, a_result(Question.PROMISES))
    assert Report(results, Thresholds(promises=95)).passed
    assert not Report(results, Thresholds(promises=96)).passed


def test_nearly_all_is_not_all() -> None:
    results = (*[a_result()] * 199, a_result(Question.PROMISES))
    assert not Report(results, Thresholds(promises=100)).passed


def test_the_last_line_counts_the_cases_that_are_right_in_every_respect() -> None:
    report = Report(
        (a_result(Question.FACTS), a_result(Question.MISSING), a_result()), Thresholds(facts=60, missing=60)
    )
    overall = report.lines[-1]
    assert (overall.name, overall.right, overall.scored, overall.percent) == ("overall", 1, 3, 33)
    assert [line.name for line in report.lines if not line.met] == ["overall"]


def test_what_is_not_scored_is_neither_right_nor_wrong() -> None:
    report = Report((a_result(), a_result(sendable=True), a_result(sendable=False)), Thresholds())
    sendable = next(line for line in report.lines if line.name == Question.SENDABLE)
    assert (sendable.right, sendable.scored, sendable.percent, sendable.met) == (1, 2, 50, True)
    unscored = Report((a_result(),), Thresholds(sendable=100))
    assert unscored.passed
    assert unscored.lines[4].percent is None


@pytest.mark.parametrize(
    ("changes", "differing"),
    [
        ({"timings_ms": {"total": 9}}, ()),
        ({"status": Outcome.PARTIAL}, ("status",)),
        ({"statements": (FIRST, SECOND)}, ("citations",)),
        ({"escalations": (WARNING,)}, ("warnings",)),
        ({"reply": "Hi"}, ("reply",)),
    ],
)
def test_what_differs_from_one_draft_to_the_next_is_named(
    changes: dict[str, object], differing: tuple[str, ...]
) -> None:
    assert unsteady((an_attempt(), an_attempt(), an_attempt(**changes))) == differing


def test_other_words_may_have_another_reply_but_not_another_answer() -> None:
    assert unsteady((an_attempt(), an_attempt(1, reply="Hi Bob"))) == ()
    assert unsteady((an_attempt(), an_attempt(1, status=Outcome.PARTIAL))) == ("status",)
    assert unsteady((an_attempt(), an_attempt(reply="Hi"), an_attempt(1))) == ("reply",)
