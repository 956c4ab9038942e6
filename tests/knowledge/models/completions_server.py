"""A server on 127.0.0.1 that speaks chat completions and does what each test programs, one behaviour per request."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple, Self

from aiohttp import web

Behaviour = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Seen(NamedTuple):
    """A request as the server got it."""

    path: str
    key: str
    body: dict[str, Any]


class CompletionsServer:
    def __init__(self, *behaviours: Behaviour) -> None:
        self.seen: list[Seen] = []
        self.asked = asyncio.Event()
        self._behaviours = deque(behaviours)
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._answer)
        # A hanging behaviour ends as soon as its client is gone.
        self._runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1, access_log=None)

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    @property
    def url(self) -> str:
        host, port = self._runner.addresses[0]
        return f"http://{host}:{port}/v1"

    def will(self, *behaviours: Behaviour) -> None:
        """Adds to what the server does next."""
        self._behaviours.extend(behaviours)

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        self.seen.append(Seen(request.path, request.headers.get("Authorization", ""), await request.json()))
        self.asked.set()
        return await self._behaviours.popleft()(request)


def completes(content: str | None, **changes: Any) -> Behaviour:
    """A chat completion; `changes` replace its model, finish_reason, refusal or usage."""
    body = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": changes.get("model", "gpt-x"),
        "choices": [
            {
                "index": 0,
                "finish_reason": changes.get("finish_reason", "stop"),
                "message": {"role": "assistant", "content": content, "refusal": changes.get("refusal")},
            }
        ],
        "usage": changes.get("usage", {"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": 110}),
    }
    return sends(body)


def sends(body: Any, status: int = 200, **headers: str) -> Behaviour:
    async def behave(_: web.Request) -> web.StreamResponse:
        return web.json_response(body, status=status, headers=headers)

    return behave


def fails(status: int, *, code: str | None = None, message: str = "no", **headers: str) -> Behaviour:
    """An error in OpenAI's shape; header names take underscores."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return sends({"error": {"message": message, "type": "error", "param": None, "code": code}}, status, **named)


def sends_text(text: str, content_type: str = "text/html", status: int = 200) -> Behaviour:
    async def behave(_: web.Request) -> web.StreamResponse:
        return web.Response(text=text, content_type=content_type, status=status)

    return behave


async def hangs(_: web.Request) -> web.StreamResponse:
    await asyncio.Event().wait()
    raise AssertionError


async def drips(request: web.Request) -> web.StreamResponse:
    """One byte at a time, each in time for any timeout between two reads."""
    response = web.StreamResponse(headers={"Content-Type": "application/json"})
    await response.prepare(request)
    while True:
        await response.write(b" ")
        await asyncio.sleep(0.01)


async def cuts(request: web.Request) -> web.StreamResponse:
    """Ends the connection before a word."""
    assert request.transport
    request.transport.close()
    return web.Response()


async def cuts_midway(request: web.Request) -> web.StreamResponse:
    """Ends the connection within the body it announced."""
    response = web.StreamResponse(headers={"Content-Type": "application/json", "Content-Length": "1000"})
    await response.prepare(request)
    await response.write(b'{"model": "gpt-x"')
    assert request.transport
    request.transport.close()
    return response
