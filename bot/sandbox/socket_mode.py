"""Socket Mode: the WebSocket side of the local workspace, with its tickets, envelopes and mishaps."""

import asyncio
import contextlib
import json
import secrets
import time
import uuid
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web

from bot.sandbox.delivery import ACK_SECONDS, Answer, Delivery
from bot.sandbox.pulse import Pulse
from bot.sandbox.world import Json, World

MOST_LINKS = 10
TICKET_SECONDS = 30.0
_PING_SECONDS = 5.0
_RETRY_REASONS = {"http_timeout": "timeout"}
_STOP_SECONDS = 0.5


@dataclass(eq=False)
class Link:
    """One open connection."""

    socket: web.WebSocketResponse
    request: web.Request
    silent: bool = False
    leaving: bool = False


@dataclass
class SocketMode:
    """All connections of the app. A payload goes to one of them, in turn."""

    world: World
    pulse: Pulse
    ack_seconds: float = ACK_SECONDS
    ticket_seconds: float = TICKET_SECONDS
    """0 lets each connection be refused, as if its ticket had come too late."""
    links: list[Link] = field(default_factory=list)
    _tickets: dict[str, float] = field(default_factory=dict)
    _acks: dict[str, asyncio.Future[Json]] = field(default_factory=dict)

    @property
    def in_use(self) -> int:
        """How many connections are open and not asked to go."""
        return sum(not link.leaving for link in self.links)

    def ticket(self) -> str:
        """A new ticket: good for one connection, soon."""
        ticket = secrets.token_urlsafe(16)
        self._tickets[ticket] = time.monotonic() + self.ticket_seconds
        return ticket

    async def connect(self, request: web.Request) -> web.StreamResponse:
        """The app connects, and stays until one side ends it."""
        if self._tickets.pop(request.query.get("ticket", ""), 0.0) <= time.monotonic():
            return web.json_response({"ok": False, "error": "invalid_ticket"}, status=408)
        socket = web.WebSocketResponse(autoping=False, timeout=_STOP_SECONDS)
        await socket.prepare(request)
        link = Link(socket, request)
        if self.in_use >= MOST_LINKS:
            await self._send(link, _disconnect("too_many_websockets"))
            await socket.close()
            return socket
        self.links.append(link)
        pings = asyncio.create_task(self._ping(link))
        try:
            await self._send(link, self._hello())
            self.pulse.beat()
            await self._listen(link)
        finally:
            pings.cancel()
            self.links.remove(link)
            self.pulse.beat()
        return socket

    async def carry(self, delivery: Delivery, payload: Json, retry_reason: str) -> Answer:
        """Send an envelope through one of the connections and wait for its acknowledgement."""
        link = self._next_link()
        if link is None:
            return Answer("connection_failed")
        delivery.envelope_id = str(uuid.uuid4())
        envelope: Json = {
            "envelope_id": delivery.envelope_id,
            "type": delivery.kind,
            "accepts_response_payload": delivery.kind != "events_api",
            "payload": payload,
        }
        if delivery.kind == "events_api":
            reason = _RETRY_REASONS.get(retry_reason, retry_reason)
            envelope |= {"retry_attempt": delivery.attempt, "retry_reason": reason}
        ack: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._acks[delivery.envelope_id] = ack
        try:
            async with asyncio.timeout(self.ack_seconds):
                await self._send(link, envelope)
                return Answer("ok", await ack)
        except TimeoutError:
            return Answer("http_timeout")
        finally:
            self._acks.pop(delivery.envelope_id, None)

    async def disconnect(self, reason: str) -> None:
        """Ask every connection to go, as Slack does before it refreshes one. `warning` leaves it in use for now."""
        for link in list(self.links):
            link.leaving = reason != "warning"
            await self._send(link, _disconnect(reason))

    def cut(self) -> None:
        """Break every connection off."""
        for link in list(self.links):
            if link.request.transport:
                link.request.transport.abort()

    def silence(self) -> None:
        """Keep the present connections open and say nothing on them any more, not even pong."""
        for link in self.links:
            link.silent = True

    async def stop(self) -> None:
        """Close every connection."""
        for link in list(self.links):
            with contextlib.suppress(TimeoutError, ConnectionError):
                await asyncio.wait_for(link.socket.close(), _STOP_SECONDS)
            if link.request.transport:
                link.request.transport.abort()

    def _next_link(self) -> Link | None:
        for link in self.links:
            if not link.leaving and not link.socket.closed:
                self.links.remove(link)
                self.links.append(link)
                return link
        return None

    async def _listen(self, link: Link) -> None:
        async for message in link.socket:
            if message.type == WSMsgType.PING and not link.silent:
                await link.socket.pong(message.data)
            elif message.type == WSMsgType.TEXT:
                self._acknowledged(message.data)

    def _acknowledged(self, text: str) -> None:
        """Take an acknowledgement, whichever connection it comes on."""
        try:
            given = json.loads(text)
        except ValueError:
            return
        ack = self._acks.get(given.get("envelope_id", "")) if isinstance(given, dict) else None
        if ack and not ack.done():
            ack.set_result(given.get("payload") or {})

    async def _ping(self, link: Link) -> None:
        while True:
            await asyncio.sleep(_PING_SECONDS)
            if not link.silent:
                with contextlib.suppress(ConnectionError):
                    await link.socket.ping(b"Ping from the local workspace")

    async def _send(self, link: Link, message: Json) -> None:
        """Send, or lose it, as a network does."""
        if not link.silent:
            with contextlib.suppress(ConnectionError):
                await link.socket.send_json(message)

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self.links),
            "debug_info": {"host": "local-workspace", "build_number": 1, "approximate_connection_time": 18_060},
            "connection_info": {"app_id": self.world.app.id},
        }


def _disconnect(reason: str) -> Json:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": "local-workspace"}}
