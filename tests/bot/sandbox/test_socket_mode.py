"""Socket Mode: tickets, envelopes, retries, several connections, and connections that fail."""

import aiohttp
import pytest
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.sandbox import Sandbox
from bot.sandbox.socket_mode import MOST_LINKS
from tests.bot.sandbox.apps import Socket, socket
from tests.bot.sandbox.tiny_desk import by_socket


async def test_an_envelope_carries_the_event_and_is_acknowledged(sandbox: Sandbox) -> None:
    async with socket(sandbox) as link:
        ts = await sandbox.person("U0ANA").say("C0RANDOM", "hello")
        envelope = await link.next()
        assert (envelope["type"], envelope["retry_attempt"], envelope["accepts_response_payload"]) == (
            "events_api",
            0,
            False,
        )
        assert envelope["payload"]["event"]["ts"] == ts
        await link.acknowledge(envelope)
        await sandbox.settled()
    [delivery] = sandbox.deliveries
    assert (delivery.envelope_id, delivery.status) == (envelope["envelope_id"], "ok")


async def test_an_envelope_nobody_acknowledges_comes_again(sandbox: Sandbox) -> None:
    sandbox.socket_mode.ack_seconds = 0.05
    async with socket(sandbox) as link:
        await sandbox.person("U0ANA").say("C0RANDOM", "hello")
        first, second = await link.next(), await link.next()
        assert (second["retry_attempt"], second["retry_reason"]) == (1, "timeout")
        assert first["envelope_id"] != second["envelope_id"]
        assert first["payload"]["event_id"] == second["payload"]["event_id"]
        await link.acknowledge(second)
        await sandbox.settled()
    assert [delivery.status for delivery in sandbox.deliveries] == ["http_timeout", "ok"]


async def test_what_is_no_acknowledgement_is_overheard(sandbox: Sandbox) -> None:
    async with socket(sandbox) as link:
        for text in ("", "no json", "[]", "{}", '{"envelope_id": "other"}'):
            await link.say(text)
        await sandbox.person("U0ANA").say("C0RANDOM", "hello")
        await link.acknowledge(await link.next())
        await sandbox.settled()
    assert [delivery.status for delivery in sandbox.deliveries] == ["ok"]


async def test_payloads_go_to_one_connection_each_in_turn(sandbox: Sandbox) -> None:
    async with socket(sandbox) as one, socket(sandbox) as other:
        texts = []
        for number in range(4):
            await sandbox.person("U0ANA").say("C0RANDOM", str(number))
        for link in (one, other, one, other):
            envelope = await link.next()
            texts.append(envelope["payload"]["event"]["text"])
            await link.acknowledge(envelope)
        await sandbox.settled()
    assert sorted(texts) == ["0", "1", "2", "3"]
    assert len(sandbox.deliveries) == 4


async def test_an_acknowledgement_may_come_on_another_connection(sandbox: Sandbox) -> None:
    async with socket(sandbox) as one:
        await sandbox.person("U0ANA").say("C0RANDOM", "hello")
        envelope = await one.next()
        async with socket(sandbox) as other:
            await other.acknowledge(envelope)
            await sandbox.settled()
    assert [delivery.status for delivery in sandbox.deliveries] == ["ok"]


async def test_an_event_waits_for_a_connection(sandbox: Sandbox) -> None:
    await sandbox.person("U0ANA").say("C0RANDOM", "hello")
    await sandbox.until(lambda: sandbox.deliveries and sandbox.deliveries[0].status == "connection_failed")
    async with socket(sandbox) as link:
        envelope = await link.next()
        assert envelope["retry_attempt"] >= 1
        await link.acknowledge(envelope)
        await sandbox.settled()


async def test_a_ticket_is_good_for_one_connection(sandbox: Sandbox) -> None:
    client = AsyncWebClient(token=sandbox.app_token, base_url=sandbox.api_url, retry_handlers=[])
    url = (await client.apps_connections_open(app_token=sandbox.app_token))["url"]
    async with aiohttp.ClientSession() as session:
        async with session.ws_connect(url):
            pass
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(url)
        sandbox.socket_mode.ticket_seconds = 0.0
        late = (await client.apps_connections_open(app_token=sandbox.app_token))["url"]
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(late)


