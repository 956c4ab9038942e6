"""The workspace as a running thing: it opens, it closes, and it does not mind who is still there."""

import asyncio
import time

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.faults import Fault
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.world import World
from tests.bot.sandbox.tiny_desk import by_socket


async def test_it_closes_at_once_under_open_pages_sockets_and_slow_calls() -> None:
    async with aiohttp.ClientSession() as session:
        async with Sandbox() as sandbox:
            client = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url, retry_handlers=[])
            stream = await session.get(f"{sandbox.url}/door/stream", params={"as": "U0ANA"})
            opened = await client.apps_connections_open(app_token=sandbox.app_token)
            socket = await session.ws_connect(opened["url"])
            hanging = sandbox.faults.add("auth.test", Fault.SLOW(60))
            slow = asyncio.create_task(client.auth_test())
            sandbox.silence()
            await sandbox.person("U0ANA").say("C0RANDOM", "hello")
            await sandbox.until(lambda: sandbox.deliveries and hanging.times == 0)
            closing = time.monotonic()
        assert time.monotonic() - closing < 3
        with pytest.raises(aiohttp.ClientError):
            await slow
        await socket.close()
        stream.close()


async def test_a_port_in_use_is_said_and_leaves_nothing_open(sandbox: Sandbox) -> None:
    taken = int(sandbox.url.rsplit(":", 1)[1])
    with pytest.raises(OSError, match="in use"):
        async with Sandbox(port=taken):
            pass


async def test_a_world_outlives_its_workspace() -> None:
    world = World.sample()
    for _ in range(2):
        async with Sandbox(world) as sandbox, by_socket(sandbox):
            await sandbox.person("U0ANA").say("C0RANDOM", "@Proofdesk hello")
            await sandbox.until(lambda: sandbox.count("chat.update") == 1)
            await sandbox.settled()
