import pytest

from tests.office import INTAKE, Office, button, said
from tests.scenarios.slack.tickets import BROWSERS, CHARGEBACK, HACKED

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_the_reaction_tells_the_people_of_the_route_once_with_a_link(office: Office) -> None:
    ts, card = await office.paste(HACKED)
    before = len(office.posted("C0SECURITY"))
    await office.ben.react(INTAKE, card["ts"], "rotating_light")
    escalated = await office.shows(ts, "*Escalated* by <@U0BEN>", "security team")
    assert button(escalated, "escalate") is None
    await office.idle()
    (warning,) = office.posted("C0SECURITY")[before:]
    assert "Open the draft" in said(warning)
    linked = [call.arguments["message_ts"] for call in office.sandbox.calls if call.method == "chat.getPermalink"]
    assert card["ts"] in linked
    assert "account security" in said(warning)
    assert "been hacked" in said(warning)


async def test_the_button_after_the_reaction_tells_nobody_twice(office: Office) -> None:
    ts, card = await office.paste(CHARGEBACK)
    before = len(office.posted("C0BILLING"))
    await office.ben.react(INTAKE, card["ts"], "rotating_light")
    await office.ben.press(INTAKE, card["ts"], "escalate")
    await office.sam.react(INTAKE, card["ts"], "rotating_light")
    await office.shows(ts, "*Escalated* by <@U0BEN>")
    await office.idle()
    assert len(office.posted("C0BILLING")) == before + 1
    assert [each.person for each in await office.decisions(card)] == ["U0BEN"]


async def test_what_has_no_category_goes_to_the_channel_for_escalations(office: Office) -> None:
    ts, card = await office.paste(BROWSERS)
    before = len(office.posted("C0BILLING"))
    await office.ben.press(INTAKE, card["ts"], "escalate")
    await office.shows(ts, "*Escalated* by <@U0BEN>")
    await office.idle()
    assert len(office.posted("C0BILLING")) == before + 1


async def test_an_escalated_draft_is_approved_by_a_senior_alone(office: Office) -> None:
    ts, card = await office.paste(BROWSERS)
    await office.ben.press(INTAKE, card["ts"], "escalate")
    await office.shows(ts, "*Escalated*")
    await office.ana.press(INTAKE, card["ts"], "approve")
    await office.told(office.ana, "a senior must approve the draft", thread=ts)
    await office.sam.press(INTAKE, card["ts"], "approve")
    await office.shows(ts, "*Approved* by <@U0SAM>")


async def test_a_route_that_another_company_reads_is_not_told(office: Office) -> None:
    billing = office.sandbox.world.channels["C0BILLING"]
    ts, card = await office.paste(CHARGEBACK)
    before = len(office.posted("C0BILLING"))
    billing.is_ext_shared = True
    await office.ben.press(INTAKE, card["ts"], "escalate")
    await office.told(office.ben, "channel C0BILLING was not told. It is shared with another company", thread=ts)
    billing.is_ext_shared = False
    assert len(office.posted("C0BILLING")) == before
    await office.shows(ts, "*Escalated* by <@U0BEN>")


async def test_a_route_in_which_the_bot_is_not_is_named_to_who_escalated(office: Office) -> None:
    security = office.sandbox.world.channels["C0SECURITY"].members
    ts, card = await office.paste(f"{HACKED} I also started a chargeback at my bank.")
    before = len(office.posted("C0BILLING"))
    security.discard("U0PROOFDESK")
    await office.ben.press(INTAKE, card["ts"], "escalate")
    await office.told(office.ben, "channel C0SECURITY was not told. I am not in this channel", thread=ts)
    security.add("U0PROOFDESK")
    await office.idle()
    assert len(office.posted("C0BILLING")) == before + 1
