"""Deliveries over signed HTTP: signatures, retries, and events sent again."""

import json
import logging

import pytest

from bot.sandbox.interactions import TIMED_OUT
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.signed_http import signed
from tests.bot.sandbox.apps import endpoint


async def test_an_event_comes_signed_and_once(sandbox: Sandbox) -> None:
    async with endpoint(sandbox) as app:
        await sandbox.person("U0ANA").say("C0RANDOM", "hello")
        await sandbox.settled()
    assert app.unsigned == 0
    assert [event["text"] for event in app.events] == ["hello"]
    assert app.header("x-slack-retry-num") == [None]
    [delivery] = sandbox.deliveries
    assert (delivery.kind, delivery.what, delivery.attempt, delivery.status) == ("events_api", "message", 0, "ok")
    assert delivery.answered_after_ms is not None


async def test_an_event_comes_again_until_it_is_taken(sandbox: Sandbox) -> None:
    async with endpoint(sandbox) as app:
        app.statuses = [500, 404]
        await sandbox.person("U0ANA").say("C0RANDOM", "hello")
        await sandbox.settled()
    assert app.header("x-slack-retry-num") == [None, "1", "2"]
    assert app.header("x-slack-retry-reason") == [None, "http_error", "http_error"]
    assert len({json.loads(body)["event_id"] for _, body in app.requests}) == 1
    assert [delivery.status for delivery in sandbox.deliveries] == ["http_error", "http_error", "ok"]


async def test_an_event_is_given_up_after_three_retries(sandbox: Sandbox) -> None:
    sandbox.retry_delays = (0.0, 0.0, 0.0)
    async with endpoint(sandbox) as app:
        app.statuses = [500] * 9
        await sandbox.person("U0ANA").say("C0RANDOM", "hello")
        await sandbox.settled()
    assert len(app.requests) == 4


async def test_an_app_can_refuse_retries(sandbox: Sandbox) -> None:
    async with endpoint(sandbox) as app:
        app.statuses = [500]
        app.answer_headers = {"x-slack-no-retry": "1"}
        await sandbox.person("U0ANA").say("C0RANDOM", "hello")
        await sandbox.settled()
    assert len(app.requests) == 1


async def test_an_app_that_is_not_there_is_tried_again(sandbox: Sandbox) -> None:
    sandbox.deliver_to("http://127.0.0.1:1/")
    await sandbox.person("U0ANA").say("C0RANDOM", "hello")
    await sandbox.until(lambda: sandbox.deliveries and sandbox.deliveries[0].status == "connection_failed")
    async with endpoint(sandbox) as app:
        await sandbox.settled()
    assert app.header("x-slack-retry-reason") == ["connection_failed"]


async def test_an_event_that_was_taken_can_be_sent_again(sandbox: Sandbox) -> None:
    async with endpoint(sandbox) as app:
        event_id = await sandbox.inject({"type": "app_mention", "channel": "C0RANDOM", "ts": "1.1"}, "Ev0AGAIN")
        await sandbox.redeliver(event_id, times=3)
    assert sorted(app.header("x-slack-retry-num"), key=str) == ["1", "2", "3", None]
    assert {json.loads(body)["event_id"] for _, body in app.requests} == {"Ev0AGAIN"}
    assert len({body for _, body in app.requests}) == 1


async def test_a_click_is_sent_once_as_a_form_and_its_failure_is_told(sandbox: Sandbox) -> None:
    ana = sandbox.person("U0ANA")
    ts = await ana.say("C0RANDOM", "a ticket")
    await sandbox.settled()
    async with endpoint(sandbox) as app:
        app.statuses = [500]
        assert not await ana.shortcut("draft_reply", "C0RANDOM", ts)
    payload = json.loads(app.forms()[0]["payload"])
    assert (payload["type"], payload["callback_id"], payload["message"]["text"]) == (
        "message_action",
        "draft_reply",
        "a ticket",
    )
    assert app.unsigned == 0
    assert len(app.requests) == 1
    assert ana.notices == [TIMED_OUT]


async def test_a_command_comes_as_form_fields_and_its_answer_is_shown(sandbox: Sandbox) -> None:
    ana = sandbox.person("U0ANA")
    async with endpoint(sandbox) as app:
        app.body = "Looking it up"
        assert await ana.command("/kb", "a <b> & c", "C0RANDOM") == ""
        app.body = json.dumps({"response_type": "in_channel", "text": "For all"})
        assert await ana.command("/kb", "", "C0RANDOM") == ""
        app.body = json.dumps({"text": "Broken", "blocks": [{"type": "sektion"}]})
        assert "does not accept" in await ana.command("/kb", "", "C0RANDOM")
    fields = app.forms()[0]
    assert (fields["command"], fields["text"], fields["user_id"]) == ("/kb", "a <b> & c", "U0ANA")
    assert fields["channel_name"] == "random"
    assert [message["text"] for message in ana.ephemerals("C0RANDOM")] == ["Looking it up"]
    assert [message["text"] for message in sandbox.person("U0BEN").messages("C0RANDOM")] == ["For all"]


def test_a_signature_depends_on_body_secret_and_time() -> None:
    headers = signed(b"body", "secret", at=1_700_000_000)
    assert headers["x-slack-request-timestamp"] == "1700000000"
    others = (
        signed(b"b0dy", "secret", at=1_700_000_000),
        signed(b"body", "s", at=1_700_000_000),
        signed(b"body", "secret", at=1),
    )
    assert headers["x-slack-signature"] not in [other["x-slack-signature"] for other in others]


async def test_waiting_in_vain_says_what_did_happen(sandbox: Sandbox, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    await sandbox.person("U0ANA").say("C0RANDOM", "hello")
    await sandbox.settled()
    with pytest.raises(AssertionError, match=r"Waited 0\.01 s in vain.*message connection_failed"):
        await sandbox.until(lambda: False, timeout=0.01)
    assert "hello" not in caplog.text


async def test_leaving_gives_up_what_is_under_way() -> None:
    async with Sandbox() as sandbox:
        sandbox.retry_delays = (60.0,)
        await sandbox.person("U0ANA").say("C0RANDOM", "hello")
        await sandbox.until(lambda: sandbox.deliveries and sandbox.deliveries[0].status != "waiting")
        assert sandbox.dispatcher.in_flight == 1
    assert sandbox.dispatcher.in_flight == 0
