"""The door that the page in the browser uses, by its contract."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient
from yarl import URL

from bot.sandbox.door import PAGE
from bot.sandbox.sandbox import Sandbox
from tests.bot.sandbox.tiny_desk import CARD, FORM, by_socket

Json = dict[str, Any]


class Browser:
    """A page, as far as the server can tell."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self._session = session
        self._url = url

    async def get(self, path: str, **query: str) -> Json:
        async with self._session.get(f"{self._url}/door/{path}", params=query) as response:
            return dict(await response.json(), status=response.status)

    async def post(self, path: str, body: Json, **headers: str) -> Json:
        async with self._session.post(f"{self._url}/door/{path}", json=body, headers=headers) as response:
            return dict(await response.json(), status=response.status)


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def browser(session: aiohttp.ClientSession, sandbox: Sandbox) -> Browser:
    return Browser(session, sandbox.url)


async def test_the_workspace_shows_what_a_person_is_in(browser: Browser) -> None:
    seen = await browser.get("workspace", **{"as": "U0OLI"})
    assert seen["workspace"] == {"id": "T0HARBOR", "name": "Harborlight"}
    assert seen["me"] == "U0OLI"
    assert seen["app"] == {"id": "A0PROOFDESK", "user_id": "U0PROOFDESK", "bot_id": "B0PROOFDESK", "name": "Proofdesk"}
    channels = {channel["id"]: channel["kind"] for channel in seen["channels"]}
    assert channels == {"C0INTAKE": "public", "C0RANDOM": "public", "C0PARTNER": "shared", "D0OLI": "im"}
    oli = next(person for person in seen["people"] if person["id"] == "U0OLI")
    assert oli == {
        "id": "U0OLI",
        "name": "oli",
        "label": "Oli Brandt",
        "title": "Guest from an agency",
        "guest": True,
    }
    assert seen["samples"] == [{"id": "refund", "label": "A refund", "text": "I want my money back."}]
    assert {"id": "S0SENIORS", "handle": "support-seniors", "name": "Support seniors"} in seen["groups"]
    assert [command["command"] for command in seen["commands"]] == ["/draft", "/kb", "/docs", "/desk"]
    assert seen["shortcuts"] == [{"callback_id": "draft_reply", "name": "Draft a reply"}]


async def test_a_message_can_be_sent_answered_changed_reacted_to_and_deleted(browser: Browser) -> None:
    sent = await browser.post("message", {"as": "U0ANA", "channel": "C0RANDOM", "text": "one & two"})
    reply = {"as": "U0BEN", "channel": "C0RANDOM", "text": "three", "thread_ts": sent["ts"]}
    replied = await browser.post("message", reply)
    place = {"as": "U0ANA", "channel": "C0RANDOM", "ts": sent["ts"]}
    assert (await browser.post("edit", place | {"text": "one"}))["ok"]
    assert (await browser.post("react", place | {"name": "eyes", "add": True}))["ok"]
    assert (await browser.post("delete", {"as": "U0BEN", "channel": "C0RANDOM", "ts": replied["ts"]}))["ok"]
    seen = await browser.get("messages", channel="C0RANDOM", **{"as": "U0BEN"})
    [message] = seen["messages"]
    assert message["text"] == "one"
    assert message["edited"]["user"] == "U0ANA"
    assert message["reactions"] == [{"name": "eyes", "users": ["U0ANA"], "count": 1}]
    assert "reply_count" not in message
    assert (await browser.post("react", place | {"name": "eyes", "add": False}))["ok"]
    thread = await browser.get("thread", channel="C0RANDOM", ts=sent["ts"], **{"as": "U0BEN"})
    assert [message["reactions"] for message in thread["messages"]] == [[]]


async def test_a_channel_one_is_not_in_stays_closed(browser: Browser) -> None:
    seen = await browser.get("messages", channel="G0LEADS", **{"as": "U0OLI"})
    assert (seen["status"], seen["error"]) == (400, "You are not in this conversation.")
    assert (await browser.get("workspace", **{"as": "U0NOBODY"}))["status"] == 400


