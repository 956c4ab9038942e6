"""Windows open at once, or the person is told."""

from bot.sandbox.faults import Fault
from tests.office import INTAKE
from tests.scenarios.slack.conftest import Opened
from tests.scenarios.slack.tickets import BROWSERS, REFUND


async def test_windows_open_however_fast_they_are_asked_for(opened: Opened) -> None:
    async with opened(hurried=False) as office:
        _, card = await office.paste(REFUND)
        for _ in range(12):
            await office.ben.press(INTAKE, card["ts"], "edit")
            await office.sandbox.until(lambda: office.ben.views, timeout=2)
            await office.ben.close(office.ben.views[-1])
        assert office.ben.views == []


async def test_a_window_that_slack_does_not_open_is_told(opened: Opened) -> None:
    async with opened() as office:
        _, card = await office.paste(BROWSERS)
        office.sandbox.faults.add("views.open", Fault.ERROR("expired_trigger_id"))
        await office.ben.press(INTAKE, card["ts"], "edit")
        await office.told(office.ben, "Slack did not open the window in time. Please press the button again.")
