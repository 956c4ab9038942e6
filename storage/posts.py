"""Our messages in Slack: what makes each of them be posted once.

    begin      new -> posting
    posted     new, posting or uncertain -> posted
    back       posting -> new
    uncertain  posting -> uncertain
    gone       posted -> gone
    again      uncertain or gone -> new

Slack has no key that would make it refuse a second copy. So only who moves a post from new to posting may send it, and
where nobody knows whether Slack took it, a person decides.
"""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement
from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from knowledge.drafting.frozen import Frozen
from storage.once import add_once
from storage.tables import PostRow
from storage.turn import take_turn


class PostState(StrEnum):
    """Whether a message of ours is in Slack."""

    NEW = "new"
    POSTING = "posting"
    POSTED = "posted"
    UNCERTAIN = "uncertain"
    GONE = "gone"


class StoredPost(Frozen):
    """A message of ours, in Slack or on its way."""

    id: str
    channel: str
    thread: str
    """The ts of the message it answers, or empty."""
    ts: str | None
    """Its own, once Slack has told us."""
    state: PostState
    posting_at: datetime | None
    """When it was last sent."""
    shown: int
    """The greatest revision of its content that was shown."""
    created_at: datetime


class Posts:
    """The posts of one workspace. What moves a post says whether it did."""

    def __init__(self, tx: AsyncSession, workspace: str) -> None:
        self._tx = tx
        self._workspace = workspace

    async def reserve(self, post_id: str, channel: str, thread: str, now: datetime) -> StoredPost:
        """The post with this id, made where there is none; a second call leaves it as it is."""
        await take_turn(self._tx, self._workspace)
        row = PostRow(
            workspace=self._workspace,
            id=post_id,
            channel=channel,
            thread=thread,
            state=PostState.NEW.value,
            created_at=now,
        )
        await add_once(self._tx, row)
        return (await self._where(col(PostRow.id) == post_id))[0]

    async def load(self, post_id: str) -> StoredPost | None:
        """The post, or none where this workspace has no such post."""
        found = await self._where(col(PostRow.id) == post_id)
        return found[0] if found else None

    async def at(self, channel: str, ts: str) -> StoredPost | None:
        """The post that is this message, or none where the message is not ours."""
        found = await self._where(col(PostRow.channel) == channel, col(PostRow.ts) == ts)
        return found[0] if found else None

    async def are_in(self, channel: str, thread: str) -> bool:
        """Whether a message of ours answers in a thread."""
        posts = await self._where(col(PostRow.channel) == channel, col(PostRow.thread) == thread)
        return any(post.state is PostState.POSTED for post in posts)

    async def uncertain_ones(self) -> list[StoredPost]:
        """The posts of which nobody knows whether Slack took them, oldest first."""
        return await self._where(col(PostRow.state) == PostState.UNCERTAIN.value)

    async def begin(self, post_id: str, now: datetime) -> bool:
        """Whether the caller, and nobody else, is to send the post now."""
        return await self._move(post_id, {PostState.NEW}, PostState.POSTING, posting_at=now)

    async def posted(self, post_id: str, ts: str) -> bool:
        """Notes that the post is this message in Slack. False where another message is, or it is gone already."""
        on_its_way = {PostState.NEW, PostState.POSTING, PostState.UNCERTAIN}
        if await self._move(post_id, on_its_way, PostState.POSTED, ts=ts):
            return True
        post = await self.load(post_id)
        return post is not None and (post.state, post.ts) == (PostState.POSTED, ts)

    async def back(self, post_id: str) -> bool:
        """Notes that Slack certainly did not take the post, so that it can be sent again."""
        return await self._move(post_id, {PostState.POSTING}, PostState.NEW)

    async def uncertain(self, post_id: str) -> bool:
        """Notes that nobody knows whether Slack took the post."""
        return await self._move(post_id, {PostState.POSTING}, PostState.UNCERTAIN)

    async def gone(self, post_id: str) -> bool:
        """Notes that the message was deleted in Slack."""
        return await self._move(post_id, {PostState.POSTED}, PostState.GONE)

    async def again(self, post_id: str) -> bool:
        """Lets a post that is uncertain or gone be sent as a new message, because a person asked for it."""
        lost = {PostState.UNCERTAIN, PostState.GONE}
        return await self._move(post_id, lost, PostState.NEW, ts=None, posting_at=None, shown=0)

    async def shows(self, post_id: str, revision: int) -> bool:
        """Whether a revision may be shown: false where a newer one was. Call it before showing the revision."""
        await take_turn(self._tx, self._workspace)
        not_newer = update(PostRow).where(
            col(PostRow.workspace) == self._workspace, col(PostRow.id) == post_id, col(PostRow.shown) <= revision
        )
        return (await self._tx.exec(not_newer.values(shown=revision))).rowcount == 1

    async def _move(
        self, post_id: str, sources: Collection[PostState], target: PostState, **changes: str | int | datetime | None
    ) -> bool:
        """Compare-and-set: of many callers at once one moves the post."""
        await take_turn(self._tx, self._workspace)
        movable = update(PostRow).where(
            col(PostRow.workspace) == self._workspace,
            col(PostRow.id) == post_id,
            col(PostRow.state).in_([source.value for source in sources]),
        )
        return (await self._tx.exec(movable.values(state=target.value, **changes))).rowcount == 1

    async def _where(self, *conditions: ColumnElement[bool]) -> list[StoredPost]:
        query = select(PostRow).where(col(PostRow.workspace) == self._workspace, *conditions)
        oldest_first = query.order_by(col(PostRow.created_at), col(PostRow.id))
        rows = await self._tx.exec(oldest_first, execution_options={"populate_existing": True})
        return [StoredPost.model_validate(row.model_dump(exclude={"workspace"})) for row in rows]
