import asyncio
import io
import json
import logging
from collections.abc import AsyncIterator, Iterator

import pytest
from dbos._logger import init_logger
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import Undelivered
from bot.logs import LineFormatter, set_up
from bot.sandbox.faults import AnyFault, Fault
from bot.sandbox.sandbox import Sandbox
from bot.slack.client import call, open_client

LOG = logging.getLogger("bot.test")
SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
CANARIES = (
    "4111 1111 1111 1111",
    "5555555555554444",
    "DE89 3704 0044 0532 0130 00",
    "dana.miller@example.com",
    "+49 30 1234567",
    "xoxb-1234-5678-abcdef",
    "xapp-1-A0-123-abc",
    "sk-abcdefgh12345678",
    "Bearer abc.def.ghi",
    "hooks.slack.com/services/T0/B0/xyz",
    "wss://wss.slack.com/link/?ticket=12345",
    SECRET,
)


@pytest.fixture
def out() -> Iterator[io.StringIO]:
    """The log at its most talkative."""
    root, dbos = logging.getLogger(), logging.getLogger("dbos")
    before = (root.level, root.handlers[:], dbos.handlers[:], dbos.propagate)
    stream = io.StringIO()
    set_up("DEBUG", secrets=[SECRET], stream=stream)
    yield stream
    root.level, root.handlers[:], dbos.handlers[:], dbos.propagate = before


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox() as running:
        yield running


@pytest.fixture
async def client(sandbox: Sandbox) -> AsyncIterator[AsyncWebClient]:
    async with open_client(sandbox.bot_token, sandbox.api_url) as opened:
        yield opened


def fails(error: Exception) -> None:
    """Logs an exception where it is caught."""

    def work() -> None:
        raise error

    try:
        work()
    except type(error):
        LOG.exception("failed")


def lines(out: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in out.getvalue().splitlines()]


def leaked(out: io.StringIO) -> list[str]:
    text = out.getvalue()
    return [canary for canary in CANARIES if canary in text]


def test_a_line_is_an_event_and_its_fields(out: io.StringIO) -> None:
    LOG.info("post_uncertain", extra={"channel": "C0INTAKE", "ts": "1763939999.123456", "attempt": 2})
    (line,) = lines(out)
    assert {key: line[key] for key in ("level", "logger", "event", "channel", "ts", "attempt")} == {
        "level": "info",
        "logger": "bot.test",
        "event": "post_uncertain",
        "channel": "C0INTAKE",
        "ts": "1763939999.123456",
        "attempt": 2,
    }


def test_on_a_terminal_a_line_is_columns() -> None:
    record = LOG.makeRecord("bot.test", logging.WARNING, "f", 1, "post_uncertain", (), None, extra={"channel": "C1"})
    line = LineFormatter(columns=True).format(record)
    assert line[12:] == "  WARNING   bot.test                  post_uncertain  channel=C1"


@pytest.mark.parametrize("canary", CANARIES)
def test_secrets_and_personal_data_are_removed_wherever_they_stand(out: io.StringIO, canary: str) -> None:
    LOG.warning("seen %s", canary, extra={"field": f"a {canary} b", "many": [canary]})
    fails(Undelivered(f"Slack said {canary}."))
    assert len(lines(out)) == 2
    assert leaked(out) == []


def test_of_an_exception_that_is_not_ours_only_its_kind_and_place_are_told(out: io.StringIO) -> None:
    fails(KeyError("My name is Dana and I want my money back"))
    (line,) = lines(out)
    assert line["error"] == "KeyError"
    assert "test_logs.py" in str(line["at_lines"])
    assert "Dana" not in out.getvalue()


def test_a_line_cannot_pretend_to_be_two(out: io.StringIO) -> None:
    LOG.warning("seen", extra={"field": 'a\n{"level": "info"}\r\u2028b'})
    assert len(out.getvalue().splitlines()) == 1
    record = LOG.makeRecord("bot.test", logging.WARNING, "f", 1, "a\x1b[2Jb\nc", (), None)
    assert LineFormatter(columns=True).format(record).endswith("a [2Jb c")


def test_of_a_librarys_line_only_warnings_are_told_and_only_where_they_come_from(out: io.StringIO) -> None:
    for name in (
        "slack_sdk.web",
        "slack_bolt.AsyncApp",
        "app.py:AsyncApp",
        "bot.py:AsyncApp",
        "aiohttp.server",
        "dbos",
    ):
        logger = logging.getLogger(name)
        logger.setLevel(logging.DEBUG)
        logger.debug("I want my money back")
        logger.info("I want my money back")
        logger.error("I want my money back")
    assert [(line["logger"], line["event"]) for line in lines(out)] == [
        ("slack_sdk.web", "library"),
        ("slack_bolt.AsyncApp", "library"),
        ("app.py:AsyncApp", "library"),
        ("bot.py:AsyncApp", "library"),
        ("aiohttp.server", "library"),
        ("dbos", "library"),
    ]
    assert "money" not in out.getvalue()


def test_dbos_does_not_print_past_our_log(out: io.StringIO) -> None:
    init_logger()
    logging.getLogger("dbos").error("I want my money back")
    assert [line["logger"] for line in lines(out)] == ["dbos"]


async def test_no_error_on_the_way_to_slack_leaves_a_canary_in_the_log(
    out: io.StringIO, sandbox: Sandbox, client: AsyncWebClient
) -> None:
    faults: list[AnyFault] = [
        Fault.LOST_ANSWER,
        Fault.CUT,
        Fault.HTTP(500),
        Fault.ERROR("no_text"),
        Fault.RATE_LIMITED(1),
    ]
    for fault in faults:
        for canary in CANARIES:
            sandbox.faults.add("chat.postMessage", fault)
            try:
                await call(client, "chat.postMessage", channel="C0INTAKE", text=f"I am {canary}")
            except Undelivered:
                LOG.exception("failed")
    assert len(lines(out)) == len(faults) * len(CANARIES)
    assert leaked(out) == []


async def test_no_error_in_bolt_leaves_a_canary_in_the_log(
    out: io.StringIO, sandbox: Sandbox, client: AsyncWebClient
) -> None:
    app = AsyncApp(client=client, signing_secret=sandbox.signing_secret, process_before_response=True)

    @app.event("message")
    async def fails(event: dict[str, str]) -> None:
        raise RuntimeError(event["text"])

    for canary in CANARIES:
        event = {"type": "message", "channel": "C0INTAKE", "user": "U0ANA", "text": canary, "ts": "1.1"}
        body = json.dumps({"type": "event_callback", "team_id": "T0HARBOR", "event": event})
        refused = await app.async_dispatch(AsyncBoltRequest(body=body, headers={"content-type": "application/json"}))
        failed = await app.async_dispatch(
            AsyncBoltRequest(body=json.loads(body), mode="socket_mode", headers={"content-type": ["application/json"]})
        )
        assert (refused.status, failed.status) == (401, 500)
    assert any(line["logger"] != "bot.test" for line in lines(out))
    assert leaked(out) == []


async def test_a_task_that_nobody_waits_for_leaves_no_words_in_the_log(out: io.StringIO) -> None:
    asyncio.get_running_loop().call_exception_handler(
        {"message": "Task exception was never retrieved", "exception": RuntimeError("I want my money back")}
    )
    (line,) = lines(out)
    assert (line["logger"], line["error"]) == ("asyncio", "RuntimeError")
    assert "money" not in out.getvalue()