@pytest.mark.parametrize(
    ("path", "body", "lacks"),
    [
        ("message", {}, "as"),
        ("message", {"as": []}, "as"),
        ("message", {"as": "U0ANA"}, "channel"),
        ("message", {"as": "U0ANA", "channel": 7, "text": "hello"}, "channel"),
        ("message", {"as": "U0ANA", "channel": "C0RANDOM", "text": None}, "text"),
        ("react", {"as": "U0ANA", "channel": "C0RANDOM", "ts": "1.1", "add": True}, "name"),
        ("action", {"as": "U0ANA", "container": "C0RANDOM"}, "container"),
        ("action", {"as": "U0ANA", "container": {}, "action_id": "go"}, "block_id"),
        ("view/submit", {"as": "U0ANA", "view_id": "V1", "values": []}, "values"),
        ("view/submit", {"as": "U0ANA", "view_id": "V1", "values": {"reply": "hello"}}, "reply"),
    ],
)
async def test_a_request_that_lacks_something_is_told_what(browser: Browser, path: str, body: Json, lacks: str) -> None:
    answer = await browser.post(path, body)
    assert (answer["status"], answer["ok"]) == (400, False)
    assert answer["error"].startswith(f"This request lacks its {lacks}.")


async def test_what_is_no_json_is_refused(session: aiohttp.ClientSession, sandbox: Sandbox) -> None:
    headers = {"Content-Type": "application/json"}
    async with session.post(f"{sandbox.url}/door/message", data="{", headers=headers) as answer:
        assert (answer.status, (await answer.json())["error"]) == (400, "This is not JSON.")
    async with session.post(f"{sandbox.url}/door/message", data={"as": "U0ANA"}) as answer:
        assert answer.status == 403


async def test_another_site_in_the_browser_cannot_use_the_door(browser: Browser, sandbox: Sandbox) -> None:
    body = {"as": "U0ANA", "channel": "C0RANDOM", "text": "hello"}
    assert (await browser.post("message", body, Origin="https://evil.example"))["status"] == 403
    assert (await browser.post("message", body, Host="evil.example"))["status"] == 403
    assert sandbox.person("U0ANA").messages("C0RANDOM") == []


async def test_commands_say_what_slack_would_say(browser: Browser, sandbox: Sandbox) -> None:
    unknown = await browser.post("message", {"as": "U0ANA", "channel": "C0RANDOM", "text": "/foo bar"})
    assert unknown["error"] == "/foo is not a valid command."
    body = {"as": "U0ANA", "channel": "C0RANDOM", "text": "/kb refunds"}
    assert "dispatch_failed" in (await browser.post("message", body))["error"]
    async with by_socket(sandbox):
        assert (await browser.post("message", body))["command"]
        threaded = await browser.post("message", body | {"thread_ts": "1.0"})
    assert threaded["error"] == "/kb is not supported in threads. Sorry!"


async def test_a_form_is_opened_refused_and_submitted(
    browser: Browser, sandbox: Sandbox, client: AsyncWebClient
) -> None:
    card = await client.chat_postMessage(channel="C0INTAKE", text="A draft", blocks=CARD)
    place = {"type": "message", "channel": "C0INTAKE", "ts": card["ts"]}
    async with by_socket(sandbox):
        action = {"as": "U0ANA", "container": place, "block_id": "decide", "action_id": "edit", "value": "7"}
        assert (await browser.post("action", action))["ok"]
        view = sandbox.person("U0ANA").views[0]
        form = {"as": "U0ANA", "view_id": view["id"], "values": {}}
        assert (await browser.post("view/submit", form))["errors"] == {"reply": "Nothing was changed."}
        empty = {"reply": {"text": {"type": "plain_text_input", "value": ""}}}
        refused = await browser.post("view/submit", form | {"values": empty})
        assert refused["errors"] == {"reply": "Please complete this required field."}
        filled = {"reply": {"text": {"type": "plain_text_input", "value": "Hi"}}}
        assert (await browser.post("view/submit", form | {"values": filled}))["closed"] is True
        closed = await browser.post("view/close", {"as": "U0ANA", "view_id": view["id"]})
    assert closed["error"] == "This view is not open any more."


