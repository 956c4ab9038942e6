import pytest

from tests.office import INTAKE, Office, button, said
from tests.scenarios.slack.tickets import BROWSERS, CHARGEBACK

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_taking_the_reaction_away_takes_the_approval_back(office: Office) -> None:
    ts, card = await office.paste(BROWSERS)
    await office.ben.react(INTAKE, card["ts"], "white_check_mark")
    await office.shows(ts, "*Approved* by <@U0BEN>")
    await office.ben.unreact(INTAKE, card["ts"], "white_check_mark")
    undone = await office.shows(ts, "*Draft reply*")
    assert button(undone, "approve")
    assert [each.verdict for each in await office.decisions(card)] == ["approve", "undo"]


async def test_the_undo_button_takes_the_approval_back(office: Office) -> None:
    ts, card = await office.paste(BROWSERS)
    await office.ben.press(INTAKE, card["ts"], "approve")
    await office.shows(ts, "*Approved* by <@U0BEN>")
    await office.ben.press(INTAKE, card["ts"], "undo")
    await office.shows(ts, "*Draft reply*")
    await office.ana.react(INTAKE, card["ts"], "white_check_mark")
    await office.shows(ts, "*Approved* by <@U0ANA>")


async def test_a_first_approval_is_taken_back_and_somebody_else_begins_again(office: Office) -> None:
    ts, card = await office.paste(CHARGEBACK)
    await office.ben.press(INTAKE, card["ts"], "approve")
    await office.shows(ts, "*1 of 2* · approved by <@U0BEN>")
    await office.ben.press(INTAKE, card["ts"], "undo")
    await office.card(ts, lambda text: "1 of 2" not in text)
    await office.sam.press(INTAKE, card["ts"], "approve")
    waiting = await office.shows(ts, "*1 of 2* · approved by <@U0SAM>")
    assert "U0BEN" not in said(waiting)


async def test_an_escalation_is_taken_back_with_its_reaction(office: Office) -> None:
    ts, card = await office.paste(BROWSERS)
    await office.ben.react(INTAKE, card["ts"], "rotating_light")
    await office.shows(ts, "*Escalated* by <@U0BEN>")
    await office.ben.unreact(INTAKE, card["ts"], "rotating_light")
    await office.card(ts, lambda text: "Escalated" not in text)


async def test_another_agent_does_not_undo_a_colleagues_decision(office: Office) -> None:
    ts, card = await office.paste(BROWSERS)
    await office.ben.press(INTAKE, card["ts"], "approve")
    await office.shows(ts, "*Approved* by <@U0BEN>")
    await office.ana.press(INTAKE, card["ts"], "undo")
    await office.told(office.ana, "Only a person who took part in this decision, or a senior", thread=ts)
    assert [each.verdict for each in await office.decisions(card)] == ["approve"]


async def test_a_senior_undoes_a_colleagues_decision(office: Office) -> None:
    ts, card = await office.paste(BROWSERS)
    await office.ben.press(INTAKE, card["ts"], "approve")
    await office.shows(ts, "*Approved* by <@U0BEN>")
    await office.sam.press(INTAKE, card["ts"], "undo")
    await office.shows(ts, "*Draft reply*")


async def test_taking_a_reaction_away_that_did_not_decide_undoes_nothing(office: Office) -> None:
    ts, card = await office.paste(BROWSERS)
    await office.ben.press(INTAKE, card["ts"], "approve")
    await office.shows(ts, "*Approved* by <@U0BEN>")
    await office.ana.react(INTAKE, card["ts"], "white_check_mark")
    await office.idle()
    await office.ana.unreact(INTAKE, card["ts"], "white_check_mark")
    await office.idle()
    assert "*Approved* by <@U0BEN>" in said(office.cards(ts)[0])
