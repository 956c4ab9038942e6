import hashlib
import hmac
import io
import json
import logging
import time
from collections.abc import AsyncIterator, Mapping
from typing import Any, NamedTuple

import aiohttp
import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.sandbox import Sandbox
from bot.slack.http import http_door

CANARY = "4111 1111 1111 1111"
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"


class Answer(NamedTuple):
    status: int
    text: str
    seconds: float


class Door:
    """A running door, and Slack or somebody else in front of it."""

    def __init__(self, session: aiohttp.ClientSession, address: str, secret: str) -> None:
        self._session = session
        self._address = address
        self._secret = secret
        self.heard: list[str] = []
        self.health: dict[str, object] = {"ok": True, "socket": "none"}
        self.broken = False

    async def post(self, body: bytes, headers: Mapping[str, str]) -> Answer:
        began = time.perf_counter()
        async with self._session.post(
            f"{self._address}/slack/events", data=io.BytesIO(body), headers=headers
        ) as answer:
            return Answer(answer.status, await answer.text(), time.perf_counter() - began)

    async def signed(self, body: bytes, *, at: float | None = None, kind: str = JSON) -> Answer:
        return await self.post(body, self.headers(body, at=at, kind=kind))

    def headers(self, body: bytes, *, at: float | None = None, kind: str = JSON) -> dict[str, str]:
        stamp = str(int(time.time() if at is None else at))
        signature = hmac.new(self._secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
        return {"content-type": kind, "x-slack-request-timestamp": stamp, "x-slack-signature": f"v0={signature}"}

    async def look(self) -> tuple[int, Any]:
        async with self._session.get(f"{self._address}/health") as answer:
            return answer.status, await answer.json()


@pytest.fixture
async def door(sandbox: Sandbox, client: AsyncWebClient) -> AsyncIterator[Door]:
    app = AsyncApp(client=client, signing_secret=sandbox.signing_secret, process_before_response=True)

    async def health() -> Mapping[str, object]:
        return found.health

    @app.event("message")
    async def hear(event: dict[str, Any]) -> None:
        if found.broken:
            raise RuntimeError(CANARY)
        found.heard.append(event["text"])

    async with http_door(app, "127.0.0.1", 0, health) as port, aiohttp.ClientSession() as session:
        found = Door(session, f"http://127.0.0.1:{port}", sandbox.signing_secret)
        yield found


def a_message(text: str = "hello") -> bytes:
    event = {"type": "message", "channel": "C0INTAKE", "user": "U0ANA", "text": text, "ts": "1.1"}
    return json.dumps({"type": "event_callback", "team_id": "T0HARBOR", "event_id": "Ev1", "event": event}).encode()


async def test_what_slack_signed_is_heard(door: Door) -> None:
    assert (await door.signed(a_message())).status == 200
    assert door.heard == ["hello"]


async def test_the_whole_way_from_a_person_through_slack(sandbox: Sandbox, door: Door) -> None:
    sandbox.deliver_to(f"{door._address}/slack/events")
    await sandbox.person("U0ANA").say("C0INTAKE", "hello")
    await sandbox.until(lambda: door.heard == ["hello"])


@pytest.mark.parametrize("case", ["wrong", "missing", "old", "future", "another body", "no timestamp"])
async def test_what_slack_did_not_sign_is_refused_and_nothing_of_it_is_logged(
    door: Door, caplog: pytest.LogCaptureFixture, case: str
) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, logger="slack_bolt.RequestVerification")  # Bolt sets its own, too.
    body = a_message(CANARY)
    headers = door.headers(body, at={"old": time.time() - 301, "future": time.time() + 400}.get(case))
    match case:
        case "wrong":
            headers["x-slack-signature"] = "v0=" + "0" * 64
        case "missing":
            del headers["x-slack-signature"]
        case "another body":
            body = body.replace(b"U0ANA", b"U0BEN")
        case "no timestamp":
            del headers["x-slack-request-timestamp"]
    answer = await door.post(body, headers)
    assert answer.status == 401
    assert door.heard == []
    assert CANARY not in caplog.text
    assert "request_refused" in caplog.text


