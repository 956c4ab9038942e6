from tests.office import INTAKE, button
from tests.scenarios.slack.conftest import Opened
from tests.scenarios.slack.tickets import BROWSERS


async def test_after_its_time_a_decision_is_final(opened: Opened) -> None:
    async with opened() as office:
        rules = office.settings.desk / "desk.yaml"
        rules.write_text(rules.read_text().replace("undo_minutes: 30", "undo_minutes: 0"))
        ts, card = await office.paste(BROWSERS)
        await office.ben.react(INTAKE, card["ts"], "white_check_mark")
        approved = await office.shows(ts, "*Approved* by <@U0BEN>")
        assert button(approved, "undo") is None
        await office.ben.unreact(INTAKE, card["ts"], "white_check_mark")
        await office.told(office.ben, "This decision is final since 0 minutes after it", thread=ts)
        assert [each.verdict for each in await office.decisions(card)] == ["approve"]
