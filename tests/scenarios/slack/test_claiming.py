import pytest

from tests.office import INTAKE, Office, said
from tests.scenarios.slack.tickets import BROWSERS

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_eyes_say_who_is_on_it_and_taking_them_away_says_that_nobody_is(office: Office) -> None:
    ts, card = await office.paste(BROWSERS)
    await office.ben.react(INTAKE, card["ts"], "eyes")
    await office.shows(ts, "<@U0BEN> is on it")
    await office.ben.unreact(INTAKE, card["ts"], "eyes")
    await office.card(ts, lambda text: "is on it" not in text)


async def test_eyes_of_somebody_without_a_role_say_nothing(office: Office) -> None:
    ts, card = await office.paste(BROWSERS)
    await office.mara.react(INTAKE, card["ts"], "eyes")
    await office.idle()
    assert "is on it" not in said(office.cards(ts)[0])


async def test_taking_eyes_away_does_not_take_a_colleagues_away(office: Office) -> None:
    ts, card = await office.paste(BROWSERS)
    await office.ben.react(INTAKE, card["ts"], "eyes")
    await office.shows(ts, "<@U0BEN> is on it")
    await office.ana.react(INTAKE, card["ts"], "eyes")
    await office.shows(ts, "<@U0ANA> is on it")
    await office.ben.unreact(INTAKE, card["ts"], "eyes")
    await office.idle()
    assert "<@U0ANA> is on it" in said(office.cards(ts)[0])
