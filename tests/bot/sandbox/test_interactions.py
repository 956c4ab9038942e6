"""Clicks, forms and response URLs, as Slack sends them and takes their answers."""

import asyncio
import json
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.onlooker import CannotDo
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.workspace import Change
from tests.bot.sandbox.apps import Socket, endpoint, socket
from tests.bot.sandbox.refusals import error_of
from tests.bot.sandbox.tiny_desk import CARD, FORM

Json = dict[str, Any]


async def _answered(link: Socket, doing: Any, payload: Json | None = None) -> tuple[Json, Any]:
    """Does something as a person and acknowledges what the app gets; hands back both."""
    task = asyncio.create_task(doing)
    envelope = await link.next()
    while envelope["type"] == "events_api":
        await link.acknowledge(envelope)
        envelope = await link.next()
    await link.acknowledge(envelope, payload)
    return envelope["payload"], await task


async def test_a_click_carries_the_message_the_place_and_the_value(sandbox: Sandbox, client: AsyncWebClient) -> None:
    ts = (await client.chat_postMessage(channel="C0RANDOM", text="A draft", blocks=CARD))["ts"]
    async with socket(sandbox) as link:
        payload, answered = await _answered(link, sandbox.person("U0ANA").press("C0RANDOM", ts, "edit"))
    assert answered
    assert payload == sandbox.last_interaction
    assert payload["type"] == "block_actions"
    assert payload["container"] == {
        "type": "message",
        "message_ts": ts,
        "channel_id": "C0RANDOM",
        "is_ephemeral": False,
    }
    assert payload["user"]["id"] == "U0ANA"
    assert payload["message"]["ts"] == ts
    [action] = payload["actions"]
    assert (action["action_id"], action["block_id"], action["type"], action["value"]) == (
        "edit",
        "decide",
        "button",
        "7",
    )


async def test_a_click_on_an_ephemeral_message_carries_no_message(sandbox: Sandbox, client: AsyncWebClient) -> None:
    whispered = await client.chat_postEphemeral(channel="C0RANDOM", user="U0ANA", text="A draft", blocks=CARD)
    async with socket(sandbox) as link:
        press = sandbox.person("U0ANA").press("C0RANDOM", whispered["message_ts"], "edit")
        payload, _ = await _answered(link, press)
    assert payload["container"]["is_ephemeral"] is True
    assert "message" not in payload


async def test_equal_buttons_are_told_apart_and_missing_ones_refused(sandbox: Sandbox, client: AsyncWebClient) -> None:
    def row(block_id: str, value: str) -> Json:
        button = {"type": "button", "action_id": "take", "value": value, "text": {"type": "plain_text", "text": "Take"}}
        return {"type": "actions", "block_id": block_id, "elements": [button]}

    blocks = [row("first", "1"), row("second", "2")]
    ts = (await client.chat_postMessage(channel="C0RANDOM", text="Drafts", blocks=blocks))["ts"]
    ana = sandbox.person("U0ANA")
    async with socket(sandbox) as link:
        payload, _ = await _answered(link, ana.press("C0RANDOM", ts, "take", "2"))
        assert payload["actions"][0]["block_id"] == "second"
        payload, _ = await _answered(link, ana.press("C0RANDOM", ts, "take", block_id="second"))
        assert payload["actions"][0]["value"] == "2"
    for gone in (
        {"action_id": "drop"},
        {"action_id": "take", "value": "3"},
        {"action_id": "take", "block_id": "third"},
    ):
        with pytest.raises(CannotDo, match="not there any more"):
            await ana.press("C0RANDOM", ts, **gone)


async def test_a_menu_sends_the_option_that_was_chosen(sandbox: Sandbox, client: AsyncWebClient) -> None:
    options = [{"text": {"type": "plain_text", "text": word}, "value": word} for word in ("one", "two")]
    menu = {"type": "static_select", "action_id": "pick", "options": options}
    blocks = [{"type": "actions", "block_id": "menu", "elements": [menu]}]
    ts = (await client.chat_postMessage(channel="C0RANDOM", text="Pick", blocks=blocks))["ts"]
    ana = sandbox.person("U0ANA")
    async with socket(sandbox) as link:
        payload, _ = await _answered(link, ana.press("C0RANDOM", ts, "pick", option="two"))
    assert payload["actions"][0]["selected_option"]["value"] == "two"
    assert payload["state"]["values"]["menu"]["pick"]["selected_option"]["value"] == "two"
    with pytest.raises(CannotDo, match="not offered"):
        await ana.press("C0RANDOM", ts, "pick", option="three")


