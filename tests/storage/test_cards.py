import asyncio

import pytest
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.audit import AuditTrail
from storage.cards import Cards, StoredCard
from storage.database import Database
from storage.errors import StorageError
from storage.posts import Posts
from storage.tables import AuditRow
from storage.tickets import Tickets
from tests.storage.examples import ACME, LATER, NOW, OTHER, TICKET

SOURCE = "1700000000.000100"
REPLY = "1700000000.000200"


async def ticket(tx: AsyncSession, key: str = "key", workspace: str = ACME) -> str:
    return await Tickets(tx, workspace).open(TICKET, key, NOW)


async def open_card(
    tx: AsyncSession,
    card: str = "card",
    *,
    key: str = "key",
    channel: str = "C1",
    thread: str = SOURCE,
    source: str = SOURCE,
) -> StoredCard:
    return await Cards(tx, ACME).open(card, await ticket(tx, key), channel, thread, source, "U1", NOW)


def ids(cards: list[StoredCard]) -> list[str]:
    return [card.id for card in cards]


async def test_a_card_comes_back_as_it_was_opened(database: Database) -> None:
    async with database.transaction() as tx:
        opened = await open_card(tx)
        ticket_id = await ticket(tx)
    async with database.reading() as tx:
        stored = await Cards(tx, ACME).load("card")
        assert await Cards(tx, ACME).load("unknown") is None
    assert (
        stored
        == opened
        == StoredCard(
            id="card",
            ticket_id=ticket_id,
            channel="C1",
            thread=SOURCE,
            source=SOURCE,
            requested_by="U1",
            claimed_by="",
            source_gone=False,
            withheld="",
            created_at=NOW,
        )
    )


async def test_a_ticket_has_one_card_in_a_thread_whoever_asks_and_when(database: Database, other: Database) -> None:
    async def open_through(through: Database, card: str) -> StoredCard:
        async with through.transaction() as tx:
            return await Cards(tx, ACME).open(card, await ticket(tx), "C1", SOURCE, "", card, LATER)

    opened = await asyncio.gather(*(open_through((database, other)[n % 2], f"card-{n}") for n in range(6)))
    assert len({card.id for card in opened}) == 1


async def test_another_ticket_thread_or_channel_has_a_card_of_its_own(database: Database) -> None:
    async with database.transaction() as tx:
        opened = [
            await open_card(tx, "1"),
            await open_card(tx, "2", key="other"),
            await open_card(tx, "3", thread=REPLY),
            await open_card(tx, "4", channel="C2"),
        ]
        assert ids(opened) == ["1", "2", "3", "4"]
        cards = Cards(tx, ACME)
        assert ids(await cards.in_thread("C1", SOURCE)) == ["1", "2"]
        assert ids(await cards.of_ticket(await ticket(tx))) == ["1", "3", "4"]
        assert ids(await cards.of_source("C1", SOURCE)) == ["1", "2", "3"]
        assert ids(await cards.of_source("C1", REPLY)) == []


async def test_a_card_that_began_a_thread_is_found_in_it(database: Database) -> None:
    async with database.transaction() as tx:
        await open_card(tx, "began", thread="")
        await open_card(tx, "elsewhere", thread="", channel="C2")
        posts, cards = Posts(tx, ACME), Cards(tx, ACME)
        assert ids(await cards.in_thread("C1", REPLY)) == []
        await posts.reserve("began", "C1", "", NOW)
        await posts.posted("began", REPLY)
        assert ids(await cards.in_thread("C1", REPLY)) == ["began"]
        assert ids(await cards.in_thread("C2", REPLY)) == []


async def test_a_card_in_a_thread_does_not_begin_one(database: Database) -> None:
    async with database.transaction() as tx:
        await open_card(tx)
        await Posts(tx, ACME).reserve("card", "C1", SOURCE, NOW)
        await Posts(tx, ACME).posted("card", REPLY)
        assert ids(await Cards(tx, ACME).in_thread("C1", REPLY)) == []


