"""The catch-up sweep: messages that Slack did not deliver, read from the channels. Replies in threads are not swept."""

import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import Undelivered
from bot.slack.client import call
from bot.slack.throttle import Throttle

Event = dict[str, Any]
"""A message event, as Slack would have delivered it."""

_LOG = logging.getLogger(__name__)
_LONGEST = timedelta(hours=24)
_MOST = 500
_PAGE = 200
_TYPES = "public_channel,private_channel,im,mpim"


async def missed(
    client: AsyncWebClient,
    throttle: Throttle,
    since: Callable[[str], Awaitable[str]],
    *,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    most: int = _MOST,
) -> AsyncIterator[Event]:
    """The messages of the channels we are in after what `since` knows of each, oldest first, of at most a day.

    `since` gives the ts of the newest message seen in a channel; where it is empty the channel is left out, for in a
    channel that is new to us nothing was missed. A channel that cannot be read is left out and logged.
    """
    earliest = f"{(now() - _LONGEST).timestamp():.6f}"
    async for channel in _pages(
        client, throttle, "users.conversations", "channels", types=_TYPES, exclude_archived=True
    ):
        known = await since(channel["id"])
        if not known:
            continue
        try:
            found = await _after(client, throttle, channel["id"], max(known, earliest, key=float), most)
        except Undelivered as unread:
            _LOG.warning("sweep_failed", extra={"channel": channel["id"], "reason": type(unread).__name__})
            continue
        if len(found) == most:
            _LOG.warning("sweep_cut", extra={"channel": channel["id"], "messages": most})
        for message in reversed(found):
            yield {**message, "channel": channel["id"], "channel_type": _type(channel)}


async def _after(client: AsyncWebClient, throttle: Throttle, channel: str, ts: str, most: int) -> list[Event]:
    """Newest first: of too many the newest are kept."""
    found: list[Event] = []
    async for message in _pages(
        client, throttle, "conversations.history", "messages", channel=channel, oldest=ts, inclusive=False
    ):
        found.append(message)
        if len(found) == most:
            break
    return found


async def _pages(
    client: AsyncWebClient, throttle: Throttle, method: str, what: str, **arguments: Any
) -> AsyncIterator[Event]:
    cursor: str | None = None
    while True:
        await throttle.turn(method)
        page = await call(client, method, limit=_PAGE, cursor=cursor, **arguments)
        for entry in page.get(what) or ():
            yield entry
        cursor = (page.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return


def _type(channel: Event) -> str:
    if channel.get("is_im"):
        return "im"
    if channel.get("is_mpim"):
        return "mpim"
    return "group" if channel.get("is_private") else "channel"