async def test_an_old_click_can_be_repeated_after_its_button_has_gone(sandbox: Sandbox, client: AsyncWebClient) -> None:
    ts = (await client.chat_postMessage(channel="C0RANDOM", text="A draft", blocks=CARD))["ts"]
    ana = sandbox.person("U0ANA")
    async with socket(sandbox) as link:
        before, _ = await _answered(link, ana.press("C0RANDOM", ts, "edit"))
        await client.chat_update(channel="C0RANDOM", ts=ts, text="Approved", blocks=[])
        again, answered = await _answered(link, sandbox.person("U0BEN").replay(before))
    assert answered
    assert again["actions"] == before["actions"]
    assert again["user"]["id"] == "U0BEN"
    assert again["trigger_id"] != before["trigger_id"]


async def test_a_trigger_opens_one_modal_and_soon(sandbox: Sandbox, client: AsyncWebClient) -> None:
    triggers = sandbox.interactions.triggers
    used = triggers.issue("U0ANA")
    await client.views_open(trigger_id=used, view=FORM)
    assert await error_of(client, "views.open", trigger_id=used, view=FORM) == "exchanged_trigger_id"
    triggers.seconds = -1.0
    assert await error_of(client, "views.open", trigger_id=triggers.issue("U0ANA"), view=FORM) == "expired_trigger_id"
    assert len(sandbox.person("U0ANA").views) == 1
    assert sandbox.person("U0BEN").views == []


async def test_a_view_is_updated_only_by_who_knows_its_hash(sandbox: Sandbox, client: AsyncWebClient) -> None:
    trigger = sandbox.interactions.triggers.issue("U0ANA")
    view = (await client.views_open(trigger_id=trigger, view=FORM | {"external_id": "form-7"}))["view"]
    assert await error_of(client, "views.update", view_id=view["id"], view=FORM, hash="other") == "hash_conflict"
    changed = FORM | {"title": {"type": "plain_text", "text": "Other"}, "external_id": "form-7"}
    updated = (await client.views_update(external_id="form-7", view=changed, hash=view["hash"]))["view"]
    assert updated["id"] == view["id"]
    assert updated["hash"] != view["hash"]
    assert sandbox.person("U0ANA").views[0]["title"]["text"] == "Other"
    again = sandbox.interactions.triggers.issue("U0BEN")
    assert await error_of(client, "views.open", trigger_id=again, view=changed) == "duplicate_external_id"


async def test_three_modals_are_the_most_in_a_stack(sandbox: Sandbox, client: AsyncWebClient) -> None:
    def trigger() -> str:
        return sandbox.interactions.triggers.issue("U0ANA")

    assert await error_of(client, "views.push", trigger_id=trigger(), view=FORM) == "not_found"
    first = (await client.views_open(trigger_id=trigger(), view=FORM))["view"]
    pushed = (await client.views_push(trigger_id=trigger(), view=FORM))["view"]
    assert (pushed["previous_view_id"], pushed["root_view_id"]) == (first["id"], first["id"])
    await client.views_push(trigger_id=trigger(), view=FORM)
    assert await error_of(client, "views.push", trigger_id=trigger(), view=FORM) == "push_limit_reached"


async def test_a_home_tab_is_published_anew_by_its_hash(sandbox: Sandbox, client: AsyncWebClient) -> None:
    home = {"type": "home", "blocks": CARD}
    view = (await client.views_publish(user_id="U0ANA", view=home))["view"]
    assert await error_of(client, "views.publish", user_id="U0ANA", view=home, hash="other") == "hash_conflict"
    await client.views_publish(user_id="U0ANA", view=home, hash=view["hash"])
    async with socket(sandbox) as link:
        payload, _ = await _answered(link, sandbox.person("U0ANA").press_in(view["id"], "edit"))
    assert payload["container"] == {"type": "view", "view_id": view["id"]}
    assert payload["view"]["type"] == "home"