async def test_the_home_tab_is_shown_once_the_app_has_published_it(browser: Browser, client: AsyncWebClient) -> None:
    assert (await browser.get("home", **{"as": "U0ANA"}))["view"] is None
    await client.views_publish(user_id="U0ANA", view={"type": "home", "blocks": CARD[:1]})
    assert (await browser.get("home", **{"as": "U0ANA"}))["view"]["type"] == "home"
    assert (await browser.post("home_opened", {"as": "U0ANA"}))["ok"]


async def _news(stream: aiohttp.ClientResponse) -> Json:
    async with asyncio.timeout(5):
        async for line in stream.content:
            if line.startswith(b"data: "):
                return dict(json.loads(line.removeprefix(b"data: ")))
    raise AssertionError("The stream has ended.")


async def test_the_stream_tells_each_person_what_concerns_them(
    session: aiohttp.ClientSession, sandbox: Sandbox, client: AsyncWebClient
) -> None:
    async with session.get(f"{sandbox.url}/door/stream", params={"as": "U0OLI"}) as stream:
        assert await _news(stream) == {"type": "hello"}
        sam, oli = sandbox.person("U0SAM"), sandbox.person("U0OLI")
        await sam.say("G0LEADS", "not for Oli")
        await client.chat_postEphemeral(channel="C0RANDOM", user="U0SAM", text="not for Oli either")
        ts = await sam.say("C0RANDOM", "for all")
        assert await _news(stream) == {"type": "message", "channel": "C0RANDOM", "ts": ts}
        reply = await sam.say("C0RANDOM", "more", ts)
        assert await _news(stream) == {"type": "message", "channel": "C0RANDOM", "ts": reply, "thread_ts": ts}
        await sam.edit("C0RANDOM", reply, "much more")
        assert (await _news(stream))["type"] == "changed"
        await sam.react("C0RANDOM", ts, "eyes")
        assert (await _news(stream))["type"] == "reaction"
        await sam.delete("C0RANDOM", reply)
        assert (await _news(stream))["type"] == "deleted"
        await client.chat_postEphemeral(channel="C0RANDOM", user="U0OLI", text="for Oli")
        assert (await _news(stream))["type"] == "ephemeral"
        await client.views_publish(user_id="U0OLI", view={"type": "home", "blocks": CARD[:1]})
        assert (await _news(stream))["type"] == "home"
        view = await client.views_open(trigger_id=sandbox.interactions.triggers.issue("U0OLI"), view=FORM)
        news = await _news(stream)
        assert (news["type"], news["view"]["id"]) == ("view", view["view"]["id"])
        await oli.close(view["view"]["id"])
        assert (await _news(stream))["type"] == "view_closed"
        await oli.command("/foo", "", "C0RANDOM")
        assert await _news(stream) == {"type": "notice", "text": "/foo is not a valid command."}


async def test_the_page_forbids_everything_from_elsewhere(session: aiohttp.ClientSession, sandbox: Sandbox) -> None:
    async with session.get(sandbox.url) as page:
        assert page.status == 200
        assert page.headers["Content-Security-Policy"].startswith("default-src 'self'")
        assert "<!doctype html>" in (await page.text()).lower()


async def test_the_files_of_the_page_are_served(session: aiohttp.ClientSession, sandbox: Sandbox) -> None:
    for file in (each for each in PAGE.iterdir() if each.is_file()):
        async with session.get(f"{sandbox.url}/page/{file.name}") as answer:
            assert answer.status == 200
            assert await answer.read() == file.read_bytes()
    for elsewhere in ("/page/%2e%2e/world.py", "/page/..%2fworld.py", "/page/absent.js"):
        async with session.get(URL(sandbox.url + elsewhere, encoded=True)) as answer:
            assert answer.status == 404
