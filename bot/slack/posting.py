"""Posting: each message of ours is in Slack once, although Slack would take a second copy.

A post is noted as on its way, and the note is committed, before it is sent. Where the answer does not come, the post is
looked for by the id that it carries; where that does not tell either, it stays uncertain and a person decides.
"""

import asyncio
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple
from uuid import NAMESPACE_URL, uuid5

from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import Unconfirmed, Undelivered
from bot.intents import Place
from bot.slack.client import call
from bot.slack.lookup import Lookup, metadata
from bot.slack.patience import FIRST_PAUSE, LONGEST_PAUSE, Attempt, Patience
from bot.slack.refusals import Limited, Refusal, Troubled, Unanswered, Unreachable
from bot.slack.throttle import Throttle
from storage.database import Database
from storage.posts import Posts, PostState, StoredPost

Checkpoint = Callable[[str], None]
"""Told of each step that a crash could fall on."""

POST = "chat.postMessage"
QUIET: dict[str, Any] = {"unfurl_links": False, "unfurl_media": False, "parse": "none", "link_names": False}
"""Nothing in our messages becomes a preview or a mention that our own code did not make."""

_UNSURE = (
    "I cannot tell whether Slack took my message; look for it here and, if it is missing, ask me to post it again."
)


class Message(NamedTuple):
    """What one message says."""

    text: str
    blocks: list[dict[str, Any]]


class Posting:
    """Posts messages once."""

    def __init__(  # noqa: PLR0913 - Everything it uses is handed to it.
        self,
        *,
        client: AsyncWebClient,
        database: Database,
        workspace: str,
        throttle: Throttle,
        lookup: Lookup,
        now: Callable[[], datetime],
        patience: Patience,
        checkpoint: Checkpoint,
    ) -> None:
        self._client = client
        self._database = database
        self._workspace = workspace
        self._throttle = throttle
        self._lookup = lookup
        self._now = now
        self._patience = patience
        self._checkpoint = checkpoint

    async def load(self, post: str) -> StoredPost | None:
        """What is known of a post."""
        async with self._database.reading() as tx:
            return await Posts(tx, self._workspace).load(post)

    async def is_answered(self, place: Place) -> bool:
        """Whether a thread has an answer that we know of: the message in question, or one of ours."""
        if place.message not in ("", place.thread):
            return True
        async with self._database.reading() as tx:
            return await Posts(tx, self._workspace).are_in(place.channel, place.thread)

    async def shows(self, post: str, revision: int) -> bool:
        """Whether a revision may be shown: false where a newer one was."""
        async with self._database.transaction() as tx:
            return await Posts(tx, self._workspace).shows(post, revision)

    async def gone(self, post: str) -> None:
        """Notes that a person deleted the message."""
        async with self._database.transaction() as tx:
            await Posts(tx, self._workspace).gone(post)

    async def once(self, post: str, place: Place, message: Message) -> str:
        """The message's ts, posted now or before. Raises `Undelivered`, and `Unconfirmed` where nobody can tell."""
        async with self._database.transaction() as tx:
            stored = await Posts(tx, self._workspace).reserve(post, place.channel, place.thread, self._now())
        attempt = Attempt(self._patience)
        while True:
            if stored.ts is not None:
                return stored.ts
            if stored.state is PostState.NEW:
                await self._send(stored, message, attempt)
            elif stored.state is PostState.UNCERTAIN:
                await self._find(stored)
            else:
                # On its way by another process, or by one that was killed: whose answer nobody waits for.
                await self._settle(stored, answered=False)
            stored = await self._present(post)

    async def _send(self, stored: StoredPost, message: Message, attempt: Attempt) -> None:
        """One attempt. Returns where it is worth looking again, raises where it is not."""
        await self._throttle.turn(POST, stored.channel)
        sent_at = self._now()
        async with self._database.transaction() as tx:
            if not await Posts(tx, self._workspace).begin(stored.id, sent_at):
                return
        stored = stored.model_copy(update={"posting_at": sent_at})
        try:
            await self._posted(stored.id, await self._request(stored, message))
        except Refusal:
            await self._back(stored.id)
            raise
        except Limited as limited:
            await self._back(stored.id)
            attempt.wait_for(limited)
            self._throttle.hold(POST, stored.channel, limited.seconds)
        except Unreachable as unreachable:
            await self._back(stored.id)
            await asyncio.sleep(attempt.pause(unreachable))
        except Troubled as troubled:
            await self._settle(stored, answered=True)
            if (await self._present(stored.id)).state is PostState.NEW:
                attempt.after(troubled)
        except Unanswered:
            await self._settle(stored, answered=False)

    async def _request(self, stored: StoredPost, message: Message) -> str:
        self._checkpoint("before_post")
        answer = await call(
            self._client,
            POST,
            channel=stored.channel,
            thread_ts=stored.thread or None,
            text=message.text,
            blocks=message.blocks,
            metadata=metadata(stored.id),
            client_msg_id=str(uuid5(NAMESPACE_URL, f"proofdesk:{self._workspace}:{stored.id}")),
            **QUIET,
        )
        self._checkpoint("after_post")
        return str(answer["ts"])

    async def _settle(self, stored: StoredPost, *, answered: bool) -> None:
        """Finds out what became of a post on its way.

        Where Slack gave an answer and shows no message after the grace, it did not take it. Where it gave none, a
        request may still be under way, and so the post becomes uncertain.
        """
        sent_at = stored.posting_at or stored.created_at
        pause, began = FIRST_PAUSE, time.monotonic()
        while True:
            found, unseen = await self._seen(stored, sent_at)
            if found:
                await self._posted(stored.id, found)
                return
            # Both clocks: the wall's knows of the time before a crash, and the other one never stands still.
            waited = max((self._now() - sent_at).total_seconds(), time.monotonic() - began)
            left = self._patience.grace - waited
            if left <= 0:
                break
            await asyncio.sleep(min(pause, left))
            pause = min(pause * 2, LONGEST_PAUSE)
            if (await self._present(stored.id)).state is not PostState.POSTING:
                return
        async with self._database.transaction() as tx:
            posts = Posts(tx, self._workspace)
            await (posts.back(stored.id) if answered and not unseen else posts.uncertain(stored.id))

    async def _seen(self, stored: StoredPost, sent_at: datetime) -> tuple[str, Undelivered | None]:
        place = Place(channel=stored.channel, thread=stored.thread)
        try:
            return await self._lookup.find(stored.id, place, sent_at), None
        except Limited as limited:
            self._throttle.hold(
                "conversations.replies" if place.thread else "conversations.history", "", limited.seconds
            )
            return "", limited
        except Undelivered as unseen:
            return "", unseen

    async def _find(self, stored: StoredPost) -> None:
        """A last look before a person is asked: the message may have become visible since."""
        found, _ = await self._seen(stored, stored.posting_at or stored.created_at)
        if not found:
            raise Unconfirmed(_UNSURE)
        await self._posted(stored.id, found)

    async def _present(self, post: str) -> StoredPost:
        stored = await self.load(post)
        if stored is None:
            raise Undelivered("This card is not known any more; post the ticket again.")
        return stored

    async def _posted(self, post: str, ts: str) -> None:
        async with self._database.transaction() as tx:
            await Posts(tx, self._workspace).posted(post, ts)

    async def _back(self, post: str) -> None:
        async with self._database.transaction() as tx:
            await Posts(tx, self._workspace).back(post)
