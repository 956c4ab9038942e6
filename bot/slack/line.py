"""Line: one socket to Slack, as the SDK keeps it, and what Slack says about it."""

import asyncio
import json
import time
from collections.abc import Callable
from contextlib import suppress
from typing import NamedTuple

from aiohttp import ClientError, ClientWebSocketResponse, WSMessage
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp

from bot.slack.addresses import Addresses

_CLOSING = 2.0


class Link(NamedTuple):
    """How a connection is."""

    connected: bool
    silent_for: float | None
    """Seconds since Slack last answered a ping; none before the first time."""


class Line:
    """A connection. `hear` is told the type and the reason of what Slack says about it."""

    def __init__(
        self, app: AsyncApp, app_token: str, addresses: Addresses, ping: float, hear: Callable[[str, str], None]
    ) -> None:
        self._handler = AsyncSocketModeHandler(app, app_token, web_client=addresses, ping_interval=ping)
        self._client = self._handler.client
        self._client.proxy = addresses.proxy
        self._client.on_message_listeners.append(self._listen)
        self._hear = hear
        self._greeted: ClientWebSocketResponse | None = None
        self._connecting = asyncio.create_task(self._handler.connect_async())  # type: ignore[no-untyped-call]

    def state(self, silent: float) -> Link:
        """Connected only while Slack has greeted this very socket, and answered a ping in the last seconds."""
        session, answered = self._client.current_session, self._client.last_ping_pong_time
        age = None if answered is None else time.time() - answered
        greeted = session is not None and session is self._greeted and not session.closed
        return Link(connected=greeted and (age is None or age <= silent), silent_for=age)

    def forget_address(self) -> None:
        """The SDK tries an address for ever, even one that is refused; without one it asks for another."""
        self._client.wss_uri = None

    async def close(self) -> None:
        """Ends the connection and everything the SDK runs for it."""
        client = self._client
        self._connecting.cancel()
        with suppress(TimeoutError, ClientError, OSError):
            async with asyncio.timeout(_CLOSING):
                await self._handler.close_async()  # type: ignore[no-untyped-call]
        running = (self._connecting, client.message_processor, client.current_session_monitor, client.message_receiver)
        left = [task for task in running if task is not None]
        for task in left:
            task.cancel()
        # Where the other end is silent, the polite way ended in the timeout.
        await client.aiohttp_client_session.close()
        await asyncio.wait(left, timeout=_CLOSING)

    async def _listen(self, message: WSMessage) -> None:
        said = json.loads(message.data)
        if said.get("type") == "hello":
            self._greeted = self._client.current_session
        if said.get("type") in ("hello", "disconnect"):
            self._hear(said["type"], str(said.get("reason", "")))