DEEP = b'{"event":' + b"[" * 10_000 + b"]" * 10_000 + b"}"
DEEPER_THAN_SLACK = b'{"event":' + b"[" * 200 + b"]" * 200 + b"}"
MALFORMED: dict[str, tuple[bytes, dict[str, str], set[int]]] = {
    "timestamp abc": (b"{}", {"x-slack-request-timestamp": "abc"}, {400}),
    "timestamp empty": (b"{}", {"x-slack-request-timestamp": ""}, {400}),
    "timestamp negative": (b"{}", {"x-slack-request-timestamp": "-1"}, {400}),
    "timestamp huge": (b"{}", {"x-slack-request-timestamp": "1" + "0" * 30}, {400}),
    "timestamp in other digits": (b"{}", {"x-slack-request-timestamp": "\u0661\u0662\u0663"}, {400}),
    "not UTF-8": (b"\xff\xfe{}", {}, {400}),
    "empty": (b"", {}, {401}),
    "3 MiB": (b"x" * 3 * 1024 * 1024, {}, {413}),
    "deep JSON": (DEEP, {}, {400}),
    "deep payload": (b"payload=" + DEEP, {"content-type": FORM}, {400}),
    "not closed": (b"{", {}, {400}),
    "a list": (b"[1, 2]", {}, {400}),
    "a number": (b"17", {}, {400}),
    "null": (b"null", {}, {400}),
    "payload that is a list": (b"payload=[]", {"content-type": FORM}, {400}),
    "10,000 fields": (b"a=1&" * 10_000, {"content-type": FORM}, {400}),
    "a lone surrogate": (b'{"event": "\\ud800"}', {}, {401}),
}


@pytest.mark.parametrize("case", MALFORMED)
async def test_a_malformed_request_is_refused_fast_and_without_a_trace(
    door: Door, caplog: pytest.LogCaptureFixture, case: str
) -> None:
    caplog.set_level(logging.DEBUG)
    body, headers, expected = MALFORMED[case]
    now = {"x-slack-request-timestamp": str(int(time.time())), "x-slack-signature": "v0=0", "content-type": JSON}
    answers = [await door.post(body, now | headers) for _ in range(3)]
    assert {answer.status for answer in answers} <= expected
    assert "Traceback" not in caplog.text + answers[0].text
    assert min(answer.seconds for answer in answers) < 0.05


@pytest.mark.parametrize("value", ["5", "[]", "[5]", '"x"', "null", '{"id": 5}'])
@pytest.mark.parametrize(
    "field", ["authorizations", "channel", "context_team_id", "enterprise", "event", "message", "team", "user", "view"]
)
async def test_a_request_of_a_strange_shape_is_refused(door: Door, field: str, value: str) -> None:
    body = f'{{"type": "event_callback", "{field}": {value}}}'.encode()
    assert (await door.post(body, {"content-type": JSON, "x-slack-request-timestamp": "1"})).status in {400, 401}


async def test_a_body_that_does_not_tell_its_length_is_bounded_too(door: Door) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(48):
            yield b"x" * 64 * 1024

    async with door._session.post(f"{door._address}/slack/events", data=endless()) as answer:
        assert answer.status == 413


@pytest.mark.parametrize("body", [b"[1, 2]", b'"text"', DEEP, DEEPER_THAN_SLACK, b"\xff", b"payload=[]"])
async def test_a_malformed_request_is_refused_even_when_it_is_signed(door: Door, body: bytes) -> None:
    kind = FORM if body.startswith(b"payload") else JSON
    assert (await door.signed(body, kind=kind)).status == 400


async def test_braces_in_a_customers_words_are_no_depth(door: Door) -> None:
    words = "[{" * 500 + '"'
    assert (await door.signed(a_message(words))).status == 200
    assert door.heard == [words]


async def test_slacks_check_of_the_address_is_answered_only_when_signed(door: Door) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "c1"}).encode()
    assert (await door.signed(body))[:2] == (200, '{"challenge": "c1"}')
    assert (await door.post(body, {"content-type": JSON, "x-slack-request-timestamp": "1"})).status == 401


async def test_slacks_check_of_the_certificate_does_nothing(door: Door) -> None:
    assert (await door.post(b"ssl_check=1&token=x", {"content-type": FORM})).status == 200
    assert door.heard == []


async def test_a_listener_that_fails_makes_slack_deliver_again_and_logs_no_words(
    door: Door, caplog: pytest.LogCaptureFixture
) -> None:
    door.broken = True
    assert (await door.signed(a_message(CANARY))).status == 500
    ours = [record for record in caplog.records if record.name.startswith("bot.")]
    assert CANARY not in "".join(str(vars(record)) for record in ours)


async def test_health_says_how_we_are(door: Door) -> None:
    assert await door.look() == (200, {"ok": True, "socket": "none"})
    door.health = {"ok": False, "database": "locked"}
    assert await door.look() == (503, {"ok": False, "database": "locked"})