async def test_no_more_than_ten_connections(sandbox: Sandbox) -> None:
    async with aiohttp.ClientSession() as session:
        client = AsyncWebClient(base_url=sandbox.api_url, retry_handlers=[])
        sockets = []
        for _ in range(MOST_LINKS + 1):
            url = (await client.apps_connections_open(app_token=sandbox.app_token))["url"]
            sockets.append(await session.ws_connect(url))
        assert (await Socket(sockets[0]).next())["num_connections"] == 1
        assert (await Socket(sockets[-1]).next())["reason"] == "too_many_websockets"
        assert len(sandbox.socket_mode.links) == MOST_LINKS
        for each in sockets:
            await each.close()


async def test_a_connection_asked_to_go_gets_nothing_new(sandbox: Sandbox) -> None:
    async with socket(sandbox) as old:
        await sandbox.disconnect("warning")
        assert (await old.next())["reason"] == "warning"
        await sandbox.person("U0ANA").say("C0RANDOM", "still here")
        await old.acknowledge(await old.next())
        await sandbox.disconnect()
        assert (await old.next())["reason"] == "refresh_requested"
        async with socket(sandbox) as new:
            await sandbox.person("U0ANA").say("C0RANDOM", "hello")
            await new.acknowledge(await new.next())
            await sandbox.settled()


async def test_a_silent_connection_is_open_and_says_nothing_not_even_pong(sandbox: Sandbox) -> None:
    sandbox.socket_mode.ack_seconds = 0.05
    sandbox.retry_delays = ()
    client = AsyncWebClient(base_url=sandbox.api_url, retry_handlers=[])
    url = (await client.apps_connections_open(app_token=sandbox.app_token))["url"]
    async with aiohttp.ClientSession() as session, session.ws_connect(url, autoping=False) as link:
        assert (await link.receive_json())["type"] == "hello"
        await link.ping(b"before")
        assert (await link.receive()).type == aiohttp.WSMsgType.PONG
        sandbox.silence()
        await link.ping(b"after")
        await sandbox.person("U0ANA").say("C0RANDOM", "hello")
        await sandbox.settled()
        assert [delivery.status for delivery in sandbox.deliveries] == ["http_timeout"]
        with pytest.raises(TimeoutError):
            await link.receive(timeout=0.05)
        assert not link.closed


async def test_a_closed_connection_is_forgotten(sandbox: Sandbox) -> None:
    async with socket(sandbox):
        assert sandbox.socket_mode.in_use == 1
    await sandbox.until(lambda: not sandbox.socket_mode.links)


async def test_the_sdk_reconnects_when_asked_and_when_cut(sandbox: Sandbox) -> None:
    async with by_socket(sandbox):
        await sandbox.disconnect()
        await sandbox.until(lambda: sandbox.count("apps.connections.open") == 2 and sandbox.socket_mode.in_use)
        await sandbox.cut()
        await sandbox.until(lambda: sandbox.count("apps.connections.open") == 3 and sandbox.socket_mode.in_use)
        await sandbox.person("U0ANA").say("C0RANDOM", "@Proofdesk hello")
        await sandbox.until(lambda: sandbox.count("chat.update") == 1)
        await sandbox.settled()


async def test_the_sdk_sees_its_pings_answered(sandbox: Sandbox) -> None:
    web = AsyncWebClient(token=sandbox.app_token, base_url=sandbox.api_url, retry_handlers=[])
    client = SocketModeClient(app_token=sandbox.app_token, web_client=web, ping_interval=0.05)
    try:
        await client.connect()  # type: ignore[no-untyped-call]
        await sandbox.connected()
        async with socket(sandbox):
            pass
        assert await client.is_connected()
        assert client.last_ping_pong_time is not None
    finally:
        await client.close()  # type: ignore[no-untyped-call]