ANSWERS: list[tuple[Json | None, bool, list[str]]] = [
    (None, True, []),
    ({"response_action": "clear"}, True, []),
    ({"response_action": "update", "view": FORM | {"callback_id": "second"}}, False, ["second"]),
    ({"response_action": "push", "view": FORM | {"callback_id": "second"}}, False, ["edited", "second"]),
    ({"response_action": "errors", "errors": {"reply": "Not so."}}, False, ["edited"]),
    ({"response_action": "update", "view": {"type": "modal"}}, False, ["edited"]),
]


@pytest.mark.parametrize(("answer", "closed", "left"), ANSWERS)
async def test_the_answer_to_a_form_decides_what_is_open(
    sandbox: Sandbox, client: AsyncWebClient, answer: Json | None, closed: object, left: list[str]
) -> None:
    ana = sandbox.person("U0ANA")
    await client.views_open(trigger_id=sandbox.interactions.triggers.issue("U0ANA"), view=FORM)
    value = {"type": "plain_text_input", "value": "Hi"}
    async with socket(sandbox) as link:
        payload, done = await _answered(link, ana.submit(ana.views[0], {"reply": {"text": value}}), answer)
    assert payload["type"] == "view_submission"
    assert payload["view"]["state"]["values"] == {"reply": {"text": value}}
    assert done.closed is closed
    assert [view["callback_id"] for view in ana.views] == left
    errors = (answer or {}).get("errors", {})
    assert done.errors == errors
    assert bool(done.error) == (answer is not None and answer.get("view") == {"type": "modal"})


async def test_a_form_that_lacks_something_is_not_sent(sandbox: Sandbox, client: AsyncWebClient) -> None:
    ana = sandbox.person("U0ANA")
    await client.views_open(trigger_id=sandbox.interactions.triggers.issue("U0ANA"), view=FORM)
    done = await ana.submit(ana.views[0], {"reply": {"text": {"type": "plain_text_input", "value": ""}}})
    assert done.errors == {"reply": "Please complete this required field."}
    assert sandbox.deliveries == []
    with pytest.raises(CannotDo, match="no field"):
        await ana.submit(ana.views[0], {"reply": {"title": {"type": "plain_text_input", "value": "Hi"}}})
    with pytest.raises(CannotDo, match="not open"):
        await sandbox.person("U0BEN").submit(ana.views[0])


async def test_a_dismissed_modal_is_told_to_an_app_that_asked(sandbox: Sandbox, client: AsyncWebClient) -> None:
    ana = sandbox.person("U0ANA")
    await client.views_open(trigger_id=sandbox.interactions.triggers.issue("U0ANA"), view=FORM)
    await ana.close(ana.views[0])
    assert sandbox.deliveries == []
    asking = FORM | {"notify_on_close": True}
    await client.views_open(trigger_id=sandbox.interactions.triggers.issue("U0ANA"), view=asking)
    async with socket(sandbox) as link:
        payload, _ = await _answered(link, ana.close(ana.views[0]))
    assert (payload["type"], payload["is_cleared"]) == ("view_closed", False)
    assert ana.views == []


async def test_a_response_url_answers_five_times(sandbox: Sandbox, client: AsyncWebClient) -> None:
    ana, ben = sandbox.person("U0ANA"), sandbox.person("U0BEN")
    ts = (await client.chat_postMessage(channel="C0RANDOM", text="A draft", blocks=CARD))["ts"]
    async with socket(sandbox) as link, aiohttp.ClientSession() as session:
        payload, _ = await _answered(link, ana.press("C0RANDOM", ts, "edit"))

        async def respond(**body: Any) -> tuple[int, str]:
            async with session.post(payload["response_url"], json=body) as answer:
                return answer.status, (await answer.json()).get("error", "")

        assert await respond(text="Only you") == (200, "")
        assert [message["text"] for message in ana.ephemerals("C0RANDOM")] == ["Only you"]
        assert await respond(text="All of you", response_type="in_channel") == (200, "")
        assert ben.messages("C0RANDOM")[-1]["text"] == "All of you"
        assert await respond(text="Approved", replace_original=True) == (200, "")
        assert (ben.messages("C0RANDOM")[0]["text"], "blocks" in ben.messages("C0RANDOM")[0]) == ("Approved", False)
        assert await respond(text="In it", response_type="in_channel", thread_ts=ts) == (200, "")
        assert [message["text"] for message in ben.thread("C0RANDOM", ts)] == ["Approved", "In it"]
        assert await respond(blocks=[{"type": "sektion"}]) == (200, "invalid_blocks")
        assert await respond(text="Once more") == (404, "used_url")


