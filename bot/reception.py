"""Reception: what is delivered is committed before it is acknowledged, once, and its job is started."""

from collections.abc import Callable, Collection
from datetime import datetime

from bot.helpdesks.links import Links
from bot.intents import INTENTS, CardDeleted, Delivery, OpenTicket, Place, Reacted, SourceChanged, Talk
from bot.requests import is_message, is_only_links
from bot.wishes import read
from storage.cards import Cards
from storage.database import Database
from storage.drafts import Drafts, StoredDraft
from storage.inbox import Delivery as Arrival
from storage.inbox import Inbox
from storage.posts import Posts
from storage.tickets import Tickets

_GIVEN_UP = "This failed three times, so I stopped trying. Post it again; if it fails again, please report it."


class Reception:
    """Takes deliveries in. Talk and reactions that concern no card of ours are not kept at all."""

    def __init__(  # noqa: PLR0913 - What it needs, by name.
        self,
        *,
        database: Database,
        workspace: str,
        start: Callable[[str], None],
        intake: Callable[[], Collection[str]],
        asks_for: Callable[[StoredDraft, str], bool],
        find: Callable[[str], Links],
        now: Callable[[], datetime],
    ) -> None:
        """`database` waits for the disk on each commit; `start` starts the job of a key without waiting.

        `intake` are the channels in which every message is a customer's; `asks_for` says whether a text holds what a
        draft asks for; `find` finds links to tickets.
        """
        self._database = database
        self._workspace = workspace
        self._start = start
        self._intake = intake
        self._asks_for = asks_for
        self._find = find
        self._now = now

    async def accept(self, delivery: Delivery) -> bool:
        """Commit a delivery and start its job. False where it was known already, or concerns nothing of ours.

        Raises `StorageError` where it could not be committed: then it must not be acknowledged.
        """
        if not await self._concerns_us(delivery):
            return False
        intent = delivery.intent
        arrival = Arrival(
            key=delivery.key,
            event_id=delivery.event_id or None,
            kind=intent.kind,
            intent=INTENTS.dump_python(intent, mode="json"),
            channel=intent.place.channel,
            message=intent.place.message,
        )
        async with self._database.transaction() as tx:
            new = await Inbox(tx, self._workspace).add(arrival, self._now())
        if new:
            self._start(delivery.key)
        return new

    async def unfinished(self) -> list[str]:
        """The keys of what was taken in and is not done, oldest first."""
        async with self._database.reading() as tx:
            return await Inbox(tx, self._workspace).open()

    async def give_up(self, key: str) -> None:
        """Note that the work of a delivery was tried often enough."""
        async with self._database.transaction() as tx:
            await Inbox(tx, self._workspace).finish(key, self._now(), _GIVEN_UP)

    async def _concerns_us(self, delivery: Delivery) -> bool:
        place = delivery.intent.place
        match delivery.intent:
            case Talk(mentioned=False, text=text, person=person):
                return await self._is_for_us(place, text, person)
            case Reacted() | CardDeleted():
                async with self._database.reading() as tx:
                    return await Posts(tx, self._workspace).at(place.channel, place.message) is not None
            case SourceChanged():
                if place.channel in self._intake() and not place.thread:
                    return True  # The change may have overtaken its message.
                async with self._database.reading() as tx:
                    return await Inbox(tx, self._workspace).load(opening_key(place.channel, place.message)) is not None
            case OpenTicket():
                return bool(place.channel)
            case _:
                return True

    async def _is_for_us(self, place: Place, text: str, person: str) -> bool:
        """A wish, a fact the draft asks for, a ticket's link or text; what else colleagues say is not ours to keep."""
        if place.channel in self._intake() and is_only_links(self._find(text)):
            return True
        async with self._database.reading() as tx:
            cards = await Cards(tx, self._workspace).in_thread(place.channel, place.thread)
            drafts = [await Drafts(tx, self._workspace).newest(card.ticket_id) for card in cards]
            # Only who brought the ticket pastes it: what others say below is talk about it.
            theirs = [card for card in cards if card.requested_by == person]
            unread = [await Tickets(tx, self._workspace).is_unread(card.ticket_id) for card in theirs]
        wish = read(text) is not None
        if any(draft and (wish or self._asks_for(draft, text)) for draft in drafts):
            return True
        return any(unread) and is_message(self._find(text).rest)


def opening_key(channel: str, message: str) -> str:
    """The key under which a message opens a ticket, however often and in how many events it is delivered."""
    return f"message:{channel}:{message}"
