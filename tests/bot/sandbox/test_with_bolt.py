"""A bot made with real Bolt does not notice that this is not Slack, over Socket Mode and over signed HTTP."""

from collections.abc import AsyncIterator

import pytest

from bot.sandbox.interactions import TIMED_OUT
from bot.sandbox.sandbox import Sandbox
from tests.bot.sandbox.tiny_desk import by_http, by_socket


@pytest.fixture(params=[by_socket, by_http], ids=["socket mode", "signed http"])
async def desk(request: pytest.FixtureRequest, sandbox: Sandbox) -> AsyncIterator[Sandbox]:
    async with request.param(sandbox):
        yield sandbox
        await sandbox.settled()


async def _card(desk: Sandbox) -> tuple[str, str]:
    """The time stamps of a ticket and of the card under it."""
    ana = desk.person("U0ANA")
    ticket = await ana.say("C0INTAKE", "@Proofdesk where is my refund?")
    await desk.until(lambda: desk.count("chat.update"))
    await desk.settled()
    return ticket, ana.thread("C0INTAKE", ticket)[1]["ts"]


async def test_a_mention_gets_a_card_in_its_thread(desk: Sandbox) -> None:
    ticket, _ = await _card(desk)
    thread = desk.person("U0BEN").thread("C0INTAKE", ticket)
    assert [message["text"] for message in thread] == ["<@U0PROOFDESK> where is my refund?", "A draft"]
    assert thread[1]["blocks"][1]["elements"][0]["action_id"] == "edit"
    assert thread[0]["reply_count"] == 1


async def test_a_click_opens_a_form_that_can_be_refused_and_taken(desk: Sandbox) -> None:
    _, card = await _card(desk)
    ana = desk.person("U0ANA")
    assert await ana.press("C0INTAKE", card, "edit")
    assert ana.views[0]["title"]["text"] == "Edit the draft"
    assert (await ana.submit(ana.views[0])).errors == {"reply": "Nothing was changed."}
    done = await ana.submit(ana.views[0], {"reply": {"text": {"type": "plain_text_input", "value": "Hi"}}})
    assert done.closed
    assert ana.views == []


async def test_a_reaction_is_answered_for_one_person_only(desk: Sandbox) -> None:
    ticket, card = await _card(desk)
    ben = desk.person("U0BEN")
    await ben.react("C0INTAKE", card, "white_check_mark")
    await desk.until(lambda: ben.ephemerals("C0INTAKE"))
    assert ben.ephemerals("C0INTAKE", ticket)[0]["text"] == "white_check_mark seen"
    assert desk.person("U0ANA").ephemerals("C0INTAKE") == []


async def test_a_command_is_answered_at_once_and_later(desk: Sandbox) -> None:
    ana = desk.person("U0ANA")
    assert await ana.command("/kb", "refunds", "C0RANDOM") == ""
    await desk.until(lambda: len(ana.ephemerals("C0RANDOM")) == 2)
    assert {message["text"] for message in ana.ephemerals("C0RANDOM")} == {"Looking up refunds", "Within 14 days"}


async def test_a_message_shortcut_reaches_the_bot(desk: Sandbox) -> None:
    ana = desk.person("U0ANA")
    ts = await ana.say("C0RANDOM", "a ticket")
    assert await ana.shortcut("draft_reply", "C0RANDOM", ts)
    assert ana.thread("C0RANDOM", ts)[1]["user"] == "U0PROOFDESK"


async def test_an_interaction_nobody_handles_is_told_to_the_person(desk: Sandbox) -> None:
    desk.socket_mode.ack_seconds = 0.1
    ana = desk.person("U0ANA")
    _, card = await _card(desk)
    await ana.press("C0INTAKE", card, "edit")
    stale = {**desk.last_interaction, "actions": [{**desk.last_interaction["actions"][0], "action_id": "gone"}]}
    assert not await ana.replay(stale)
    assert ana.notices == [TIMED_OUT]
