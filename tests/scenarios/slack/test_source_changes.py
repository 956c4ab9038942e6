import pytest

from bot.sandbox.faults import Fault
from bot.sandbox.messages import Message
from tests.office import INTAKE, Office, button, said
from tests.scenarios.slack.tickets import BROWSERS, PASSWORD

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_message_edited_after_the_draft_gets_a_version_for_its_new_words(office: Office) -> None:
    ts, _ = await office.paste(BROWSERS)
    await office.ana.edit(INTAKE, ts, PASSWORD)
    second = await office.shows(ts, "`v2`", "Forgot password")
    assert "Firefox" not in said(second)
    assert len(office.cards(ts)) == 1


async def test_a_message_edited_after_the_approval_voids_it(office: Office) -> None:
    ts, card = await office.paste(BROWSERS)
    await office.ben.react(INTAKE, card["ts"], "white_check_mark")
    await office.shows(ts, "*Approved*")
    await office.ana.edit(INTAKE, ts, PASSWORD)
    second = await office.shows(ts, "`v2`", "*Draft reply*")
    assert button(second, "approve")
    assert await office.decisions(card) == []


async def test_a_message_edited_at_once_ends_with_a_draft_for_its_last_words(office: Office) -> None:
    ts = await office.ana.say(INTAKE, BROWSERS)
    await office.ana.edit(INTAKE, ts, PASSWORD)
    await office.shows(ts, '"redraft"', "Forgot password")
    await office.idle()
    (card,) = office.cards(ts)
    assert "Firefox" not in said(card)


async def test_an_edit_that_comes_before_its_message_counts(office: Office) -> None:
    posted = Message(INTAKE, "U0ANA", PASSWORD)
    office.sandbox.workspace.messages.add(posted)
    message = {"type": "message", "user": "U0ANA", "text": BROWSERS, "ts": posted.ts}
    edited = {**message, "text": PASSWORD, "edited": {"user": "U0ANA", "ts": "1795000000.000100"}}
    where = {"channel": INTAKE, "channel_type": "channel"}
    await office.sandbox.inject(
        {"type": "message", "subtype": "message_changed", "message": edited, "previous_message": message, **where}
    )
    await office.sandbox.inject({**message, **where})
    card = await office.shows(posted.ts, '"redraft"', "Forgot password")
    await office.idle()
    assert "Firefox" not in said(card)
    assert (await office.draft(card)).number == 1


async def test_a_preview_under_a_message_is_no_edit(office: Office) -> None:
    ts, card = await office.paste(BROWSERS)
    before = len(await office.kept())
    office.sandbox.unfurl(INTAKE, ts)
    await office.idle()
    assert (await office.draft(card)).number == 1
    assert len(await office.kept()) == before


async def test_a_deleted_message_voids_its_draft_and_the_old_button_is_refused(office: Office) -> None:
    ts, card = await office.paste(BROWSERS)
    await office.ben.press(INTAKE, card["ts"], "escalate")
    click = office.sandbox.last_interaction
    approve = button(card, "approve")
    await office.ana.delete(INTAKE, ts)
    stale = await office.shows(ts, "*Out of date.* The message it was drafted from was deleted")
    assert button(stale, "approve") is None
    await office.ben.replay({**click, "actions": [{**(approve or {}), "block_id": "decide"}]})
    await office.told(office.ben, "deleted; ask for a new draft", thread=ts)
    assert (await office.draft(card)).state == "stale"


async def test_a_message_deleted_before_it_is_read_gets_no_card(office: Office) -> None:
    posted = Message(INTAKE, "U0ANA", BROWSERS)
    office.sandbox.workspace.messages.add(posted)
    message = {"type": "message", "user": "U0ANA", "text": BROWSERS, "ts": posted.ts}
    where = {"channel": INTAKE, "channel_type": "channel"}
    gone = {"type": "message", "subtype": "message_deleted", "previous_message": message, "deleted_ts": posted.ts}
    await office.sandbox.inject({**gone, **where})
    await office.sandbox.inject({**message, **where})
    await office.idle()
    assert office.cards(posted.ts) == []


@pytest.mark.parametrize("deleted", [False, True])
async def test_a_change_that_comes_between_reading_the_message_and_the_card_is_not_lost(
    office: Office, *, deleted: bool
) -> None:
    office.sandbox.faults.add("conversations.info", Fault.SLOW(0.5))
    ts = await office.ana.say(INTAKE, BROWSERS)
    await office.sandbox.until(lambda: not office.sandbox.faults.planned[-1].times)
    if deleted:
        await office.ana.delete(INTAKE, ts)
    else:
        await office.ana.edit(INTAKE, ts, PASSWORD)
        await office.shows(ts, '"redraft"', "Forgot password")
    await office.idle()
    replies = office.sandbox.workspace.messages.replies(INTAKE, ts)
    assert len(replies) == (0 if deleted else 1)
    assert "Firefox" not in str(replies)


async def test_a_deleted_message_voids_the_approval_too(office: Office) -> None:
    ts, card = await office.paste(BROWSERS)
    await office.ben.react(INTAKE, card["ts"], "white_check_mark")
    await office.shows(ts, "*Approved*")
    await office.ana.delete(INTAKE, ts)
    await office.shows(ts, "*Out of date.* The message it was drafted from was deleted")
    await office.sam.react(INTAKE, card["ts"], "white_check_mark")
    await office.told(office.sam, "deleted; ask for a new draft", thread=ts)