async def test_a_response_url_can_take_an_ephemeral_message_away(sandbox: Sandbox, client: AsyncWebClient) -> None:
    ana = sandbox.person("U0ANA")
    whispered = await client.chat_postEphemeral(channel="C0RANDOM", user="U0ANA", text="A draft", blocks=CARD)
    async with socket(sandbox) as link, aiohttp.ClientSession() as session:
        payload, _ = await _answered(link, ana.press("C0RANDOM", whispered["message_ts"], "edit"))
        url = payload["response_url"]
        async with session.post(url, json={"replace_original": True, "text": "Done"}) as answer:
            assert answer.status == 200
        assert [message["text"] for message in ana.ephemerals("C0RANDOM")] == ["Done"]
        async with session.post(url, json={"delete_original": True}) as answer:
            assert answer.status == 200
        assert ana.ephemerals("C0RANDOM") == []
        async with session.post(url, json={"replace_original": True, "text": "Done"}) as answer:
            assert (await answer.json())["error"] == "message_not_found"


async def test_people_cannot_do_what_slack_does_not_let_them(sandbox: Sandbox, client: AsyncWebClient) -> None:
    ana, oli = sandbox.person("U0ANA"), sandbox.person("U0OLI")
    ts = await ana.say("C0INTAKE", "hello")
    posted = (await client.chat_postMessage(channel="C0INTAKE", text="A draft"))["ts"]
    whispered = (await client.chat_postEphemeral(channel="C0INTAKE", user="U0ANA", text="psst"))["message_ts"]
    impossible = [
        ana.say("C0INTAKE", "  "),
        ana.say("C0NOWHERE", "hello"),
        ana.say("C0INTAKE", "hello", "1.1"),
        oli.say("G0LEADS", "hello"),
        oli.edit("C0INTAKE", ts, "mine"),
        oli.delete("C0INTAKE", ts),
        oli.press("C0INTAKE", whispered, "edit"),
        ana.edit("C0INTAKE", posted, "mine"),
        ana.react("C0INTAKE", whispered, "eyes"),
        ana.react("C0INTAKE", ts, "no such emoji"),
        ana.unreact("C0INTAKE", ts, "eyes"),
        ana.shortcut("no_such_thing", "C0INTAKE", ts),
    ]
    for doing in impossible:
        with pytest.raises(CannotDo):
            await doing
    assert len(ana.messages("C0INTAKE")) == 3
    with pytest.raises(CannotDo):
        sandbox.person("U0NOBODY")


async def test_a_form_that_clears_everything_closes_each_view(sandbox: Sandbox, client: AsyncWebClient) -> None:
    closed: list[str] = []

    def heard(change: Change) -> None:
        if change.kind == "view_closed" and change.modal:
            closed.append(change.modal.id)

    sandbox.workspace.listen(heard)
    async with endpoint(sandbox) as app:
        trigger = sandbox.interactions.triggers.issue
        first = await client.views_open(trigger_id=trigger("U0ANA"), view=FORM)
        second = await client.views_push(trigger_id=trigger("U0ANA"), view=FORM)
        app.body = json.dumps({"response_action": "clear"})
        ana = sandbox.person("U0ANA")
        filled = {"reply": {"text": {"type": "plain_text_input", "value": "x"}}}
        assert (await ana.submit(second["view"]["id"], filled)).closed
        assert closed == [second["view"]["id"], first["view"]["id"]]
        assert ana.views == []
        await sandbox.settled()
