import asyncio
from datetime import timedelta

import pytest

from storage.database import Database
from storage.inbox import Delivery, Inbox, InboxState, StoredDelivery
from tests.storage.examples import ACME, LATER, NOW, OTHER

MENTION = Delivery(
    key="message:C1:1700000000.000100",
    event_id="Ev1",
    kind="message",
    intent={"text": "Can I cancel? a\x00b 🐢", "links": ["https://acme.zendesk.com/4711"], "depth": {"n": None}},
    channel="C1",
    message="1700000000.000100",
)


def delivery(key: str, event_id: str | None = None, *, channel: str = "C1", message: str = "") -> Delivery:
    return Delivery(key=key, event_id=event_id, kind="message", intent={"n": 1}, channel=channel, message=message)


async def add(database: Database, added: Delivery, workspace: str = ACME) -> bool:
    async with database.transaction() as tx:
        return await Inbox(tx, workspace).add(added, NOW)


async def load(database: Database, key: str) -> StoredDelivery:
    async with database.reading() as tx:
        stored = await Inbox(tx, ACME).load(key)
    assert stored is not None
    return stored


async def test_a_delivery_comes_back_as_it_came(database: Database) -> None:
    assert await add(database, MENTION)
    assert await load(database, MENTION.key) == StoredDelivery(
        **MENTION.model_dump(), state=InboxState.NEW, received_at=NOW, finished_at=None, problem="", tries=0
    )


@pytest.mark.parametrize(
    "again",
    [
        pytest.param(MENTION, id="the same event"),
        pytest.param(MENTION.model_copy(update={"event_id": "Ev2"}), id="the same thing as another event"),
        pytest.param(MENTION.model_copy(update={"key": "other"}), id="the same event under another key"),
        pytest.param(MENTION.model_copy(update={"event_id": None}), id="the same thing as no event"),
    ],
)
async def test_a_delivery_whose_key_or_event_is_known_is_not_new_and_changes_nothing(
    database: Database, again: Delivery
) -> None:
    await add(database, MENTION)
    assert not await add(database, again.model_copy(update={"kind": "again"}))
    assert (await load(database, MENTION.key)).kind == "message"


async def test_what_is_no_event_is_known_by_its_key_alone(database: Database) -> None:
    assert [await add(database, delivery(key)) for key in ("one", "two", "one")] == [True, True, False]


async def test_of_fifty_who_add_the_same_at_once_one_is_told_that_it_is_new(
    database: Database, other: Database
) -> None:
    told = await asyncio.gather(*(add(through, MENTION) for through in (database, other) * 25))
    assert sorted(told) == [False] * 49 + [True]


async def test_a_delivery_that_is_rolled_back_is_new_when_it_comes_again(database: Database) -> None:
    async def fails_after_adding() -> None:
        async with database.transaction() as tx:
            assert await Inbox(tx, ACME).add(MENTION, NOW)
            raise RuntimeError("on the way")

    with pytest.raises(RuntimeError, match="on the way"):
        await fails_after_adding()
    assert await add(database, MENTION)


async def test_what_nobody_dealt_with_is_listed_oldest_first(database: Database) -> None:
    async with database.transaction() as tx:
        inbox = Inbox(tx, ACME)
        for n, key in enumerate(("d", "c", "b", "a")):
            await inbox.add(delivery(key), NOW + timedelta(seconds=n))
        await inbox.finish("c", LATER)
        await inbox.finish("b", LATER, "The ticket does not exist; paste its text.")
        assert await inbox.open() == ["d", "a"]
        assert await inbox.open(limit=1) == ["d"]


async def test_a_failure_is_kept_with_its_reason_and_can_be_mended_but_what_is_done_stays_so(
    database: Database,
) -> None:
    await add(database, MENTION)
    stood = []
    for problem in ("The model is not reachable.", "", "Too late."):
        async with database.transaction() as tx:
            await Inbox(tx, ACME).finish(MENTION.key, LATER, problem)
        stored = await load(database, MENTION.key)
        stood.append((stored.state, stored.problem, stored.finished_at))
    assert stood == [
        (InboxState.FAILED, "The model is not reachable.", LATER),
        (InboxState.DONE, "", LATER),
        (InboxState.DONE, "", LATER),
    ]


async def test_the_newest_message_is_that_of_its_own_channel(database: Database) -> None:
    seen = (
        ("C1", "1700000009.000100"),
        ("C1", "1700000010.000200"),
        ("C1", "1700000010.000100"),
        ("C2", "1800000000.000100"),
        ("C1", ""),
    )
    for n, (channel, message) in enumerate(seen):
        await add(database, delivery(str(n), channel=channel, message=message))
    async with database.reading() as tx:
        newest = [await Inbox(tx, ACME).newest(channel) for channel in ("C1", "C2", "C3")]
    assert newest == ["1700000010.000200", "1800000000.000100", ""]


async def test_the_deliveries_about_a_message_are_found_by_kind_oldest_first(database: Database) -> None:
    async with database.transaction() as tx:
        inbox = Inbox(tx, ACME)
        for n, (kind, channel, message) in enumerate(
            (("edit", "C1", "1"), ("edit", "C1", "1"), ("open", "C1", "1"), ("edit", "C2", "1"), ("edit", "C1", "2"))
        ):
            made = Delivery(key=f"{9 - n}", kind=kind, intent={"n": n}, channel=channel, message=message)
            await inbox.add(made, NOW + timedelta(seconds=n))
        assert [found.intent for found in await inbox.about("C1", "1", "edit")] == [{"n": 0}, {"n": 1}]
        assert await Inbox(tx, OTHER).about("C1", "1", "edit") == []


async def test_what_was_said_is_forgotten_but_not_that_it_came(database: Database) -> None:
    for key in ("done", "failed", "recent", "open"):
        await add(database, delivery(key))
    async with database.transaction() as tx:
        inbox = Inbox(tx, ACME)
        await inbox.finish("done", NOW)
        await inbox.finish("failed", NOW, "The ticket does not exist; paste its text.")
        await inbox.finish("recent", LATER)
        assert await inbox.forget(LATER) == 2
        assert await inbox.forget(LATER) == 0
    intents = {key: (await load(database, key)).intent for key in ("done", "failed", "recent", "open")}
    assert intents == {"done": {}, "failed": {}, "recent": {"n": 1}, "open": {"n": 1}}
    assert not await add(database, delivery("done"))


async def test_workspaces_with_equal_keys_never_see_each_other(database: Database) -> None:
    assert await add(database, MENTION)
    async with database.transaction() as tx:
        theirs = Inbox(tx, OTHER)
        assert (await theirs.load(MENTION.key), await theirs.open(), await theirs.newest("C1")) == (None, [], "")
        assert await theirs.add(MENTION, NOW)
        await theirs.finish(MENTION.key, NOW)
        assert await theirs.forget(LATER) == 1
    ours = await load(database, MENTION.key)
    assert (ours.state, ours.intent) == (InboxState.NEW, MENTION.intent)
