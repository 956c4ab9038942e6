from typing import Any

import pytest

from bot.sandbox.faults import ApiError
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
    pictures = [block for each in office.posted(REPORTS) for block in each["blocks"] if block["type"] == "image"]
    assert [block["alt_text"].split(".")[0] for block in pictures] == [
        "What became of the drafts, by week",
        "How right they were, of a hundred, by week",
    ]
    for block in pictures:
        file = office.sandbox.workspace.files.find(block["slack_file"]["id"])
        assert file
        assert file.content.startswith(b"\x89PNG")


def has_picture(call: dict[str, Any]) -> bool:
    return "slack_file" in str(call["blocks"])


async def another_week(office: Office) -> str:
    """The report of one week more."""
    before = len(reports(office))
    await office.paste(BROWSERS)
    office.clock.forward(minutes=_WEEK)
    await office.bot.worker.tell_week()
    await office.sandbox.until(lambda: len(reports(office)) > before)
    assert len(reports(office)) == before + 1
    return reports(office)[-1]


async def test_where_pictures_are_not_allowed_the_report_tells_them_in_words(office: Office) -> None:
    office.sandbox.world.scopes.discard("files:write")
    told = await another_week(office)
    office.sandbox.world.scopes.add("files:write")
    assert "What became of the drafts, by week. Approved unchanged:" in told
    assert '"image"' not in told


async def test_a_picture_that_is_not_ready_yet_is_waited_for(office: Office) -> None:
    office.sandbox.faults.add("chat.postMessage", ApiError("invalid_blocks"), match=has_picture)
    assert '"image"' in await another_week(office)


async def test_a_picture_that_never_gets_ready_is_told_in_words(office: Office) -> None:
    office.sandbox.faults.add("chat.postMessage", ApiError("invalid_blocks"), times=99, match=has_picture)
    told = await another_week(office)
    assert '"image"' not in told
    assert "How right they were, of a hundred, by week." in told
    office.sandbox.faults.clear()


async def test_a_report_that_slack_refused_comes_after_a_while_and_not_in_each_round(office: Office) -> None:
    before, refused = len(reports(office)), ApiError("not_in_channel")
    office.sandbox.faults.add("chat.postMessage", refused, match=lambda call: call["channel"] == REPORTS)
    await office.paste(BROWSERS)
    uploads = office.sandbox.count("files.completeUploadExternal")
    office.clock.forward(minutes=_WEEK)
    await office.sandbox.until(
        lambda: any(call.answer == "not_in_channel" for call in office.sandbox.calls), timeout=20
    )
    while not office.bot.worker._reporting._pause.lasts:
        await office.idle()
    office.clock.forward(minutes=16)
    await office.sandbox.until(lambda: len(reports(office)) == before + 1, timeout=20)
    assert office.sandbox.count("files.completeUploadExternal") == uploads + 4, "tried twice, not in each round"


async def test_home_shows_the_teams_week_to_members_and_to_no_guest(office: Office) -> None:
    ts, card = await office.paste(BROWSERS)
    await office.ben.press(INTAKE, card["ts"], "approve")
    await office.shows(ts, "*Approved*")
    assert "The team's last 7 days" in await home(office, "U0ANA")
    assert "approved (" in await home(office, "U0ANA")
    assert "The team's last 7 days" not in await home(office, "U0OLI")
