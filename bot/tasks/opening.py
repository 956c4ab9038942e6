"""Opening: from a customer's message, or a link to a ticket, to a card in its thread."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from weakref import WeakValueDictionary

from bot.content import Notice
from bot.intents import OpenTicket, Place, Retry, Talk
from bot.jobs import Step
from bot.parts import Parts
from bot.requests import Request, not_set_up, read_request
from bot.tasks.admission import Admission
from bot.tasks.filling import Filling
from bot.tasks.showing import Showing
from knowledge.drafting.ticket import Ticket, TicketRef
from storage.cards import Cards, StoredCard
from storage.posts import PostState
from storage.tickets import Tickets

_IN_WORK = 16
"""Tickets in work at the same time; the others wait in the inbox, so that what arrives is acknowledged at once."""
_NOTHING_LEFT = "There is no card to try again; ask for what you wanted as you did before."
_HERE_ALREADY = "There is a draft for this message already, in its thread."
_ELSEWHERE = "There is an open draft for this ticket already, in another thread."


def card_id(key: str) -> str:
    """The card or draft that a delivery makes: the same delivery makes the same one."""
    return hashlib.sha256(key.encode()).hexdigest()[:32]


def ticket_key(key: str, ref: TicketRef | None) -> str:
    """The key of one of the tickets that a delivery asks for."""
    return f"{key}:{ref.helpdesk}:{ref.id}" if ref else key


def source_key(place: Place, ticket: Ticket, otherwise: str = "") -> str:
    """The key of a ticket that a message brought; `otherwise` names what brought it if no message did."""
    return ticket_key(f"slack:{place.channel}:{place.message or otherwise}", ticket.ref)


class Opening:
    """Opens tickets and fills their cards."""

    def __init__(self, parts: Parts, admission: Admission, showing: Showing, filling: Filling) -> None:
        self._parts = parts
        self._admission = admission
        self._showing = showing
        self._filling = filling
        self._in_work = asyncio.Semaphore(_IN_WORK)
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def open(self, intent: OpenTicket, key: str, step: Step) -> None:
        """A customer's message, or each ticket it links to, becomes a draft in its thread."""
        async with self._in_work:
            await self._open(intent, key, step)

    async def _open(self, intent: OpenTicket, key: str, step: Step) -> None:
        changed = await self._parts.records.later_change(intent.place)
        text = changed.text if changed else intent.text
        if text is None:
            return  # Deleted before we came to it: nothing is left to answer.
        request = read_request(text, self._parts.reader.find(text), intent.files)
        await self.open_requested(request, intent, key, step)

    async def open_requested(self, request: Request, intent: OpenTicket, key: str, step: Step) -> None:
        """A card for each ticket of a request, all placed before the first is filled."""
        refusal = await self._admission.refusal(intent.place, intent.person) or request.refusal
        if refusal:
            await self._parts.messenger.whisper(intent.place, intent.person, refusal)
            return
        async with self._one_at_a_time(request.tickets):
            await self._open_all(request, intent, key, step)
        if told := self._unread(intent, request.left_over, linked=any(t.ref for t in request.tickets)):
            await self._parts.messenger.whisper(intent.place, intent.person, Notice(text=told))

    async def _open_all(self, request: Request, intent: OpenTicket, key: str, step: Step) -> None:
        async def choose() -> str:
            made = [await self._new_card(each, intent, ticket_key(key, each.ref)) for each in request.tickets]
            return " ".join(card.id for card in made if card)

        # Remembered, so that a job that begins again goes the same way, whatever was said or opened meanwhile.
        chosen = (await step("cards", choose)).split()
        cards = [card for each in chosen if (card := await self._parts.records.card(each))]
        for card in cards:
            title = await self._title(card)
            if request.unknown:
                await self._filling.place_failed(card, title, not_set_up(request.unknown), step)
            else:
                await self._filling.place(card, title, step)
        for card in cards if not request.unknown else ():
            await self._fill(card, intent, step)

    @asynccontextmanager
    async def _one_at_a_time(self, tickets: Iterable[Ticket]) -> AsyncIterator[None]:
        """Where a ticket is linked twice at once, the second waits, and then sees that there is a draft."""
        places = sorted({f"{ticket.ref.helpdesk}:{ticket.ref.id}" for ticket in tickets if ticket.ref})
        async with AsyncExitStack() as held:
            for place in places:
                await held.enter_async_context(self._locks.setdefault(place, asyncio.Lock()))
            yield

    async def _title(self, card: StoredCard) -> str:
        known = await self._parts.records.ticket(card.ticket_id)
        return self._parts.board.title(known.ticket) if known else ""

    async def _new_card(self, ticket: Ticket, intent: OpenTicket, key: str) -> StoredCard | None:
        """The card of a ticket; none where there is one in Slack already, which the person is then told of."""
        if ticket.ref and (elsewhere := await self._open_elsewhere(ticket.ref, card_id(key))):
            there = Notice(text=_ELSEWHERE, link=await self._showing.link(elsewhere))
            await self._parts.messenger.whisper(intent.place, intent.person, there)
            return None
        card = await self._card(ticket, intent, key)
        if card.id != card_id(key) and await self._was_deleted(card):
            await self._filling.post_again(card)
        elif card.id != card_id(key):
            there = Notice(text=_HERE_ALREADY, link=await self._showing.link(card))
            await self._parts.messenger.whisper(intent.place, intent.person, there)
            return None
        return card

    async def _fill(self, card: StoredCard, intent: OpenTicket, step: Step) -> None:
        # A change that came while there was no card yet found nothing to change, so it is looked for once more.
        changed = await self._parts.records.later_change(intent.place)
        known = await self._parts.records.ticket(card.ticket_id)
        if changed and changed.text is None:
            await self._filling.void(card, intent.person)
            await self._showing.show(card.id, step)
            return
        pasted = (
            read_request(changed.text, self._parts.reader.find(changed.text)).pasted
            if changed and changed.text
            else None
        )
        if pasted and known and not known.ticket.ref:
            await self._filling.change(card, pasted, intent.person, card.id)
        await self._filling.fill(card, await self._title(card), card.id, step)

    async def retry(self, intent: Retry, key: str, step: Step) -> None:
        """Try again what failed on a card, or post a card that Slack did not confirm: a person decided so."""
        card = await self._parts.records.card(intent.card)
        ticket = await self._parts.records.ticket(card.ticket_id) if card else None
        refusal = await self._admission.refusal(intent.place, intent.person)
        if card and card.requested_by != intent.person:
            refusal = refusal or await self._admission.no_role(intent.person)
        if refusal or card is None or ticket is None:
            await self._parts.messenger.whisper(intent.place, intent.person, refusal or Notice(text=_NOTHING_LEFT))
            return
        await self._filling.post_again(card)
        title = self._parts.board.title(ticket.ticket)
        drafted = await self._parts.records.newest(card.ticket_id)  # Then it is only shown: nothing is to be redone.
        if not drafted:
            await self._filling.begin_again(card, title)
        await self._filling.place(card, title, step)
        await self._filling.fill(card, title, drafted.id if drafted else card_id(key), step)

    async def pasted_instead(self, card: StoredCard, intent: Talk, key: str, step: Step) -> None:
        """A colleague pastes what could not be read: the ticket is drafted from that, in its own card."""
        now = self._parts.now()
        async with self._parts.database.transaction() as tx:
            await Tickets(tx, self._parts.workspace).change_text(
                card.ticket_id, Ticket.pasted(intent.text), now, intent.person
            )
            # From now on it is this message that the card follows.
            await Cards(tx, self._parts.workspace).sourced(card.id, intent.place.message, now, intent.person)
        title = await self._title(card)
        await self._filling.begin_again(card, title)
        await self._filling.place(card, title, step)
        await self._filling.fill(card, title, card_id(key), step)

    async def _open_elsewhere(self, ref: TicketRef, ours: str) -> StoredCard | None:
        """Another card with an open draft of the same ticket: two answers to one customer help nobody."""
        for ticket_id in await self._parts.reader.known(ref):
            card = await self._parts.records.open_card(ticket_id)
            if card and card.id != ours:
                return card
        return None

    async def _card(self, ticket: Ticket, intent: OpenTicket, key: str) -> StoredCard:
        place = intent.place
        ticket_id = await self._parts.desk.open_ticket(ticket, source_key(place, ticket, key), intent.person)
        async with self._parts.database.transaction() as tx:
            return await Cards(tx, self._parts.workspace).open(
                card_id(key), ticket_id, place.channel, place.thread, place.message, intent.person, self._parts.now()
            )

    async def _was_deleted(self, card: StoredCard) -> bool:
        post = await self._parts.records.post(card.id)
        return post is not None and post.state is PostState.GONE

    def _unread(self, intent: OpenTicket, left_over: tuple[TicketRef, ...], *, linked: bool) -> str:
        """What of a message was not read, in a sentence."""
        said = []
        if left_over:
            names = ", ".join(self._parts.board.label(ref) for ref in left_over[:20])
            said.append(
                f"I drafted the first tickets of this message; post the others again: {names}."
                if linked
                else f"I drafted from the text and did not read {names}; post the link alone for that."
            )
        if intent.files:
            said.append(f"I read the text only, not what came with it: {', '.join(intent.files)}.")
        return " ".join(said)
