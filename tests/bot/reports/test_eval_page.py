from datetime import date

import pytest

from bot.reports.eval_page import page
from knowledge.drafting.draft import Draft, Outcome
from knowledge.evals.report import Report, Result
from knowledge.evals.thresholds import Thresholds
from tests.knowledge.evals.results import DRAFT, FIRST, SECOND, a_result, an_attempt


def shown(*results: Result) -> str:
    return page(Report(results, Thresholds()), "Harborlight", date(2026, 11, 1))


def a_result_of(*drafts: Draft) -> Result:
    attempts = tuple(an_attempt()._replace(draft=draft) for draft in drafts)
    return a_result()._replace(attempts=attempts)


@pytest.mark.parametrize(
    ("address", "linked"),
    [("https://help.example/refunds", True), ("javascript:alert(1)", False), ("//evil.example", False), ("", False)],
)
def test_only_the_address_of_a_page_becomes_a_link(address: str, linked: bool) -> None:  # noqa: FBT001 - A table's column.
    citation = FIRST.citations[0].model_copy(update={"url": address})
    statement = FIRST.model_copy(update={"citations": (citation,)})
    found = shown(a_result_of(DRAFT.model_copy(update={"statements": (statement,)})))
    assert (f'<a href="{address}"' in found) is linked
    assert found.count("<a ") == linked


def test_each_proof_is_marked_where_its_sentence_ends() -> None:
    reply = f"Hello,\n\n{FIRST.text} {SECOND.text} {FIRST.text}"
    found = shown(a_result_of(DRAFT.model_copy(update={"reply": reply, "statements": (SECOND, FIRST)})))
    one, two = (f' <span class="soft">[{number}]</span>' for number in (1, 2))
    assert f"{FIRST.text}{two} {SECOND.text}{one} {FIRST.text}" in found


def test_a_draft_that_came_twice_is_shown_once_and_one_that_differs_beside_it() -> None:
    other = DRAFT.model_copy(update={"reply": "I could not verify this.", "status": Outcome.UNVERIFIED})
    found = shown(a_result_of(DRAFT, DRAFT, other))
    assert found.count("<h3>Draft</h3>") == 1
    assert found.count("Another draft (2) for the same words") == 1
    assert "not stable: status, reply" in found
    assert "1 test ticket, 3 drafts" in found
