import asyncio

import pytest

from tests.office import INTAKE, Office, button, said
from tests.scenarios.slack.tickets import BROWSERS, TWO_QUESTIONS

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_reaction_added_removed_and_added_again_ends_as_the_reaction_stands(office: Office) -> None:
    ts, card = await office.paste(BROWSERS)
    for _ in range(3):
        await office.ben.react(INTAKE, card["ts"], "white_check_mark")
        await office.ben.unreact(INTAKE, card["ts"], "white_check_mark")
    await office.ben.react(INTAKE, card["ts"], "white_check_mark")
    await office.shows(ts, "*Approved* by <@U0BEN>")
    await office.idle()
    assert "*Approved* by <@U0BEN>" in said(office.cards(ts)[0])


async def test_a_reaction_that_is_gone_again_ends_as_if_it_had_never_been(office: Office) -> None:
    ts, card = await office.paste(BROWSERS)
    for _ in range(3):
        await office.ben.react(INTAKE, card["ts"], "white_check_mark")
        await office.ben.unreact(INTAKE, card["ts"], "white_check_mark")
    await office.idle()
    assert button(office.cards(ts)[0], "approve")
    assert (await office.draft(card)).state == "awaiting"


async def test_of_two_who_approve_at_once_one_wins_and_the_other_is_told_who(office: Office) -> None:
    ts, card = await office.paste(BROWSERS)
    await asyncio.gather(
        office.ben.press(INTAKE, card["ts"], "approve"), office.sam.press(INTAKE, card["ts"], "approve")
    )
    await office.idle()
    (decision,) = await office.decisions(card)
    loser = office.sam if decision.person == "U0BEN" else office.ben
    refused = await office.told(loser, "", thread=ts)
    assert "was first and approved it" in said(refused) or "approved already" in said(refused)


async def test_of_approving_and_escalating_at_once_the_card_shows_what_stands(office: Office) -> None:
    ts, card = await office.paste(BROWSERS)
    await asyncio.gather(
        office.ben.press(INTAKE, card["ts"], "approve"), office.ana.press(INTAKE, card["ts"], "escalate")
    )
    await office.idle()
    stands = {"approve": "*Approved*", "escalate": "*Escalated*"}
    verdicts = [each.verdict for each in await office.decisions(card)]
    assert len(verdicts) == 1
    assert stands[verdicts[0]] in said(office.cards(ts)[0])


async def test_of_approving_and_rejecting_at_once_one_stands_and_the_other_is_told(office: Office) -> None:
    ts, card = await office.paste(BROWSERS)
    await office.ana.press(INTAKE, card["ts"], "reject")
    await office.sandbox.until(lambda: office.ana.views)
    reason = {"reason": {"entered": {"type": "static_select", "selected_option": {"value": "tone"}}}}
    await asyncio.gather(
        office.ana.submit(office.ana.views[-1], reason), office.ben.press(INTAKE, card["ts"], "approve")
    )
    await office.idle()
    (decision,) = await office.decisions(card)
    loser = office.ben if decision.person == "U0ANA" else office.ana
    await office.told(loser, "", thread=ts)
    shown = "*Rejected*" if decision.person == "U0ANA" else "*Approved*"
    assert shown in said(office.cards(ts)[0])


async def test_a_click_on_an_older_versions_button_is_refused(office: Office) -> None:
    ts, card = await office.paste(TWO_QUESTIONS)
    approve = button(card, "approve")
    await office.ben.press(INTAKE, card["ts"], "redraft", option=f"shorter:{(await office.draft(card)).id}")
    click = office.sandbox.last_interaction
    await office.shows(ts, "`v2`")
    await office.ben.replay({**click, "actions": [{**(approve or {}), "block_id": "decide"}]})
    await office.told(office.ben, "This version was replaced; version 2 is the present one", thread=ts)
    assert await office.decisions(card) == []


async def test_a_click_on_the_button_that_approved_the_version_before_is_refused(office: Office) -> None:
    ts, card = await office.paste(TWO_QUESTIONS)
    await office.ben.press(INTAKE, card["ts"], "approve")
    click = office.sandbox.last_interaction
    await office.shows(ts, "*Approved*")
    await office.ben.say(INTAKE, "shorter", ts)
    await office.shows(ts, "`v2`")
    await office.ben.replay(click)
    await office.told(office.ben, "This version was replaced; version 2 is the present one", thread=ts)
    assert await office.decisions(card) == []


async def test_windows_of_an_older_version_are_not_opened(office: Office) -> None:
    ts, card = await office.paste(TWO_QUESTIONS)
    await office.ben.press(INTAKE, card["ts"], "edit")
    await office.sandbox.until(lambda: office.ben.views)
    await office.ben.close(office.ben.views[-1])
    click = office.sandbox.last_interaction
    await office.ana.say(INTAKE, "shorter", ts)
    await office.shows(ts, "`v2`")
    await office.ben.replay(click)
    await office.told(office.ben, "This version was replaced; version 2 is the present one", thread=ts)
    assert office.ben.views == []


async def test_the_same_click_sent_again_has_no_second_effect(office: Office) -> None:
    ts, card = await office.paste(BROWSERS)
    await office.ben.press(INTAKE, card["ts"], "approve")
    click = office.sandbox.last_interaction
    await office.shows(ts, "*Approved*")
    for _ in range(3):
        await office.ben.replay(click)
    await office.idle()
    assert len(await office.decisions(card)) == 1
    assert office.ben.ephemerals(INTAKE, ts) == []


async def test_the_same_redraft_click_sent_again_makes_no_further_version(office: Office) -> None:
    ts, card = await office.paste(TWO_QUESTIONS)
    draft = await office.draft(card)
    await office.ben.press(INTAKE, card["ts"], "redraft", option=f"shorter:{draft.id}")
    click = office.sandbox.last_interaction
    await office.shows(ts, "`v2`")
    await office.ben.replay(click)
    await office.told(office.ben, "This version was replaced", thread=ts)
    assert (await office.draft(card)).number == 2


async def test_a_reaction_to_the_version_before_is_not_taken_for_this_one(office: Office) -> None:
    ts, card = await office.paste(TWO_QUESTIONS)
    await office.ben.react(INTAKE, card["ts"], "eyes")
    event = next(e for e in reversed(office.sandbox.dispatcher.sent.values()) if e["event"]["type"] == "reaction_added")
    await office.ana.say(INTAKE, "shorter", ts)
    await office.shows(ts, "`v2`")
    office.sandbox.workspace.messages.find(INTAKE, card["ts"]).reactions["white_check_mark"] = ["U0BEN"]  # type: ignore[union-attr]
    await office.sandbox.inject({**event["event"], "reaction": "white_check_mark"})
    await office.told(office.ben, "The card changed while you reacted", thread=ts)
    assert await office.decisions(card) == []
