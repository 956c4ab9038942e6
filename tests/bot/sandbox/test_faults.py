"""Faults on demand: each does what it says, to the call it is meant for, as often as it was asked for."""

import asyncio
import time
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.faults import AnyFault, Fault
from bot.sandbox.limits import RealLimits
from bot.sandbox.sandbox import Sandbox
from tests.bot.sandbox.refusals import error_of

POST: dict[str, Any] = {"channel": "C0RANDOM", "text": "hello"}


def _posted(sandbox: Sandbox) -> int:
    return len(sandbox.person("U0ANA").messages("C0RANDOM"))


async def test_a_rate_limit_is_a_429_with_seconds_to_wait(sandbox: Sandbox, client: AsyncWebClient) -> None:
    sandbox.faults.add("chat.postMessage", Fault.RATE_LIMITED(retry_after=7))
    with pytest.raises(SlackApiError) as refused:
        await client.chat_postMessage(**POST)
    assert (refused.value.response.status_code, refused.value.response.headers["Retry-After"]) == (429, "7")
    assert refused.value.response["error"] == "ratelimited"
    assert _posted(sandbox) == 0
    await client.chat_postMessage(**POST)
    assert _posted(sandbox) == 1


async def test_errors_and_refusals_do_nothing(sandbox: Sandbox, client: AsyncWebClient) -> None:
    sandbox.faults.add("chat.postMessage", Fault.ERROR("internal_error"), times=2)
    sandbox.faults.add("*", Fault.DENY("missing_scope"))
    assert [await error_of(client, "chat.postMessage", **POST) for _ in range(4)] == [
        "internal_error",
        "internal_error",
        "missing_scope",
        "ok",
    ]
    assert _posted(sandbox) == 1


@pytest.mark.parametrize("fault", [Fault.ERROR("internal_error", done=True), Fault.HTTP(500, done=True)])
async def test_an_error_may_hide_that_it_was_done(sandbox: Sandbox, client: AsyncWebClient, fault: AnyFault) -> None:
    sandbox.faults.add("chat.postMessage", fault)
    with pytest.raises(SlackApiError):
        await client.chat_postMessage(**POST)
    assert _posted(sandbox) == 1


async def test_a_status_is_answered_without_json(sandbox: Sandbox, client: AsyncWebClient) -> None:
    sandbox.faults.add("chat.postMessage", Fault.HTTP(503))
    with pytest.raises(SlackApiError) as refused:
        await client.chat_postMessage(**POST)
    assert refused.value.response.status_code == 503
    assert (_posted(sandbox), sandbox.calls[-1].answer) == (0, "http_503")


@pytest.mark.parametrize(("fault", "posted"), [(Fault.CUT, 0), (Fault.LOST_ANSWER, 1)])
async def test_a_cut_connection_says_nothing_about_the_post(
    sandbox: Sandbox, client: AsyncWebClient, fault: AnyFault, posted: int
) -> None:
    sandbox.faults.add("chat.postMessage", fault)
    with pytest.raises(aiohttp.ClientError):
        await client.chat_postMessage(**POST)
    assert _posted(sandbox) == posted


async def test_a_slow_call_is_done_even_if_the_caller_has_gone(sandbox: Sandbox, client: AsyncWebClient) -> None:
    sandbox.faults.add("chat.postMessage", Fault.SLOW(0.1))
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(client.chat_postMessage(**POST), 0.02)
    assert _posted(sandbox) == 0
    await sandbox.until(lambda: _posted(sandbox) == 1)


async def test_a_fault_waits_for_the_call_it_is_meant_for(sandbox: Sandbox, client: AsyncWebClient) -> None:
    sandbox.faults.add(
        "chat.postMessage", Fault.ERROR("fatal_error"), match=lambda args: args["channel"] == "C0BILLING"
    )
    assert await error_of(client, "chat.postMessage", **POST) == "ok"
    assert await error_of(client, "chat.postMessage", channel="C0BILLING", text="hello") == "fatal_error"
    sandbox.faults.add("chat.postMessage", Fault.ERROR("fatal_error"))
    sandbox.faults.clear()
    assert await error_of(client, "chat.postMessage", **POST) == "ok"


async def test_new_posts_can_stay_invisible_to_readers_for_a_while(sandbox: Sandbox, client: AsyncWebClient) -> None:
    thread = await sandbox.person("U0ANA").say("C0RANDOM", "a ticket")
    sandbox.hide_from_replies(0.2)
    started = time.monotonic()
    await client.chat_postMessage(thread_ts=thread, **POST)
    assert len((await client.conversations_replies(channel="C0RANDOM", ts=thread))["messages"]) == 1
    assert len(sandbox.person("U0ANA").thread("C0RANDOM", thread)) == 2
    seen = 1
    while seen == 1:
        seen = len((await client.conversations_replies(channel="C0RANDOM", ts=thread))["messages"])
    assert time.monotonic() - started >= 0.2


@pytest.fixture
def clock() -> list[float]:
    return [0.0]


async def test_real_limits_ask_for_one_post_a_second_in_a_channel(
    sandbox: Sandbox, client: AsyncWebClient, clock: list[float]
) -> None:
    sandbox.limits = RealLimits(clock=lambda: clock[0])
    answers = [await error_of(client, "chat.postMessage", **POST) for _ in range(6)]
    assert answers == ["ok"] * 5 + ["ratelimited"]
    assert await error_of(client, "chat.postMessage", channel="C0BILLING", text="hello") == "ok"
    clock[0] += 5
    assert await error_of(client, "chat.postMessage", **POST) == "ok"


async def test_real_limits_count_by_the_minute(sandbox: Sandbox, client: AsyncWebClient, clock: list[float]) -> None:
    own = (await client.chat_postMessage(**POST))["ts"]
    limits = sandbox.limits = RealLimits(clock=lambda: clock[0])
    answers = [await error_of(client, "chat.update", ts=own, **POST) for _ in range(51)]
    assert answers == ["ok"] * 50 + ["ratelimited"]
    clock[0] += 20
    assert limits.wait("chat.update", {}) == 40
    clock[0] += 40
    assert limits.wait("chat.update", {}) == 0
