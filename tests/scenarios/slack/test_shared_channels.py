from tests.office import INTAKE, button, said
from tests.scenarios.slack.conftest import Opened
from tests.scenarios.slack.tickets import BROWSERS

PARTNER = "C0PARTNER"


async def test_in_a_channel_shared_with_another_company_nothing_is_posted(opened: Opened) -> None:
    async with opened() as office:
        ts = await office.ana.say(PARTNER, f"@Proofdesk {BROWSERS}")
        await office.told(office.ana, "shared with another company", channel=PARTNER, since=ts)
        await office.ana.command("/draft", BROWSERS, PARTNER)
        await office.sandbox.until(
            lambda: len([m for m in office.ana.ephemerals(PARTNER) if "another company" in said(m)]) == 2
        )
        await office.ana.shortcut("draft_reply", PARTNER, ts)
        await office.idle()
        assert office.posted(PARTNER) == []
        assert office.cards(ts, PARTNER) == []


async def test_when_a_channel_becomes_shared_its_drafts_are_taken_away_and_decided_by_nobody(opened: Opened) -> None:
    async with opened() as office:
        ts, card = await office.paste(BROWSERS)
        approve = button(card, "approve")
        await office.ben.press(INTAKE, card["ts"], "redraft", option=f"friendlier:{(await office.draft(card)).id}")
        click = office.sandbox.last_interaction
        await office.shows(ts, "`v2`")
        office.sandbox.share(INTAKE)
        withheld = await office.shows(ts, "Draft withheld")
        assert "Firefox" not in said(withheld)
        assert button(withheld, "approve") is None
        await office.idle()
        told = [each for each in office.ana.ephemerals("D0ANA") + office.posted("D0ANA") if "taken away" in said(each)]
        assert len(told) == 1
        draft = await office.draft(card)
        await office.ben.replay({**click, "actions": [{**(approve or {}), "value": draft.id, "block_id": "decide"}]})
        await office.ben.react(INTAKE, card["ts"], "white_check_mark")
        await office.idle()
        assert await office.decisions(card) == []
        assert "Firefox" not in said(office.cards(ts)[0])


async def test_an_answer_that_comes_after_the_channel_became_shared_does_not_bring_the_draft_back(
    opened: Opened,
) -> None:
    async with opened() as office:
        ts, card = await office.paste(BROWSERS)
        office.sandbox.share(INTAKE)
        await office.shows(ts, "Draft withheld")
        await office.ben.say(INTAKE, "add: We will call you.", ts)
        await office.ana.edit(INTAKE, ts, "Hello, do you support Internet Explorer?")
        await office.ben.react(INTAKE, card["ts"], "repeat")
        await office.idle()
        assert "Draft withheld" in said(office.cards(ts)[0])
        assert len(office.cards(ts)) == 1


async def test_a_withheld_draft_is_not_approved_after_the_other_company_left_either(opened: Opened) -> None:
    async with opened() as office:
        ts, card = await office.paste(BROWSERS)
        office.sandbox.share(INTAKE)
        await office.shows(ts, "Draft withheld")
        office.sandbox.world.channels[INTAKE].is_ext_shared = False
        await office.ben.react(INTAKE, card["ts"], "white_check_mark")
        await office.told(office.ben, "the draft was taken away", thread=ts)
        assert await office.decisions(card) == []
