"""Lookup: whether a message of ours is in Slack, found by the post's id that each of our messages carries."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.intents import Place
from bot.slack.client import call
from bot.slack.identity import Identity
from bot.slack.refusals import Troubled
from bot.slack.throttle import Throttle

_EVENT = "proofdesk_post"
_BEFORE = timedelta(minutes=2)
"""Our clock and Slack's may differ by that much."""
_PAGE = 200
_PAGES = 5


def metadata(post: str) -> dict[str, Any]:
    """What a message carries, unseen by people, to be found by."""
    return {"event_type": _EVENT, "event_payload": {"post": post}}


class Lookup:
    """Looks for our own messages in a thread or a channel."""

    def __init__(self, client: AsyncWebClient, throttle: Throttle, identity: Identity) -> None:
        self._client = client
        self._throttle = throttle
        self._identity = identity

    async def find(self, post: str, place: Place, sent_at: datetime) -> str:
        """The ts of the message that carries the post's id, or empty where Slack shows none.

        Raises `Undelivered` where Slack does not show all that was said since.
        """
        own = await self._identity.read()
        oldest = f"{(sent_at - _BEFORE).timestamp():.6f}"
        cursor: str | None = None
        for _ in range(_PAGES):
            page = await self._page(place, oldest, cursor)
            for message in page.get("messages") or ():
                if message.get("bot_id") == own.bot_id and _post(message) == post:
                    return str(message["ts"])
            cursor = (page.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return ""
        raise Troubled

    async def _page(self, place: Place, oldest: str, cursor: str | None) -> Mapping[str, Any]:
        method = "conversations.replies" if place.thread else "conversations.history"
        await self._throttle.turn(method)
        return await call(
            self._client,
            method,
            channel=place.channel,
            ts=place.thread or None,
            oldest=oldest,
            limit=_PAGE,
            cursor=cursor,
            include_all_metadata=True,
        )


def _post(message: Mapping[str, Any]) -> str:
    found = message.get("metadata") or {}
    return str(found.get("event_payload", {}).get("post", "")) if found.get("event_type") == _EVENT else ""
