"""Signed HTTP: deliveries to a Request URL, signed as Slack signs them."""

import hashlib
import hmac
import json
import time
from urllib.parse import urlencode

import aiohttp

from bot.sandbox.delivery import ACK_SECONDS, Answer, Delivery
from bot.sandbox.world import Json

_FORM = "application/x-www-form-urlencoded"


def signed(body: bytes, secret: str, at: int | None = None) -> dict[str, str]:
    """The headers that prove that a body comes from Slack."""
    timestamp = str(int(time.time()) if at is None else at)
    digest = hmac.new(secret.encode(), b"v0:" + timestamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    return {"x-slack-request-timestamp": timestamp, "x-slack-signature": f"v0={digest}"}


class SignedHttp:
    """A Request URL of the app."""

    def __init__(self, url: str, secret: str, session: aiohttp.ClientSession, ack_seconds: float = ACK_SECONDS) -> None:
        self._url = url
        self._secret = secret
        self._session = session
        self._timeout = aiohttp.ClientTimeout(total=ack_seconds)

    async def carry(self, delivery: Delivery, payload: Json, retry_reason: str) -> Answer:
        """Post once and read the answer."""
        body, content_type = _encoded(delivery.kind, payload)
        headers = {"content-type": content_type, **signed(body, self._secret)}
        if delivery.attempt:
            headers |= {"x-slack-retry-num": str(delivery.attempt), "x-slack-retry-reason": retry_reason}
        try:
            async with self._session.post(self._url, data=body, headers=headers, timeout=self._timeout) as response:
                text = await response.text()
        except TimeoutError:
            return Answer("http_timeout")
        except aiohttp.ClientError:
            return Answer("connection_failed")
        if response.status // 100 == 2:
            return Answer("ok", _decoded(text))
        return Answer("gone" if response.headers.get("x-slack-no-retry") == "1" else "http_error")


def _encoded(kind: str, payload: Json) -> tuple[bytes, str]:
    if kind == "events_api":
        return json.dumps(payload).encode(), "application/json"
    if kind == "interactive":
        return urlencode({"payload": json.dumps(payload)}).encode(), _FORM
    return urlencode(payload).encode(), _FORM


def _decoded(text: str) -> Json:
    """An answer's body: JSON, or plain text as a message of its own."""
    try:
        body = json.loads(text)
    except ValueError:
        return {"text": text} if text.strip() else {}
    return body if isinstance(body, dict) else {}
