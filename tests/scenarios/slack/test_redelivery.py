import asyncio

import pytest

from tests.office import INTAKE, Office
from tests.scenarios.slack.tickets import BROWSERS, PASSWORD

pytestmark = pytest.mark.asyncio(loop_scope="module")
REACTION = {"type": "reaction_added", "user": "U0BEN", "reaction": "white_check_mark"}


def event_of(office: Office, ts: str) -> str:
    """The id of the event that told of a message."""
    sent = office.sandbox.dispatcher.sent
    return next(i for i, whole in sent.items() if whole["event"].get("ts") == ts)


async def test_an_event_delivered_four_times_makes_one_card(office: Office) -> None:
    ts, _ = await office.paste(BROWSERS)
    await office.sandbox.redeliver(event_of(office, ts), times=3)
    await office.idle()
    assert len(office.cards(ts)) == 1
    assert [row.message for row in await office.kept()].count(ts) == 1


async def test_fifty_copies_at_once_are_all_acknowledged_and_make_one_card(office: Office) -> None:
    ts = await office.ana.say(INTAKE, PASSWORD)
    event = event_of(office, ts)
    await office.sandbox.redeliver(event, times=50)
    await office.shows(ts, '"redraft"')
    await office.idle()
    assert len(office.cards(ts)) == 1
    assert {each.status for each in office.sandbox.deliveries if each.event_id == event} == {"ok"}


async def test_a_mention_that_comes_as_two_events_makes_one_card(office: Office) -> None:
    ts = await office.ana.say(INTAKE, f"@Proofdesk {BROWSERS}")
    await office.shows(ts, '"redraft"')
    await office.idle()
    told = [
        whole["event"]["type"] for whole in office.sandbox.dispatcher.sent.values() if whole["event"].get("ts") == ts
    ]
    assert sorted(told) == ["app_mention", "message"]
    assert len(office.cards(ts)) == 1


async def test_a_reaction_delivered_again_decides_nothing_twice(office: Office) -> None:
    ts, card = await office.paste(BROWSERS)
    await office.ben.react(INTAKE, card["ts"], "white_check_mark")
    await office.shows(ts, "*Approved*")
    sent = office.sandbox.dispatcher.sent
    event = [i for i, whole in sent.items() if whole["event"]["type"] == "reaction_added"][-1]
    await office.sandbox.redeliver(event)
    await office.idle()
    assert len(await office.decisions(card)) == 1


async def test_an_event_of_another_workspace_is_acknowledged_and_dropped(office: Office) -> None:
    ts, _ = await office.paste(BROWSERS)
    whole = office.sandbox.dispatcher.sent[event_of(office, ts)]
    before = len(await office.kept())
    foreign = {
        **whole,
        "team_id": "T0OTHER",
        "event_id": "Ev0OTHER",
        "event": {**whole["event"], "ts": "1700000000.000100"},
    }
    await office.sandbox.dispatcher.announce(foreign)
    await office.idle()
    assert len(await office.kept()) == before
    assert {each.status for each in office.sandbox.deliveries if each.event_id == "Ev0OTHER"} == {"ok"}


@pytest.mark.parametrize(
    "event",
    [
        {"type": "channel_rename", "channel": {"id": INTAKE, "name": "new"}},
        {"type": "an_event_of_the_future"},
        {"type": "message", "subtype": "message_changed", "channel": INTAKE, "ts": "1.1"},
        {"type": "message", "subtype": "message_deleted", "channel": INTAKE, "ts": "1.1"},
        {"type": "message", "channel": INTAKE, "ts": "1.2"},
        {**REACTION, "item": {"type": "file", "file": "F1"}},
        {**REACTION, "item": {"type": "message", "channel": "C9", "ts": "1.1"}},
        {**REACTION, "item": {}},
    ],
)  # fmt: skip
async def test_an_event_that_means_nothing_here_is_acknowledged_once(office: Office, event: dict[str, object]) -> None:
    before = len(office.sandbox.workspace.messages.in_channel(INTAKE))
    event_id = await office.sandbox.inject(event)
    await office.idle()
    assert [each.status for each in office.sandbox.deliveries if each.event_id == event_id] == ["ok"]
    assert len(office.sandbox.workspace.messages.in_channel(INTAKE)) == before


async def test_a_button_of_the_future_is_acknowledged_and_does_nothing(office: Office) -> None:
    _, card = await office.paste(BROWSERS)
    await office.ben.press(INTAKE, card["ts"], "redraft", option=f"friendlier:{(await office.draft(card)).id}")
    click = office.sandbox.last_interaction
    await office.idle()
    before = len(await office.kept())
    unknown = {**click, "actions": [{"type": "button", "action_id": "launch", "block_id": "b", "value": "1"}]}
    assert await office.ben.replay(unknown)
    await office.idle()
    assert len(await office.kept()) == before


async def test_a_button_whose_draft_is_not_known_is_answered(office: Office) -> None:
    ts, card = await office.paste(BROWSERS)
    await office.ben.press(INTAKE, card["ts"], "escalate")
    click = office.sandbox.last_interaction
    for name in ("approve", "edit", "undo"):
        action = {"type": "button", "action_id": name, "block_id": "b", "value": "no-such-draft"}
        await office.ben.replay({**click, "actions": [action]})
    await asyncio.gather(office.idle())
    told = [each for each in office.ben.ephemerals(INTAKE, ts) if "not known here any more" in str(each)]
    assert len(told) == 3


@pytest.mark.parametrize("kind", ["view_closed", "block_suggestion", "dialog_cancellation", "some_day_a_new_one"])
async def test_an_interaction_that_nobody_listens_to_is_acknowledged(office: Office, kind: str) -> None:
    before = len(await office.kept())
    view = {"id": "V1", "type": "modal", "callback_id": "edit_submitted", "private_metadata": ""}
    assert await office.sandbox.interactions.send("U0BEN", {"type": kind, "view": view, "is_cleared": False})
    assert len(await office.kept()) == before
