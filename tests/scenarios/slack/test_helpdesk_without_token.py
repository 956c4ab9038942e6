from bot.sandbox.helpdesk import ADDRESS
from tests.office import INTAKE
from tests.scenarios.slack.conftest import Opened


async def test_a_missing_token_is_told_by_the_name_of_its_variable(opened: Opened) -> None:
    async with opened(helpdesk_tokens={}) as office:
        ts = await office.ana.say(INTAKE, f"{ADDRESS}/agent/tickets/4821")
        await office.shows(ts, "*No draft*", "There is no token for zendesk: set PROOFDESK_TOKEN_ZENDESK")
