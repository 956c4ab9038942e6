import pytest
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import Undelivered
from bot.sandbox.faults import AnyFault, Fault
from bot.sandbox.sandbox import Sandbox
from bot.slack.client import call, open_client
from bot.slack.refusals import SENTENCES, Limited, Refusal, Troubled, Unanswered, Unreachable, sentence


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (Fault.LOST_ANSWER, Unanswered),
        (Fault.CUT, Unanswered),
        (Fault.HTTP(500), Troubled),
        (Fault.HTTP(502), Troubled),
        (Fault.ERROR("internal_error"), Troubled),
        (Fault.ERROR("fatal_error"), Troubled),
        (Fault.ERROR("request_timeout"), Troubled),
        (Fault.ERROR("service_unavailable"), Troubled),
        (Fault.RATE_LIMITED(7), Limited),
        (Fault.ERROR("channel_not_found"), Refusal),
        (Fault.HTTP(404), Refusal),
    ],
)
async def test_what_comes_of_a_call_is_told_by_what_may_have_been_done(
    sandbox: Sandbox, client: AsyncWebClient, fault: AnyFault, kind: type[Undelivered]
) -> None:
    sandbox.faults.add("chat.postMessage", fault)
    with pytest.raises(Undelivered) as caught:
        await call(client, "chat.postMessage", channel="C0INTAKE", text="hello")
    assert type(caught.value) is kind
    assert sandbox.count("chat.postMessage") == 1


async def test_the_time_slack_asks_for_is_kept(sandbox: Sandbox, client: AsyncWebClient) -> None:
    sandbox.faults.add("users.info", Fault.RATE_LIMITED(7))
    with pytest.raises(Limited) as caught:
        await call(client, "users.info", user="U0ANA")
    assert caught.value.seconds == 7


async def test_an_address_where_nobody_listens_is_unreachable() -> None:
    async with open_client("xoxb-1", "http://127.0.0.1:9/api/") as client:
        with pytest.raises(Unreachable):
            await call(client, "auth.test")


@pytest.mark.parametrize("page", [b"<html>Please log in</html>", b"\xff\xfe", b"[]", b""])
@pytest.mark.parametrize("kind", ["text/plain", "text/html", "application/json"])
async def test_an_answer_that_is_not_slacks_tells_nothing(kind: str, page: bytes) -> None:
    async def login_page(_: web.Request) -> web.Response:
        return web.Response(body=page, content_type=kind)

    app = web.Application()
    app.add_routes([web.route("*", "/api/{method}", login_page)])
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with open_client("xoxb-1", f"http://127.0.0.1:{runner.addresses[0][1]}/api/") as client:
        with pytest.raises(Unanswered) as caught:
            await call(client, "chat.postMessage", channel="C1", text="hello")
    await runner.cleanup()
    assert "log in" not in str(caught.value)


async def test_a_client_without_an_address_speaks_with_slack_itself() -> None:
    async with open_client("xoxb-1") as client:
        assert client.base_url == "https://slack.com/api/"
        assert client.retry_handlers == []


def test_each_sentence_has_a_next_step_and_no_exclamation_mark() -> None:
    for told in SENTENCES.values():
        assert told.count(".") <= 2 or "desk.yaml" in told or "manifest.json" in told
        assert told.endswith(".")
        assert ";" in told
        assert "!" not in told


def test_a_reason_nobody_knows_is_named_alone() -> None:
    assert sentence("brand_new_error") == (
        "Slack refused this (brand_new_error); try again, and report it if it stays so."
    )


async def test_a_reason_that_is_no_code_is_not_repeated(sandbox: Sandbox, client: AsyncWebClient) -> None:
    sandbox.faults.add("users.info", Fault.ERROR("the customer's words, ana@example.com"))
    with pytest.raises(Refusal) as caught:
        await call(client, "users.info", user="U0ANA")
    assert "customer" not in str(caught.value)
