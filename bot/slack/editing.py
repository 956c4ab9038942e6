"""Editing: a message that is in Slack says something else. To repeat an edit does no harm, so it is repeated."""

import time
from collections.abc import Awaitable, Callable

from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import Undelivered
from bot.slack.client import call
from bot.slack.patience import FIRST_PAUSE, LONGEST_PAUSE, Patience
from bot.slack.posting import Checkpoint, Message, Posting
from bot.slack.refusals import Limited, Refusal
from bot.slack.throttle import Throttle
from storage.posts import PostState

_UPDATE = "chat.update"


async def _always() -> bool:
    return True


class Editing:
    """Edits posts."""

    def __init__(
        self,
        client: AsyncWebClient,
        throttle: Throttle,
        posting: Posting,
        patience: Patience,
        checkpoint: Checkpoint,
    ) -> None:
        self._client = client
        self._throttle = throttle
        self._posting = posting
        self._patience = patience
        self._checkpoint = checkpoint

    async def edit(self, post: str, message: Message, still_wanted: Callable[[], Awaitable[bool]] = _always) -> bool:
        """Whether the post says so now. False where it is not in Slack, or something newer is shown meanwhile.

        Raises `Undelivered` where Slack refuses or stays away for too long.
        """
        stored = await self._posting.load(post)
        if stored is None or stored.ts is None or stored.state is not PostState.POSTED:
            return False
        until, pause = time.monotonic() + self._patience.editing, FIRST_PAUSE
        while True:
            await self._throttle.turn(_UPDATE)
            if not await still_wanted():
                return False
            try:
                return await self._update(stored.channel, stored.ts, message)
            except Refusal as refusal:
                if refusal.code != "message_not_found":
                    raise
                await self._posting.gone(post)
                return False
            except Undelivered as trouble:
                limited = trouble.seconds if isinstance(trouble, Limited) else 0.0
                if time.monotonic() + max(limited, pause) > until:
                    raise
                self._throttle.hold(_UPDATE, "", max(limited, pause))
                pause = min(pause * 2, LONGEST_PAUSE)

    async def _update(self, channel: str, ts: str, message: Message) -> bool:
        self._checkpoint("before_update")
        await call(
            self._client,
            _UPDATE,
            channel=channel,
            ts=ts,
            text=message.text,
            blocks=message.blocks,
            parse="none",
            link_names=False,
        )
        self._checkpoint("after_update")
        return True
