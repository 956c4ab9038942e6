import pytest

from tests.office import INTAKE, Office, said
from tests.scenarios.slack.tickets import BROWSERS

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize("words", ["help", "", "what?"])
async def test_help_says_what_people_can_do(office: Office, words: str) -> None:
    before = len(office.ben.ephemerals(INTAKE))
    await office.ben.command("/desk", words, INTAKE)
    await office.told(office.ben, "How to use Proofdesk")
    assert len(office.ben.ephemerals(INTAKE)) == before + 1


async def test_the_status_says_whether_it_is_on_and_what_waits(office: Office) -> None:
    await office.paste(BROWSERS)
    await office.ben.command("/desk", "status", INTAKE)
    told = await office.told(office.ben, "Proofdesk is on.")
    assert "approved documents are in force today" in said(told)
    assert "1 draft waits for a decision" in said(told)
    assert "problem" not in said(told)


async def test_the_figures_count_what_was_decided(office: Office) -> None:
    ts, card = await office.paste(BROWSERS)
    await office.ben.press(INTAKE, card["ts"], "approve")
    await office.shows(ts, "*Approved*")
    await office.ben.command("/desk", "stats", INTAKE)
    told = await office.told(office.ben, "The last 7 days")
    assert "2 drafts" in said(told)
    assert "1 approved (0 before), of these 1 unchanged" in said(told)


async def test_the_figures_are_told_to_no_guest(office: Office) -> None:
    await office.oli.command("/desk", "stats", INTAKE)
    await office.told(office.oli, "I look things up for full members of this workspace only.")


async def test_a_senior_switches_the_desk_off_and_on_and_nobody_else_does(office: Office) -> None:
    await office.ben.command("/desk", "off", INTAKE)
    await office.told(office.ben, "Only a senior of this desk switches it on or off")
    await office.sam.command("/desk", "off", INTAKE)
    await office.told(office.sam, "Proofdesk is off.")

    unanswered = await office.ana.say(INTAKE, BROWSERS)
    refused = await office.told(office.ana, "switched Proofdesk off", since=unanswered)
    assert "<@U0SAM>" in said(refused)
    assert office.cards(unanswered) == []
    await office.ana.command("/desk", "status", INTAKE)
    await office.told(office.ana, "Proofdesk is off.")
    await office.ana.command("/desk", "stats", INTAKE)
    await office.told(office.ana, "The last 7 days")

    await office.sam.command("/desk", "on", INTAKE)
    await office.told(office.sam, "Proofdesk is on. I draft again.")
    await office.paste(BROWSERS)
    assert office.cards(unanswered) == []


async def test_a_broken_desk_file_leaves_the_last_good_one_in_force_and_the_status_names_file_and_line(
    office: Office,
) -> None:
    rules = office.settings.desk / "desk.yaml"
    good = rules.read_text()
    rules.write_text(good.replace("undo_minutes: 30", "undo_minutes: soon"))
    await office.ben.command("/desk", "status", INTAKE)
    told = await office.told(office.ben, "the last good ones are in force")
    line = 1 + good[: good.index("undo_minutes: 30")].count("\n")
    assert "desk.yaml" in said(told)
    assert str(line) in said(told)
    ts, card = await office.paste(BROWSERS)
    await office.ben.press(INTAKE, card["ts"], "approve")
    await office.shows(ts, "*Approved*")

    rules.write_text(good)
    await office.ana.command("/desk", "status", INTAKE)
    mended = await office.told(office.ana, "Proofdesk is on.")
    assert "problem" not in said(mended)


async def test_the_status_says_when_the_clock_was_set_back(office: Office) -> None:
    office.clock.forward(minutes=60)
    await office.paste(BROWSERS)
    office.clock.forward(minutes=-60)
    await office.ben.command("/desk", "status", INTAKE)
    await office.told(office.ben, "This machine's clock says")
    office.clock.forward(minutes=61)
