"""Test tickets with a model that answers as it likes."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.evaluation import run_cases
from knowledge.drafting.answer import ModelReply
from knowledge.drafting.brief import Brief
from knowledge.drafting.draft import Outcome
from knowledge.errors import ModelRefused, ModelUnreachable
from knowledge.evals.case import Case, Expectation
from knowledge.evals.report import Report
from knowledge.evals.scoring import Question
from knowledge.evals.thresholds import Thresholds
from knowledge.models.scripted import Reply
from storage.database import Database
from tests.bot.test_desk import ASKED, REFUND, Clock, a_desk
from tests.builders import an_answer
from tests.conftest import document

GOOD = an_answer((REFUND, "P1", REFUND))
EMPTY = an_answer()
CASE = Case(
    id="refund",
    ticket=ASKED.customer_text,
    expect=Expectation(status=Outcome.ANSWERED, asks=frozenset({"purchase_date"}), cites=frozenset({"refunds"})),
)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = Database(f"sqlite:///{tmp_path / 'proofdesk.db'}")
    await opened.migrate()
    yield opened
    await opened.close()


class Overnight:
    """A model that answers only on the next day."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def __call__(self, _: Brief) -> ModelReply:
        self._clock.now += timedelta(days=1)
        return ModelReply(answer=GOOD)


async def evaluated(
    folder: Path,
    database: Database,
    *answers: Reply,
    repeat: int = 1,
    cases: tuple[Case, ...] = (CASE,),
    clock: Clock | None = None,
) -> tuple[Report, list[tuple[int, int]]]:
    """The report, and what was told of its progress."""
    desk = a_desk(folder, database, clock or Clock(), *answers)
    await desk.library.sync()
    told: list[tuple[int, int]] = []
    report = await run_cases(desk, cases, Thresholds(), lambda *done: told.append(done), repeat=repeat)
    return report, told


async def test_a_model_that_answers_now_so_now_otherwise_is_unsteady_and_its_case_wrong(
    desk_folder: Path, database: Database
) -> None:
    report, told = await evaluated(desk_folder, database, GOOD, EMPTY, GOOD, repeat=3)
    (result,) = report.results
    assert result.unsteady == ("status", "citations", "reply")
    assert result.score[Question.FACTS].reasons == (
        "is unverified, not answered (in 1 of 3 drafts)",
        "does not cite refunds (in 1 of 3 drafts)",
    )
    assert not report.passed
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]


async def test_each_paraphrase_is_drafted_as_often_as_the_ticket(desk_folder: Path, database: Database) -> None:
    case = CASE.model_copy(update={"paraphrases": ("Are yearly plans refunded in full?",)})
    report, told = await evaluated(desk_folder, database, *[GOOD] * 4, repeat=2, cases=(case,))
    (result,) = report.results
    assert [attempt.wording for attempt in result.attempts] == [0, 1, 0, 1]
    assert result.right
    assert not result.unsteady
    assert told[-1] == (4, 4)


async def test_a_ticket_that_the_model_refuses_is_wrong_and_the_next_is_drafted(
    desk_folder: Path, database: Database
) -> None:
    cases = (CASE, CASE.model_copy(update={"id": "again"}))
    report, _ = await evaluated(desk_folder, database, ModelRefused("The model declined."), GOOD, cases=cases)
    refused, good = report.results
    assert refused.problems == ("has no draft: The model declined.",)
    assert good.right


async def test_a_model_that_cannot_be_reached_ends_the_evaluation(desk_folder: Path, database: Database) -> None:
    with pytest.raises(ModelUnreachable):
        await evaluated(desk_folder, database, ModelUnreachable("No connection."))


async def test_a_case_of_another_day_is_drafted_from_what_was_in_force_then(
    desk_folder: Path, database: Database
) -> None:
    day = Clock().now.date().replace(year=2025)
    report, _ = await evaluated(desk_folder, database, GOOD, cases=(CASE.model_copy(update={"on": day}),))
    assert "is unverified, not answered" in report.results[0].problems


async def test_a_citation_that_is_out_of_force_when_the_draft_is_there_is_wrong(
    desk_folder: Path, database: Database
) -> None:
    document(desk_folder, "refunds", REFUND, effective_until="2026-11-01")
    clock = Clock()
    report, _ = await evaluated(desk_folder, database, Overnight(clock), clock=clock)
    assert report.results[0].problems == ("cites 'Refunds', which is not in force",)
