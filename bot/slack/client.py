"""The connection to Slack's Web API: one session, no hidden retries, and one place that reads its errors."""

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import Undelivered
from bot.slack.refusals import Limited, Refusal, Troubled, Unanswered, Unreachable

SLACK = "https://slack.com/api/"

_TIMEOUT = aiohttp.ClientTimeout(total=10, connect=5)
# Slack's servers keep an idle connection for longer: so ours is never one they have just closed, which would look
# like a lost answer.
_IDLE = 5.0
_WRITING = frozenset(
    {"chat.postMessage", "chat.postEphemeral", "chat.update", "views.open", "files.completeUploadExternal"}
)
_FAILED_INSIDE = frozenset({"internal_error", "fatal_error", "request_timeout", "service_unavailable"})
_LIMITED = frozenset({"ratelimited", "rate_limited"})
_CODE = re.compile(r"[a-z0-9_]{1,60}")
_SCOPES = re.compile(r"[a-z0-9_.:, ]{1,200}")
_RETRY_AFTER = 30.0


@asynccontextmanager
async def open_client(token: str, api_url: str = "") -> AsyncIterator[AsyncWebClient]:
    """A client that sends each request once: a retry after a cut connection would post a message twice.

    `api_url` is where the Web API is, Slack's own when empty.
    """
    connector = aiohttp.TCPConnector(keepalive_timeout=_IDLE)
    async with aiohttp.ClientSession(timeout=_TIMEOUT, connector=connector) as session:
        client = AsyncWebClient(token=token, base_url=api_url or SLACK, session=session, retry_handlers=[])
        if api_url:
            client.proxy = None  # Another address than Slack's is a local one; the machine's proxy does not know it.
        yield client


async def call(client: AsyncWebClient, method: str, **arguments: Any) -> Mapping[str, Any]:
    """What Slack answers. Raises the errors of `bot.slack.refusals`, which hold no word of the request."""
    given = {name: value for name, value in arguments.items() if value is not None}
    try:
        if method in _WRITING:
            answer = await client.api_call(method, json=given)
        else:
            answer = await client.api_call(method, http_verb="GET", params=given)
    except SlackApiError as error:
        raise outcome(error) from None
    except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
        raise Unreachable from None
    except (aiohttp.ClientError, OSError, AttributeError, ValueError):
        # AttributeError and ValueError: the SDK's, where something else than Slack answers for it.
        raise Unanswered from None
    return answer.data if isinstance(answer.data, dict) else {}


def outcome(error: SlackApiError) -> Undelivered:
    """What an error answer of Slack's means."""
    response = error.response
    # Where the body was no JSON, this is aiohttp's response.
    status = int(getattr(response, "status_code", getattr(response, "status", 0)))
    headers, data = getattr(response, "headers", {}), getattr(response, "data", None)
    body = data if isinstance(data, dict) else {}
    code = str(body.get("error", ""))
    if status == 429 or code in _LIMITED:
        return Limited(_seconds(headers.get("Retry-After", "")))
    if status >= 500 or code in _FAILED_INSIDE:
        return Troubled()
    if not code:
        return Refusal(f"http_{status}") if status >= 400 else Unanswered()
    needed = str(body.get("needed", ""))
    return Refusal(code if _CODE.fullmatch(code) else "unreadable_error", needed if _SCOPES.fullmatch(needed) else "")


def _seconds(header: str) -> float:
    return float(header) if header.isascii() and header.isdigit() else _RETRY_AFTER
