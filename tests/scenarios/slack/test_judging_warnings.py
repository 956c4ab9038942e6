import asyncio

import pytest

from bot.sandbox.person import Person
from storage.warnings import Warnings
from tests.office import INTAKE, Message, Office, button, said
from tests.scenarios.slack.conftest import Opened
from tests.scenarios.slack.tickets import BROWSERS, CHARGEBACK, HACKED

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def judge(person: Person, card: Message, what: str, place: int = 0) -> None:
    await person.press(INTAKE, card["ts"], f"warning_{what}", block_id=f"warning:{place}")


async def counted(office: Office, card: Message) -> dict[str, str]:
    """What counts of a ticket's warnings."""
    parts, draft = office.bot.services.parts, await office.draft(card)
    async with parts.database.reading() as tx:
        found = await Warnings(tx, parts.workspace).of_ticket(draft.ticket_id)
    return {name: f"{each.verdict} {each.person}" for name, each in found.items()}


async def test_a_warning_is_called_right_then_not_needed_and_that_is_taken_back(office: Office) -> None:
    ts, card = await office.paste(CHARGEBACK)
    await judge(office.ben, card, "right")
    await office.shows(ts, "billing lead, second approver · _confirmed by <@U0BEN>_")
    await judge(office.sam, card, "not_needed")
    await office.shows(ts, "_dismissed by <@U0SAM>_")
    assert await counted(office, card) == {"billing_dispute": "dismissed U0SAM"}
    await judge(office.ben, card, "take_back")
    await office.card(ts, lambda text: "U0SAM" not in text)
    assert await counted(office, card) == {}


async def test_a_dismissed_warning_keeps_its_confirmation_and_its_second_approver(office: Office) -> None:
    ts, card = await office.paste(CHARGEBACK)
    await judge(office.ben, card, "not_needed")
    dismissed = await office.shows(ts, "_dismissed by <@U0BEN>_")
    assert "A senior must approve it as well." in str((button(dismissed, "approve") or {})["confirm"])
    await office.ben.press(INTAKE, card["ts"], "approve")
    await office.shows(ts, "*1 of 2* · approved by <@U0BEN>", "_dismissed by <@U0BEN>_")
    await office.sam.press(INTAKE, card["ts"], "approve")
    approved = await office.shows(ts, "*Approved* by <@U0BEN> and <@U0SAM>", "_dismissed by <@U0BEN>_")
    assert await counted(office, approved) == {"billing_dispute": "dismissed U0BEN"}
    await judge(office.sam, card, "right")
    await office.shows(ts, "_confirmed by <@U0SAM>_")


async def test_an_approval_or_a_rejection_says_nothing_of_a_warning(office: Office) -> None:
    _, card = await office.paste(CHARGEBACK)
    await office.ben.press(INTAKE, card["ts"], "approve")
    await office.idle()
    assert await counted(office, card) == {}


async def test_each_of_two_warnings_is_judged_for_itself(office: Office) -> None:
    ts, card = await office.paste(f"{HACKED} I also started a chargeback at my bank.")
    categories = [each.category for each in (await office.draft(card)).draft.escalations]
    await judge(office.ben, card, "not_needed", 1)
    await judge(office.ben, card, "right", 0)
    await office.shows(ts, "_dismissed by <@U0BEN>_", "_confirmed by <@U0BEN>_")
    assert await counted(office, card) == {categories[0]: "confirmed U0BEN", categories[1]: "dismissed U0BEN"}


async def test_who_has_no_role_is_told_in_private_and_nothing_changes(office: Office) -> None:
    ts, card = await office.paste(CHARGEBACK)
    await judge(office.mara, card, "not_needed")
    await office.told(office.mara, "You have no role at this desk", thread=ts)
    assert await counted(office, card) == {}


async def test_of_two_who_judge_at_once_one_wins_and_the_other_is_told_who(office: Office) -> None:
    ts, card = await office.paste(CHARGEBACK)
    await asyncio.gather(judge(office.ben, card, "right"), judge(office.sam, card, "not_needed"))
    await office.idle()
    (counts,) = (await counted(office, card)).values()
    loser, was = (office.sam, "right") if counts == "confirmed U0BEN" else (office.ben, "not needed")
    refused = await office.told(loser, f"was first and called this warning {was}", thread=ts)
    assert f"<@{counts.split()[1]}>" in said(refused)


async def test_the_same_click_sent_again_has_no_second_effect(office: Office) -> None:
    ts, card = await office.paste(CHARGEBACK)
    await judge(office.ben, card, "right")
    click = office.sandbox.last_interaction
    await office.shows(ts, "_confirmed by <@U0BEN>_")
    shown = await office.bot.services.parts.records.revision()
    for _ in range(3):
        await office.ben.replay(click)
    await office.idle()
    assert await office.bot.services.parts.records.revision() == shown
    assert office.ben.ephemerals(INTAKE, ts) == []