async def test_a_person_takes_a_card_and_lets_it_go(database: Database) -> None:
    async with database.transaction() as tx:
        await open_card(tx)
        cards, seen = Cards(tx, ACME), []
        for person in ("U2", "U3", ""):
            assert await cards.claim("card", person, NOW)
            stored = await cards.load("card")
            seen.append(stored and stored.claimed_by)
        assert seen == ["U2", "U3", ""]
        assert not await cards.claim("unknown", "U2", NOW)


async def test_a_card_remembers_that_its_source_is_gone(database: Database) -> None:
    async with database.transaction() as tx:
        await open_card(tx)
        cards = Cards(tx, ACME)
        assert await cards.source_gone("card", NOW)
        assert [card.source_gone for card in await cards.of_source("C1", SOURCE)] == [True]
        assert not await cards.source_gone("unknown", NOW)


async def test_the_cards_of_a_channel_are_withheld_once_and_keep_the_reason(database: Database) -> None:
    async with database.transaction() as tx:
        for card, channel in (("1", "C1"), ("2", "C1"), ("3", "C2")):
            await open_card(tx, card, key=card, channel=channel)
        cards = Cards(tx, ACME)
        withheld = await cards.withhold("C1", "The channel is shared.", NOW)
        await open_card(tx, "4", key="4")
        again = await cards.withhold("C1", "Still shared.", NOW)
        stored = [await cards.load(card) for card in ("1", "2", "3", "4")]
    assert (ids(withheld), ids(again)) == (["1", "2"], ["4"])
    assert withheld == stored[:2]
    assert [card and card.withheld for card in stored] == [
        "The channel is shared.",
        "The channel is shared.",
        "",
        "Still shared.",
    ]


async def test_each_change_of_a_card_is_in_the_audit_trail_with_who_made_it(database: Database) -> None:
    async with database.transaction() as tx:
        await ticket(tx)
        before = await AuditTrail(tx, ACME).newest()
        await open_card(tx)
        await open_card(tx, "again")
        cards = Cards(tx, ACME)
        await cards.claim("card", "U2", NOW)
        await cards.claim("card", "", NOW)
        await cards.source_gone("card", NOW, "U1")
        await cards.withhold("C1", "The channel is shared.", NOW)
        assert await AuditTrail(tx, ACME).verify() == before + 5
        rows = (await tx.exec(select(AuditRow).where(col(AuditRow.seq) > before).order_by(col(AuditRow.seq)))).all()
    assert [(row.action, row.actor) for row in rows] == [
        ("card.opened", "U1"),
        ("card.claimed", "U2"),
        ("card.released", "U2"),
        ("card.source_gone", "U1"),
        ("card.withheld", "proofdesk"),
    ]
    assert {row.subject for row in rows} == {"card"}


async def test_a_card_needs_a_ticket_of_its_own_workspace(database: Database) -> None:
    async with database.transaction() as tx:
        theirs = await ticket(tx, workspace=OTHER)
    with pytest.raises(StorageError, match="fault in Proofdesk"):
        async with database.transaction() as tx:
            await Cards(tx, ACME).open("card", theirs, "C1", "", "", "U1", NOW)


async def test_workspaces_with_equal_ids_never_see_each_other(database: Database) -> None:
    async with database.transaction() as tx:
        await open_card(tx, thread="")
        theirs = Cards(tx, OTHER)
        opened = await theirs.open("card", await ticket(tx, workspace=OTHER), "C1", "", SOURCE, "U9", NOW)
        assert opened.requested_by == "U9"
        await theirs.claim("card", "U9", NOW)
        await theirs.withhold("C1", "Theirs.", NOW)
        # Their message is not where our card is.
        await Posts(tx, OTHER).reserve("card", "C1", "", NOW)
        await Posts(tx, OTHER).posted("card", REPLY)
        ours = Cards(tx, ACME)
        assert ids(await ours.in_thread("C1", REPLY)) == []
        assert [(card.claimed_by, card.withheld) for card in await ours.of_source("C1", SOURCE)] == [("", "")]
