from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.faults import Fault
from bot.sandbox.sandbox import Sandbox
from bot.slack.sweep import Event, missed
from bot.slack.throttle import Throttle
from tests.bot.slack.conftest import INTAKE


def known(**newest: str) -> Callable[[str], Awaitable[str]]:
    async def since(channel: str) -> str:
        return newest.get(channel, "")

    return since


async def swept(
    client: AsyncWebClient,
    since: Callable[[str], Awaitable[str]],
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    most: int = 500,
) -> list[Event]:
    return [event async for event in missed(client, Throttle(), since, now=now, most=most)]


async def test_what_was_said_since_the_newest_known_message_is_found_oldest_first(
    sandbox: Sandbox, client: AsyncWebClient
) -> None:
    ana = sandbox.person("U0ANA")
    seen = await ana.say(INTAKE, "seen")
    first, second = await ana.say(INTAKE, "first"), await ana.say(INTAKE, "second")
    found = await swept(client, known(C0INTAKE=seen))
    assert [(event["ts"], event["channel"], event["channel_type"]) for event in found] == [
        (first, INTAKE, "channel"),
        (second, INTAKE, "channel"),
    ]
    assert [(event["type"], event["user"], event["text"]) for event in found] == [
        ("message", "U0ANA", "first"),
        ("message", "U0ANA", "second"),
    ]


async def test_direct_and_private_conversations_say_what_they_are(sandbox: Sandbox, client: AsyncWebClient) -> None:
    sam = sandbox.person("U0SAM")
    sandbox.world.add_channel("G0THREE", "", ["U0SAM", "U0BEN"], kind="mpim")
    newest = {channel: await sam.say(channel, "seen") for channel in ("D0SAM", "G0LEADS", "G0THREE")}
    for channel in newest:
        await sam.say(channel, "missed")
    found = await swept(client, known(**newest))
    assert {event["channel"]: event["channel_type"] for event in found} == {
        "D0SAM": "im",
        "G0LEADS": "group",
        "G0THREE": "mpim",
    }


async def test_a_channel_that_is_new_to_us_is_left_out(sandbox: Sandbox, client: AsyncWebClient) -> None:
    await sandbox.person("U0ANA").say(INTAKE, "long before us")
    assert await swept(client, known()) == []
    assert sandbox.count("conversations.history") == 0


async def test_nothing_older_than_a_day_is_swept(sandbox: Sandbox, client: AsyncWebClient) -> None:
    seen = await sandbox.person("U0ANA").say(INTAKE, "seen")
    await sandbox.person("U0ANA").say(INTAKE, "old")
    later = datetime.now(UTC) + timedelta(hours=25)
    assert await swept(client, known(C0INTAKE=seen), now=lambda: later) == []


async def test_of_too_many_the_newest_are_found_and_it_is_logged(
    sandbox: Sandbox, client: AsyncWebClient, caplog: pytest.LogCaptureFixture
) -> None:
    ana = sandbox.person("U0ANA")
    seen = await ana.say(INTAKE, "seen")
    said = [await ana.say(INTAKE, str(number)) for number in range(6)]
    found = await swept(client, known(C0INTAKE=seen), most=4)
    assert [event["ts"] for event in found] == said[2:]
    assert "sweep_cut" in caplog.text


async def test_more_than_one_page_is_read(sandbox: Sandbox, client: AsyncWebClient) -> None:
    ana = sandbox.person("U0ANA")
    seen = await ana.say(INTAKE, "seen")
    said = [await ana.say(INTAKE, str(number)) for number in range(210)]
    assert [event["ts"] for event in await swept(client, known(C0INTAKE=seen))] == said


async def test_a_channel_that_cannot_be_read_does_not_hold_up_the_others(
    sandbox: Sandbox, client: AsyncWebClient, caplog: pytest.LogCaptureFixture
) -> None:
    ana = sandbox.person("U0ANA")
    newest = {channel: await ana.say(channel, "seen") for channel in (INTAKE, "C0RANDOM")}
    for channel in newest:
        await ana.say(channel, "missed")
    sandbox.faults.add(
        "conversations.history", Fault.ERROR("not_in_channel"), match=lambda given: given["channel"] == INTAKE
    )
    assert [event["channel"] for event in await swept(client, known(**newest))] == ["C0RANDOM"]
    assert "sweep_failed" in caplog.text
