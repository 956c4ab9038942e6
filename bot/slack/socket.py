"""The socket door: Slack's messages over Socket Mode, with a watchdog over the SDK's connection.

The SDK tries a refused address for ever, and an open socket may bring nothing. So a connection counts only while Slack
has greeted it and answers its pings. Where it does not count, the address is forgotten, then the connection is built
anew, and at last the process is given up.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import NamedTuple, Never

from slack_bolt.app.async_app import AsyncApp

from bot.errors import Undelivered
from bot.slack.addresses import Addresses
from bot.slack.client import open_client
from bot.slack.line import Line, Link

_LOG = logging.getLogger(__name__)
_SWITCHED_OFF = "Socket Mode was switched off for this app; switch it on in the app's settings and start again."
_GIVEN_UP = "The connection to Slack does not come back; check the network and start again."


class Times(NamedTuple):
    """The watchdog's seconds."""

    ping: float = 5.0
    """Between two pings, and between two attempts to connect."""
    silent: float = 20.0
    """Without an answer to a ping, a connection does not count any more."""
    forget: float = 10.0
    """Without a connection that counts, until another address is asked for."""
    rebuild: float = 30.0
    """Until everything is built anew, and between one time and the next."""
    give_up: float = 180.0
    """Until the process is given up."""
    look: float = 1.0
    """Between two looks at the connection."""
    crowded: float = 30.0
    """Before connecting again where Slack says that there are too many connections."""


_TIMES = Times()


class SocketDoor:
    """Socket Mode for an app. `on_connect` is awaited after each connection, the first one too: to catch up."""

    def __init__(
        self,
        app: AsyncApp,
        app_token: str,
        api_url: str = "",
        *,
        on_connect: Callable[[], Awaitable[None]],
        times: Times = _TIMES,
    ) -> None:
        self._app = app
        self._app_token = app_token
        self._api_url = api_url
        self._on_connect = on_connect
        self._times = times
        self._line: Line | None = None
        self._greeted = asyncio.Event()
        self._catching_up: set[asyncio.Task[None]] = set()

    @property
    def state(self) -> Link:
        """How the connection is, just now."""
        return self._line.state(self._times.silent) if self._line else Link(connected=False, silent_for=None)

    async def connected(self) -> None:
        """Returns when Slack has greeted us for the first time."""
        await self._greeted.wait()

    async def run(self) -> None:
        """Keeps the connection until cancelled. Raises `Undelivered` where there is no use in going on."""
        async with open_client(self._app_token, self._api_url) as client:
            addresses = Addresses(client)
            self._line = self._new_line(addresses)
            try:
                await self._watch(addresses)
            finally:
                await self._end()

    async def _watch(self, addresses: Addresses) -> Never:
        lost_at: float | None = None
        built_at = time.monotonic()
        while True:
            await self._next_look(addresses)
            now = time.monotonic()
            if self.state.connected:
                lost_at = None
                continue
            if lost_at is None:
                lost_at = now
                _LOG.warning("socket_lost", extra={"silent_for": self.state.silent_for})
            if now - lost_at > self._times.give_up:
                raise Undelivered(_GIVEN_UP)
            if now - max(lost_at, built_at) > self._times.rebuild:
                _LOG.warning("socket_rebuilt")
                await self._rebuild(addresses)
                built_at = time.monotonic()
            elif self._line and now - lost_at > self._times.forget:
                self._line.forget_address()

    async def _next_look(self, addresses: Addresses) -> None:
        """Waits until the next look. Raises why there is no use in going on."""
        with suppress(TimeoutError):
            await asyncio.wait_for(addresses.failed.wait(), self._times.look)
        if addresses.failure:
            raise addresses.failure

    async def _rebuild(self, addresses: Addresses) -> None:
        if self._line:
            await self._line.close()
        self._line = self._new_line(addresses)

    def _new_line(self, addresses: Addresses) -> Line:
        def hear(kind: str, reason: str) -> None:
            if kind == "hello":
                self._greeted.set()
                self._catch_up()
            elif reason == "link_disabled":
                addresses.fail(Undelivered(_SWITCHED_OFF))
            elif reason == "too_many_websockets":
                addresses.hold(self._times.crowded)

        return Line(self._app, self._app_token, addresses, self._times.ping, hear)

    def _catch_up(self) -> None:
        task = asyncio.create_task(self._caught_up())
        # The event loop itself holds a task only weakly.
        self._catching_up.add(task)
        task.add_done_callback(self._catching_up.discard)

    async def _caught_up(self) -> None:
        _LOG.info("socket_connected")
        try:
            await self._on_connect()
        except Exception as error:  # noqa: BLE001 - The connection lives on; the next one catches up.
            _LOG.warning("catch_up_failed", extra={"reason": type(error).__name__})

    async def _end(self) -> None:
        for task in self._catching_up:
            task.cancel()
        if self._line:
            await self._line.close()
        if self._catching_up:
            await asyncio.wait(self._catching_up)
