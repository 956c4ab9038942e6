from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.drafting.confidence import confidence
from knowledge.drafting.draft import Statement
from knowledge.drafting.evidence import Evidence
from knowledge.drafting.sentences import sentences
from tests.builders import a_passage

TODAY = date(2026, 11, 1)


def a_statement(until: date | None = None) -> Statement:
    passage = a_passage("Refunds take 14 days.").model_copy(update={"in_force_until": until})
    return Evidence(passage, sentences(passage.text)[0]).statement()


@pytest.mark.parametrize(
    ("statements", "removed", "strengths", "expected"),
    [
        ([a_statement()], 0, [1.0], 1.0),
        ([a_statement()], 1, [1.0], 0.5),
        ([a_statement()], 0, [0.8, 0.0], 0.4),
        ([a_statement(TODAY + timedelta(days=30))], 0, [1.0], 0.8),
        ([a_statement(TODAY + timedelta(days=31))], 0, [1.0], 1.0),
        ([a_statement(TODAY), a_statement()], 0, [1.0], 0.9),
        ([], 0, [1.0], 0.0),
        ([a_statement()], 0, [], 0.0),
    ],
)
def test_confidence_is_what_is_proven_how_strongly_and_how_freshly(
    statements: list[Statement], removed: int, strengths: list[float], expected: float
) -> None:
    assert confidence(statements, removed, strengths, TODAY) == expected


@given(st.integers(1, 5), st.integers(0, 5), st.lists(st.floats(0, 1), min_size=1, max_size=5))
def test_confidence_is_a_share_and_a_removed_sentence_never_raises_it(
    count: int, removed: int, strengths: list[float]
) -> None:
    statements = [a_statement()] * count
    now = confidence(statements, removed, strengths, TODAY)
    assert 0.0 <= confidence(statements, removed + 1, strengths, TODAY) <= now <= 1.0
