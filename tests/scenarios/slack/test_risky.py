import pytest

from tests.office import INTAKE, Office, button, said
from tests.scenarios.slack.tickets import CHARGEBACK, HACKED, LEGAL

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize(
    ("ticket", "category"), [(CHARGEBACK, "billing dispute"), (HACKED, "account security"), (LEGAL, "legal threat")]
)
async def test_a_risky_draft_needs_the_button_an_agent_and_then_a_senior(
    office: Office, ticket: str, category: str
) -> None:
    ts, card = await office.paste(ticket)
    assert f"*{category}*" in said(card)
    assert category in card["text"]
    approve = button(card, "approve")
    assert approve
    assert "A senior must approve it as well." in str(approve["confirm"])
    await office.ben.react(INTAKE, card["ts"], "white_check_mark")
    await office.told(office.ben, "needs more than a reaction; use the Approve button", thread=ts)
    assert await office.decisions(card) == []

    await office.ben.press(INTAKE, card["ts"], "approve")
    await office.shows(ts, "*1 of 2* · approved by <@U0BEN>", "waiting for a senior")

    await office.sam.press(INTAKE, card["ts"], "approve")
    await office.shows(ts, "*Approved* by <@U0BEN> and <@U0SAM>", "ready to copy")


async def test_the_first_approver_is_not_the_second_one(office: Office) -> None:
    ts, card = await office.paste(CHARGEBACK)
    await office.ben.press(INTAKE, card["ts"], "approve")
    await office.shows(ts, "*1 of 2*")
    await office.ben.press(INTAKE, card["ts"], "approve")
    await office.told(office.ben, "You approved this draft already", thread=ts)
    assert len(await office.decisions(card)) == 1


async def test_a_senior_who_approved_first_is_not_the_second_one_either(office: Office) -> None:
    ts, card = await office.paste(CHARGEBACK)
    await office.sam.press(INTAKE, card["ts"], "approve")
    await office.shows(ts, "*1 of 2*")
    await office.sam.press(INTAKE, card["ts"], "approve")
    await office.told(office.sam, "You approved this draft already", thread=ts)


async def test_the_second_approval_comes_from_a_senior(office: Office) -> None:
    office.sandbox.world.add_person("U0CLEO", "cleo", "Cleo Marsh")
    office.sandbox.world.channels[INTAKE].members.add("U0CLEO")
    office.sandbox.world.groups["S0AGENTS"].users.append("U0CLEO")
    ts, card = await office.paste(CHARGEBACK)
    await office.ben.press(INTAKE, card["ts"], "approve")
    await office.shows(ts, "*1 of 2*")
    cleo = office.sandbox.person("U0CLEO")
    await cleo.press(INTAKE, card["ts"], "approve")
    await office.told(cleo, "comes from a senior", thread=ts)
    assert len(await office.decisions(card)) == 1


async def test_who_asked_for_a_risky_draft_does_not_approve_it(office: Office) -> None:
    ts, card = await office.paste(CHARGEBACK)
    await office.ana.press(INTAKE, card["ts"], "approve")
    await office.told(office.ana, "somebody else must approve it", thread=ts)
    assert await office.decisions(card) == []


async def test_who_asked_for_a_risky_draft_does_not_approve_it_after_an_edit_or_a_redraft_either(
    office: Office,
) -> None:
    ts, card = await office.paste(CHARGEBACK)
    await office.ana.say(INTAKE, "add: We will look at it today.", ts)
    await office.shows(ts, "`v2`")
    await office.ana.press(INTAKE, card["ts"], "approve")
    await office.told(office.ana, "somebody else must approve it", thread=ts)
    assert await office.decisions(card) == []


async def test_who_wanted_another_version_may_approve_it_and_who_brought_the_ticket_still_may_not(
    office: Office,
) -> None:
    ts, card = await office.paste(CHARGEBACK)
    await office.ben.say(INTAKE, "shorter", ts)
    await office.shows(ts, "`v2`")
    await office.ana.press(INTAKE, card["ts"], "approve")
    await office.told(office.ana, "somebody else must approve it", thread=ts)
    await office.ben.press(INTAKE, card["ts"], "approve")
    await office.shows(ts, "*1 of 2* · approved by <@U0BEN>")


async def test_a_draft_that_carries_a_risk_is_not_approved_in_a_direct_message(office: Office) -> None:
    ts = await office.ana.say("D0ANA", CHARGEBACK)
    card = await office.shows(ts, '"redraft"', channel="D0ANA")
    await office.ana.press("D0ANA", card["ts"], "approve")
    await office.idle()
    assert await office.decisions(card, channel="D0ANA") == []
