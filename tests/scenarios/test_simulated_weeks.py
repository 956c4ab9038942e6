"""The weeks that the demo plays: a lead reads the report and can say what to mend."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import database, support_desk
from bot.reports.next_steps import next_steps
from bot.reports.report import Report, Reporter, monday
from bot.settings import Settings
from bot.simulation import Simulation
from knowledge.evals.cases import load_cases
from knowledge.team import ReportRules
from tests.conftest import NOW

WEEK = timedelta(weeks=1)


@pytest.fixture
async def played(sample: Settings, tmp_path: Path) -> tuple[Report, bool]:
    settings = sample.model_copy(update={"database_url": f"sqlite:///{tmp_path / 'weeks.db'}"})
    until = monday(NOW)
    async with support_desk(sample, now=lambda: NOW) as desk, database(settings) as opened:
        cases = load_cases(sample.desk / "cases")
        await Simulation(desk, opened, "local", "C0INTAKE").play(2, cases, NOW, lambda *_: None)
        reporter = Reporter(opened, "local", desk.library.catalogue, ReportRules, lambda: NOW)
        return await reporter.since(until - WEEK, until), await reporter.agrees_with_audit(until - 2 * WEEK)


async def test_a_lead_can_say_what_to_mend_next(played: tuple[Report, bool]) -> None:
    report, agrees = played
    steps = "\n".join(next_steps(report))
    assert "Refund policy" in steps
    assert "could not be verified" in steps
    assert (report.figures.tickets, report.before.tickets, agrees) == (40, 40, True)
    assert report.figures.satisfied
    assert report.saved
    assert [week.figures.tickets for week in report.weeks] == [0, 0, 40, 40]
