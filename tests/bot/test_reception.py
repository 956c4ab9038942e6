import sqlite3
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.intents import (
    INTENTS,
    ChannelShared,
    Delivery,
    Intent,
    OpenTicket,
    Place,
    Pressed,
    Reacted,
    SourceChanged,
    Talk,
)
from bot.reception import Reception, opening_key
from knowledge.drafting.ticket import Ticket
from storage.cards import Cards
from storage.database import Database
from storage.drafts import Drafts
from storage.errors import DatabaseUnusable
from storage.inbox import Inbox, InboxState
from storage.posts import Posts
from storage.tickets import Tickets
from tests.fakes import ShelfOfTickets
from tests.storage.examples import DRAFT

WORKSPACE = "T0HARBOR"
INTAKE, ELSEWHERE = "C0INTAKE", "C0RANDOM"
TS = "1700000000.000100"
NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
TICKET = OpenTicket(place=Place(channel=INTAKE, thread=TS, message=TS), person="U0ANA", text="Can I cancel?")


class Desk:
    """A reception, the database behind it, and the jobs it has started."""

    def __init__(self, url: str) -> None:
        self.database = Database(url)
        self.started: list[str] = []
        self.reception = Reception(
            database=self.database,
            workspace=WORKSPACE,
            start=self.started.append,
            intake=lambda: [INTAKE],
            asks_for=lambda _draft, text: "invoice" in text,
            find=ShelfOfTickets().find,
            now=lambda: NOW,
        )

    async def accept(self, intent: Intent, key: str = "key", event_id: str = "") -> bool:
        return await self.reception.accept(Delivery(key=key, event_id=event_id, intent=intent))

    async def card(self) -> None:
        """A card in the thread of the message, posted as the message 1700000000.000200."""
        async with self.database.transaction() as tx:
            ticket = await Tickets(tx, WORKSPACE).open(Ticket.pasted("Can I cancel?"), "t", NOW)
            complete = DRAFT.model_copy(update={"missing_facts": ()})
            await Drafts(tx, WORKSPACE).save(complete, ticket, NOW)
            await Cards(tx, WORKSPACE).open("card", ticket, INTAKE, TS, TS, "U0ANA", NOW)
            posts = Posts(tx, WORKSPACE)
            await posts.reserve("card", INTAKE, TS, NOW)
            await posts.begin("card", NOW)
            await posts.posted("card", "1700000000.000200")


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    made = Desk(f"sqlite:///{tmp_path / 'proofdesk.db'}?timeout=0.2")
    await made.database.migrate()
    yield made
    await made.database.close()


async def test_a_delivery_is_kept_whole_and_its_job_is_started(desk: Desk) -> None:
    assert await desk.accept(TICKET, event_id="Ev1")
    assert desk.started == ["key"]
    async with desk.database.reading() as tx:
        stored = await Inbox(tx, WORKSPACE).load("key")
    assert stored
    assert INTENTS.validate_python(stored.intent) == TICKET
    assert (stored.event_id, stored.kind, stored.channel, stored.message) == ("Ev1", "open_ticket", INTAKE, TS)


async def test_the_same_thing_again_starts_nothing(desk: Desk) -> None:
    await desk.accept(TICKET, "message", "Ev1")
    assert not await desk.accept(TICKET, "message", "Ev2"), "one post comes as two events"
    assert not await desk.accept(TICKET, "another", "Ev1"), "one event under two keys"
    assert desk.started == ["message"]


async def test_clicks_have_no_event_and_are_told_apart_by_their_keys(desk: Desk) -> None:
    pressed = Pressed(place=Place(channel=INTAKE), person="U0ANA", action="approve", draft="d")
    assert await desk.accept(pressed, "one")
    assert await desk.accept(pressed, "two")


async def test_what_could_not_be_committed_raises_and_starts_nothing(desk: Desk, tmp_path: Path) -> None:
    intruder = sqlite3.connect(tmp_path / "proofdesk.db", isolation_level=None)
    intruder.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseUnusable):
        await desk.accept(TICKET)
    intruder.execute("ROLLBACK")
    intruder.close()
    assert desk.started == []
    assert await desk.accept(TICKET), "Slack delivers it again"


THREAD = Place(channel=INTAKE, thread=TS, message="1700000000.000300")
ON_CARD = Place(channel=INTAKE, message="1700000000.000200")
AFTER_A_CARD: dict[str, Intent] = {
    "a wish in its thread": Talk(place=THREAD, person="U0BEN", text="shorter, please"),
    "a reaction on it": Reacted(place=ON_CARD, person="U0BEN", emoji="white_check_mark", at=TS),
}


@pytest.mark.parametrize("intent", AFTER_A_CARD.values(), ids=AFTER_A_CARD.keys())
async def test_what_concerns_a_card_is_kept_and_nothing_else(desk: Desk, intent: Intent) -> None:
    assert not await desk.accept(intent)
    assert await desk.reception.unfinished() == []
    await desk.card()
    assert await desk.accept(intent)


async def test_what_colleagues_say_to_each_other_under_a_complete_draft_is_not_kept(desk: Desk) -> None:
    await desk.card()
    assert not await desk.accept(Talk(place=THREAD, person="U0BEN", text="She called me twice about this."))
    assert await desk.reception.unfinished() == []


ALWAYS: dict[str, Intent] = {
    "a mention": Talk(place=Place(channel=ELSEWHERE, thread=TS, message=TS), person="U0BEN", text="hi", mentioned=True),
    "a channel that is shared": ChannelShared(place=Place(channel=ELSEWHERE), person=""),
    "an edit in the intake": SourceChanged(place=Place(channel=INTAKE, message=TS), person="U0ANA", text="x"),
}


@pytest.mark.parametrize("intent", ALWAYS.values(), ids=ALWAYS.keys())
async def test_these_are_always_kept(desk: Desk, intent: Intent) -> None:
    assert await desk.accept(intent)


async def test_an_edit_elsewhere_is_kept_where_its_message_opened_a_ticket(desk: Desk) -> None:
    place = Place(channel=ELSEWHERE, message=TS)
    edited = SourceChanged(place=place, person="U0ANA", text="x")
    assert not await desk.accept(edited, "edit")
    await desk.accept(
        TICKET.model_copy(update={"place": place.model_copy(update={"thread": TS})}), opening_key(ELSEWHERE, TS)
    )
    assert await desk.accept(edited, "edit")


async def test_a_ticket_without_a_channel_is_not_kept(desk: Desk) -> None:
    assert not await desk.accept(TICKET.model_copy(update={"place": Place(channel="")}))


async def test_what_is_given_up_is_no_longer_unfinished_and_says_why(desk: Desk) -> None:
    for key in ("poison", "other"):
        await desk.accept(TICKET, key)
    assert sorted(await desk.reception.unfinished()) == ["other", "poison"]
    await desk.reception.give_up("poison")
    assert await desk.reception.unfinished() == ["other"]
    async with desk.database.reading() as tx:
        stored = await Inbox(tx, WORKSPACE).load("poison")
    assert stored
    assert stored.state is InboxState.FAILED
    assert "failed three times" in stored.problem
