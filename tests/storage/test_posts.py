import asyncio
from collections.abc import Awaitable, Callable
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.database import Database
from storage.posts import Posts, PostState, StoredPost
from tests.storage.examples import ACME, LATER, NOW, OTHER

TS = "1700000000.000100"
ANOTHER_TS = "1700000000.000200"
MOVES: dict[str, Callable[[Posts, str], Awaitable[bool]]] = {
    "begin": lambda posts, post: posts.begin(post, LATER),
    "posted": lambda posts, post: posts.posted(post, TS),
    "posted elsewhere": lambda posts, post: posts.posted(post, ANOTHER_TS),
    "back": lambda posts, post: posts.back(post),
    "uncertain": lambda posts, post: posts.uncertain(post),
    "again": lambda posts, post: posts.again(post),
    "gone": lambda posts, post: posts.gone(post),
}
ALLOWED = {
    PostState.NEW: {"begin": PostState.POSTING, "posted": PostState.POSTED},
    PostState.POSTING: {"posted": PostState.POSTED, "back": PostState.NEW, "uncertain": PostState.UNCERTAIN},
    PostState.POSTED: {"gone": PostState.GONE, "posted": PostState.POSTED},
    PostState.UNCERTAIN: {"again": PostState.NEW, "posted": PostState.POSTED},
    PostState.GONE: {"again": PostState.NEW},
}
WAYS = {
    PostState.NEW: (),
    PostState.POSTING: ("begin",),
    PostState.POSTED: ("begin", "posted"),
    PostState.UNCERTAIN: ("begin", "uncertain"),
    PostState.GONE: ("begin", "posted", "gone"),
}


async def reserve(database: Database, post: str = "post", channel: str = "C1") -> str:
    async with database.transaction() as tx:
        return (await Posts(tx, ACME).reserve(post, channel, "", NOW)).id


async def move(database: Database, post: str, *names: str) -> list[bool]:
    moved = []
    for name in names:
        async with database.transaction() as tx:
            moved.append(await MOVES[name](Posts(tx, ACME), post))
    return moved


async def load(database: Database, post: str = "post") -> StoredPost:
    async with database.reading() as tx:
        stored = await Posts(tx, ACME).load(post)
    assert stored is not None
    return stored


async def test_a_post_is_reserved_once_and_stays_as_it_was(database: Database) -> None:
    expected = StoredPost(
        id="post",
        channel="C1",
        thread=TS,
        ts=None,
        state=PostState.NEW,
        posting_at=None,
        shown=0,
        created_at=NOW,
    )
    async with database.transaction() as tx:
        assert await Posts(tx, ACME).reserve("post", "C1", TS, NOW) == expected
    async with database.transaction() as tx:
        assert await Posts(tx, ACME).reserve("post", "C2", "", LATER) == expected
    assert await load(database) == expected


async def test_all_who_reserve_at_once_get_the_same_post(database: Database, other: Database) -> None:
    assert await asyncio.gather(*(reserve(through) for through in (database, other) * 5)) == ["post"] * 10


async def test_of_many_who_begin_at_once_one_may_post(database: Database, other: Database) -> None:
    await reserve(database)
    told = await asyncio.gather(*(move(through, "post", "begin") for through in (database, other) * 10))
    assert sorted(told) == [[False]] * 19 + [[True]]
    assert (await load(database)).posting_at == LATER


@pytest.mark.parametrize("state", PostState)
@pytest.mark.parametrize("name", ["begin", "posted", "back", "uncertain", "again", "gone"])
async def test_each_move_is_made_from_its_own_states_only(database: Database, state: PostState, name: str) -> None:
    await reserve(database)
    await move(database, "post", *WAYS[state])
    assert (await load(database)).state is state
    assert await move(database, "post", name) == [name in ALLOWED[state]]
    assert (await load(database)).state is ALLOWED[state].get(name, state)


histories = st.lists(st.sampled_from(sorted(MOVES)), max_size=20)


@given(history=histories)
@settings(max_examples=40, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_a_posted_message_is_never_posted_a_second_time(database: Database, history: list[str]) -> None:
    post = await reserve(database, *(uuid4().hex for _ in ("post", "channel")))
    before = await load(database, post)
    for name in history:
        await move(database, post, name)
        after = await load(database, post)
        if before.state is PostState.POSTED:
            # The same message, or a person deleted it.
            assert after.state in {PostState.POSTED, PostState.GONE}
            assert after.ts == before.ts
        if after.state is PostState.POSTING and before.state is not PostState.POSTING:
            assert before.state is PostState.NEW
        if before.state in {PostState.UNCERTAIN, PostState.GONE} and after.state is PostState.NEW:
            assert name == "again"
        before = after


async def test_only_the_first_message_that_slack_names_is_the_posts(database: Database) -> None:
    await reserve(database)
    assert await move(database, "post", "begin", "posted", "posted", "posted elsewhere") == [True, True, True, False]
    assert (await load(database)).ts == TS


async def test_a_post_that_is_made_again_begins_anew(database: Database) -> None:
    await reserve(database)
    await move(database, "post", "begin", "posted")
    async with database.transaction() as tx:
        await Posts(tx, ACME).shows("post", 3)
    await move(database, "post", "gone", "again")
    again = await load(database)
    assert (again.state, again.ts, again.posting_at, again.shown) == (PostState.NEW, None, None, 0)


async def test_a_post_is_found_by_its_message(database: Database) -> None:
    await reserve(database)
    await move(database, "post", "begin", "posted")
    async with database.reading() as tx:
        posts = Posts(tx, ACME)
        found = [await posts.at(channel, ts) for channel, ts in (("C1", TS), ("C2", TS), ("C1", ANOTHER_TS))]
    assert [post.id if post else None for post in found] == ["post", None, None]


async def test_an_older_revision_is_never_shown_after_a_newer_one(database: Database) -> None:
    await reserve(database)
    async with database.transaction() as tx:
        posts = Posts(tx, ACME)
        assert [await posts.shows("post", revision) for revision in (1, 1, 3, 2, 3, 4)] == [
            True,
            True,
            True,
            False,
            True,
            True,
        ]
        assert not await posts.shows("unknown", 1)
    assert (await load(database)).shown == 4


async def test_of_revisions_shown_at_once_the_newest_stays(database: Database, other: Database) -> None:
    await reserve(database)

    async def show(through: Database, revision: int) -> None:
        async with through.transaction() as tx:
            await Posts(tx, ACME).shows("post", revision)

    await asyncio.gather(*(show((database, other)[n % 2], n) for n in (3, 9, 1, 7, 5, 2, 8)))
    assert (await load(database)).shown == 9


async def test_the_uncertain_ones_are_listed_for_a_person(database: Database) -> None:
    for post in ("b", "a", "sure"):
        await reserve(database, post)
        await move(database, post, "begin")
    await move(database, "b", "uncertain")
    await move(database, "a", "uncertain")
    async with database.reading() as tx:
        assert [post.id for post in await Posts(tx, ACME).uncertain_ones()] == ["a", "b"]


async def test_workspaces_with_equal_ids_never_see_each_other(database: Database) -> None:
    await reserve(database)
    async with database.transaction() as tx:
        theirs = Posts(tx, OTHER)
        assert await theirs.load("post") is None
        assert not await theirs.begin("post", NOW)
        await theirs.reserve("post", "C1", "", NOW)
        await theirs.begin("post", NOW)
        await theirs.posted("post", TS)
        assert await theirs.shows("post", 9)
    ours = await load(database)
    assert (ours.state, ours.ts, ours.shown) == (PostState.NEW, None, 0)
