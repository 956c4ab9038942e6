import pytest

from tests.office import INTAKE, Office, said
from tests.scenarios.slack.test_home import home
from tests.scenarios.slack.tickets import BROWSERS

pytestmark = pytest.mark.asyncio(loop_scope="module")

REPORTS = "C0TEAM"
_WEEK = 7 * 24 * 60.0


def reports(office: Office) -> list[str]:
    return [text for text in map(said, office.posted(REPORTS)) if "📊" in text]


async def test_a_week_is_told_once_when_it_is_over_and_an_empty_one_is_not(office: Office) -> None:
    await office.bot.worker.tell_week()
    assert reports(office) == []
    ts, card = await office.paste(BROWSERS)
    await office.ben.press(INTAKE, card["ts"], "approve")
    await office.shows(ts, "*Approved*")

    office.clock.forward(minutes=_WEEK)
    await office.sandbox.until(lambda: reports(office), timeout=20)
    await office.bot.worker.tell_week()
    (told,) = reports(office)
    assert "The week from " in told
    assert "1 ticket (0 before), 1 draft." in told
    assert "1 approved (0 before), of these 1 unchanged" in told
    assert "1 approval came faster than anybody reads" in told
    assert "which browsers" not in told, "no word of a customer's"


async def test_home_shows_the_teams_week_to_members_and_to_no_guest(office: Office) -> None:
    ts, card = await office.paste(BROWSERS)
    await office.ben.press(INTAKE, card["ts"], "approve")
    await office.shows(ts, "*Approved*")
    assert "The team's last 7 days" in await home(office, "U0ANA")
    assert "approved (" in await home(office, "U0ANA")
    assert "The team's last 7 days" not in await home(office, "U0OLI")