async def test_what_was_said_stands_on_the_next_version_and_the_old_ones_buttons_do_nothing(office: Office) -> None:
    ts, card = await office.paste(CHARGEBACK)
    await judge(office.ben, card, "right")
    await office.shows(ts, "_confirmed by <@U0BEN>_")
    await judge(office.ben, card, "take_back")
    await office.card(ts, lambda text: "_confirmed by" not in text)
    click = office.sandbox.last_interaction
    await judge(office.ben, card, "right")
    await office.shows(ts, "_confirmed by <@U0BEN>_")
    await office.ben.say(INTAKE, "add: We will look at it today.", ts)
    await office.shows(ts, "`v2`", "_confirmed by <@U0BEN>_")
    await office.ben.replay(click)
    await office.told(office.ben, "This version was replaced; version 2 is the present one", thread=ts)
    assert await counted(office, card) == {"billing_dispute": "confirmed U0BEN"}


async def test_an_escalation_by_reaction_confirms_the_warning_until_it_is_taken_back(office: Office) -> None:
    ts, card = await office.paste(CHARGEBACK)
    await office.ben.react(INTAKE, card["ts"], "rotating_light")
    escalated = await office.shows(ts, "*Escalated* by <@U0BEN>", "_confirmed by <@U0BEN> (escalated)_")
    assert button(escalated, "warning_right") is None
    assert button(escalated, "warning_take_back") is None
    await office.ben.unreact(INTAKE, card["ts"], "rotating_light")
    await office.card(ts, lambda text: "*Escalated*" not in text)
    assert await counted(office, card) == {}


async def test_a_warning_that_was_dismissed_is_not_confirmed_by_an_escalation(office: Office) -> None:
    ts, card = await office.paste(CHARGEBACK)
    await judge(office.sam, card, "not_needed")
    await office.shows(ts, "_dismissed by <@U0SAM>_")
    await office.ben.react(INTAKE, card["ts"], "rotating_light")
    await office.shows(ts, "*Escalated* by <@U0BEN>", "_dismissed by <@U0SAM>_")
    assert await counted(office, card) == {"billing_dispute": "dismissed U0SAM"}


async def test_who_escalates_a_draft_without_a_warning_is_asked_of_which_kind_it_is(office: Office) -> None:
    ts, card = await office.paste(BROWSERS)
    await office.ben.react(INTAKE, card["ts"], "rotating_light")
    asked = await office.told(office.ben, "You escalated a draft that carried no warning", thread=ts)
    assert await counted(office, card) == {"unknown_kind": "missed U0BEN"}
    options = [each["text"]["text"] for each in (button(asked, "missed_kind") or {})["options"]]
    assert len(options) == 6
    assert options[-1] == "Another kind"
    draft = await office.draft(card)
    await office.ben.press(INTAKE, asked["ts"], "missed_kind", option=f"{draft.id}:legal_threat")
    await office.told(office.ben, "Counted as a missed warning: legal threat.", thread=ts)
    assert await counted(office, card) == {"legal_threat": "missed U0BEN"}
    assert asked["ts"] not in [each["ts"] for each in office.ben.ephemerals(INTAKE, ts)]
    assert office.ana.ephemerals(INTAKE, ts) == []

    await office.ben.unreact(INTAKE, card["ts"], "rotating_light")
    await office.card(ts, lambda text: "*Escalated*" not in text)
    assert await counted(office, card) == {}


async def test_who_escalates_by_reaction_and_by_button_is_asked_once(office: Office) -> None:
    ts, card = await office.paste(BROWSERS)
    await office.ben.press(INTAKE, card["ts"], "escalate")
    await office.told(office.ben, "You escalated a draft that carried no warning", thread=ts)
    await office.ben.react(INTAKE, card["ts"], "rotating_light")
    await office.idle()
    assert len(office.ben.ephemerals(INTAKE, ts)) == 1


async def test_an_answer_after_the_escalation_was_taken_back_counts_nothing(office: Office) -> None:
    ts, card = await office.paste(BROWSERS)
    await office.ben.press(INTAKE, card["ts"], "escalate")
    asked = await office.told(office.ben, "You escalated a draft that carried no warning", thread=ts)
    await office.ben.press(INTAKE, card["ts"], "undo")
    await office.card(ts, lambda text: "*Escalated*" not in text)
    draft = await office.draft(card)
    await office.ben.press(INTAKE, asked["ts"], "missed_kind", option=f"{draft.id}:another_kind")
    await office.told(office.ben, "does not stand any more, so nothing was counted", thread=ts)
    assert await counted(office, card) == {}


async def test_the_figures_say_how_each_category_did(opened: Opened) -> None:
    async with opened() as office:
        first_ts, first = await office.paste(CHARGEBACK)
        await judge(office.ben, first, "right")
        await office.shows(first_ts, "_confirmed by")
        other_ts, other = await office.paste(f"{CHARGEBACK} Please answer soon.")
        await judge(office.ben, other, "not_needed")
        await office.shows(other_ts, "_dismissed by")
        await office.paste(HACKED)
        ts, missed = await office.paste(BROWSERS)
        await office.ben.press(INTAKE, missed["ts"], "escalate")
        await office.shows(ts, "*Escalated*")
        await office.ben.command("/desk", "stats", INTAKE)
        told = said(await office.told(office.ben, "The last 7 days"))
        line = "Billing dispute: 2 raised, 1 right, 1 not needed, 0 missed; precision 50%, recall 100%."
        assert line in told
        assert "Unknown kind: 0 raised, 0 right, 0 not needed, 1 missed; recall 0%." in told
        assert "Account security" not in told
