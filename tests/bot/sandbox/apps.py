"""Apps without Bolt: one behind a Request URL and one on a socket, that do just what a test says."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qs

import aiohttp
from aiohttp import web
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.sandbox import Sandbox

Json = dict[str, Any]


class Endpoint:
    """A Request URL that answers with the given statuses in turn, then with 200, and keeps what it got."""

    def __init__(self, secret: str) -> None:
        self.statuses: list[int] = []
        self.answer_headers: dict[str, str] = {}
        self.body = ""
        self.requests: list[tuple[dict[str, str], str]] = []
        self.unsigned = 0
        self._verifier = SignatureVerifier(secret)

    @property
    def events(self) -> list[Json]:
        """The events among what it got."""
        return [json.loads(body)["event"] for headers, body in self.requests if "json" in headers["content-type"]]

    def header(self, name: str) -> list[str | None]:
        """One header of everything it got."""
        return [headers.get(name) for headers, _ in self.requests]

    def forms(self) -> list[Json]:
        """The payloads of the forms among what it got."""
        return [{key: value[0] for key, value in parse_qs(body).items()} for _, body in self.requests]

    async def answer(self, request: web.Request) -> web.Response:
        body = await request.text()
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.unsigned += not self._verifier.is_valid_request(body, headers)
        self.requests.append((headers, body))
        status = self.statuses.pop(0) if self.statuses else 200
        return web.Response(status=status, headers=self.answer_headers, text=self.body)


@asynccontextmanager
async def endpoint(sandbox: Sandbox) -> AsyncIterator[Endpoint]:
    """An endpoint that the workspace delivers to."""
    app = web.Application()
    endpoint = Endpoint(sandbox.signing_secret)
    app.router.add_post("/", endpoint.answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    sandbox.deliver_to(f"http://127.0.0.1:{runner.addresses[0][1]}/")
    try:
        yield endpoint
    finally:
        await runner.cleanup()


class Socket:
    """One Socket Mode connection, by hand."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket

    async def next(self) -> Json:
        """What comes next on it; empty once it is closed."""
        message = await self._socket.receive(timeout=5)
        return dict(json.loads(message.data)) if message.type == aiohttp.WSMsgType.TEXT else {}

    async def acknowledge(self, envelope: Json, payload: Json | None = None) -> None:
        """Acknowledge an envelope, with an answer or without."""
        answer = {"envelope_id": envelope["envelope_id"], **({"payload": payload} if payload else {})}
        await self._socket.send_json(answer)

    async def say(self, text: str) -> None:
        """Send anything."""
        await self._socket.send_str(text)


@asynccontextmanager
async def socket(sandbox: Sandbox) -> AsyncIterator[Socket]:
    """A connection that is open and greeted."""
    client = AsyncWebClient(base_url=sandbox.api_url, retry_handlers=[])
    opened = await client.apps_connections_open(app_token=sandbox.app_token)
    async with aiohttp.ClientSession() as session, session.ws_connect(opened["url"]) as connected:
        link = Socket(connected)
        assert (await link.next())["type"] == "hello"
        yield link
