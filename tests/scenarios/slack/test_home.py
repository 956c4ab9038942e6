import pytest

from tests.office import INTAKE, Office
from tests.scenarios.slack.tickets import BROWSERS, PASSWORD

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def home(office: Office, user: str) -> str:
    """What somebody sees who opens the app's home."""
    before = office.sandbox.count("views.publish")
    await office.sandbox.inject({"type": "app_home_opened", "user": user, "channel": f"D{user[1:]}", "tab": "home"})
    await office.sandbox.until(lambda: office.sandbox.count("views.publish") > before)
    return str(office.sandbox.person(user).home)


async def test_an_empty_desk_says_so(office: Office) -> None:
    shown = await home(office, "U0ANA")
    assert "Nothing waits for a decision." in shown
    assert "You have no open draft." in shown


async def test_home_shows_ones_own_drafts_and_what_waits(office: Office) -> None:
    await office.paste(BROWSERS)
    ts = await office.ben.say(INTAKE, PASSWORD)
    await office.shows(ts, '"redraft"')
    waiting, mine = (await home(office, "U0ANA")).split("Asked for by you")
    assert "which browsers" in waiting
    assert "forgotten my password" in waiting
    assert "which browsers" in mine
    assert "forgotten my password" not in mine


async def test_what_is_decided_does_not_wait_any_more(office: Office) -> None:
    ts, card = await office.paste("Hello, do you support Internet Explorer?")
    assert "Internet Explorer" in await home(office, "U0BEN")
    await office.ben.press(INTAKE, card["ts"], "approve")
    await office.shows(ts, "*Approved*")
    assert "Internet Explorer" not in await home(office, "U0BEN")


async def test_only_the_home_tab_is_drawn(office: Office) -> None:
    before = office.sandbox.count("views.publish")
    event = {"type": "app_home_opened", "user": "U0ANA", "channel": "D0ANA", "tab": "messages"}
    await office.sandbox.inject(event)
    await office.idle()
    assert office.sandbox.count("views.publish") == before


async def test_who_decides_nothing_does_not_see_what_waits(office: Office) -> None:
    await office.paste(BROWSERS)
    assert "which browsers" in await home(office, "U0BEN")
    assert "which browsers" not in await home(office, "U0OLI")
