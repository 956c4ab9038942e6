"""The HTTP door: Slack's signed requests, guarded before they reach Bolt, and a health check."""

import json
import logging
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from urllib.parse import parse_qs

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest

EVENTS = "/slack/events"
HEALTH = "/health"

Health = Callable[[], Awaitable[Mapping[str, object]]]
"""How we are: at least `ok`, true or false."""

_LOG = logging.getLogger(__name__)
_LARGEST = 1024 * 1024
_DEEPEST = 100
_FIELDS = 100
_TIMESTAMP = re.compile(r"[0-9]{1,11}", re.ASCII)
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_BRACKET = re.compile(r"[\[{\]}]")
_SHUTDOWN = 5.0


class _Malformed(Exception):
    """A request that Slack would not send; the argument says in a word why."""


@asynccontextmanager
async def http_door(app: AsyncApp, host: str, port: int, health: Health) -> AsyncIterator[int]:
    """Listens until left, and gives back the port: a free one where `port` is 0."""
    # Bolt logs the whole body of a request that it rejects: anybody could write into our log.
    logging.getLogger("slack_bolt.RequestVerification").addFilter(_nothing)
    runner = web.AppRunner(_web_app(app, health), access_log=None, shutdown_timeout=_SHUTDOWN)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        yield int(runner.addresses[0][1])
    finally:
        await runner.cleanup()


def _web_app(app: AsyncApp, health: Health) -> web.Application:
    async def events(request: web.Request) -> web.Response:
        try:
            asked = await _read(request)
        except _Malformed as malformed:
            _LOG.warning("request_refused", extra={"reason": str(malformed)})
            return web.json_response({"error": "invalid request"}, status=400)
        try:
            answer = await to_aiohttp_response(await app.async_dispatch(asked))
        except Exception as error:  # noqa: BLE001 - Slack is told to deliver it again, whatever it was.
            _LOG.warning("request_failed", extra={"reason": type(error).__name__})
            return web.json_response({"error": "failed"}, status=500)
        if answer.status == web.HTTPUnauthorized.status_code:
            _LOG.warning("request_refused", extra={"reason": "signature"})
        return answer

    async def how_we_are(_: web.Request) -> web.Response:
        state = await health()
        return web.json_response(dict(state), status=200 if state.get("ok") is True else 503)

    served = web.Application(client_max_size=_LARGEST)
    served.add_routes([web.post(EVENTS, events), web.get(HEALTH, how_we_are)])
    return served


async def _read(request: web.Request) -> AsyncBoltRequest:
    """A request that Bolt can read without failing; whether it is Slack's, its signature tells."""
    timestamp = request.headers.get("x-slack-request-timestamp")
    if timestamp is not None and not _TIMESTAMP.fullmatch(timestamp):
        raise _Malformed("timestamp")
    try:
        body = (await request.read()).decode("utf-8")
    except UnicodeDecodeError:
        raise _Malformed("encoding") from None
    _check(body, request.content_type)
    try:
        return AsyncBoltRequest(body=body, query=request.query_string, headers=dict(request.headers))
    except (AttributeError, LookupError, TypeError, ValueError):
        # Bolt looks for the team, the channel and the person before it looks at the signature.
        raise _Malformed("shape") from None


def _check(body: str, content_type: str) -> None:
    if not body:
        return
    is_json = content_type == "application/json" or body.startswith("{")
    try:
        written = body if is_json else _payload(body)
        if written is None:
            return
        if _is_deep(written):
            raise _Malformed("depth")
        value = json.loads(written)
    except (ValueError, RecursionError):
        raise _Malformed("form") from None
    if not isinstance(value, dict):
        raise _Malformed("form")


def _payload(body: str) -> str | None:
    fields = parse_qs(body, keep_blank_values=True, max_num_fields=_FIELDS)
    return fields["payload"][-1] if "payload" in fields else None


def _is_deep(written: str) -> bool:
    if written.count("[") + written.count("{") <= _DEEPEST:
        return False
    depth = 0
    for bracket in _BRACKET.findall(_STRING.sub("", written)):
        depth += 1 if bracket in "[{" else -1
        if depth > _DEEPEST:
            return True
    return False


def _nothing(_: logging.LogRecord) -> bool:
    return False
