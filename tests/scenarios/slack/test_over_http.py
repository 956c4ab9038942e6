import socket

from tests.office import INTAKE
from tests.scenarios.slack.conftest import Opened
from tests.scenarios.slack.test_editing import OURS, edit
from tests.scenarios.slack.tickets import BROWSERS


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


async def test_the_same_story_over_signed_http(opened: Opened) -> None:
    async with opened(http=True, port=free_port()) as office:
        ts, card = await office.paste(BROWSERS)
        await edit(office, office.ben, card, OURS)
        await office.shows(ts, "`v2`", "edited by <@U0BEN>")
        await office.sam.press(INTAKE, card["ts"], "approve")
        await office.shows(ts, "*Approved* by <@U0SAM>")
        await office.ben.command("/desk", "status", INTAKE)
        await office.told(office.ben, "Proofdesk is on.")
        assert {each.status for each in office.sandbox.deliveries} == {"ok"}
        assert len(office.cards(ts)) == 1


async def test_a_wrong_signature_is_refused_and_nothing_happens(opened: Opened) -> None:
    async with opened(http=True, port=free_port()) as office:
        office.sandbox.retry_delays = ()
        office.sandbox.world.signing_secret = "of-somebody-else"
        office.sandbox.deliver_to(f"http://127.0.0.1:{office.settings.port}/slack/events")
        ts = await office.ana.say(INTAKE, BROWSERS)
        await office.idle()
        assert office.cards(ts) == []
        assert await office.kept() == []
        assert {each.status for each in office.sandbox.deliveries} == {"http_error"}
