"""SourceChanges: the message that a ticket was opened from is edited or deleted."""

from bot.intents import OpenTicket, SourceChanged
from bot.jobs import Step
from bot.parts import Parts
from bot.reception import opening_key
from bot.requests import Request, read_request
from bot.tasks.filling import Filling
from bot.tasks.opening import Opening, card_id, source_key
from bot.tasks.showing import Showing
from knowledge.drafting.ticket import Ticket
from storage.cards import StoredCard


class SourceChanges:
    """Follows what people change in their messages."""

    def __init__(self, parts: Parts, showing: Showing, filling: Filling, opening: Opening) -> None:
        self._parts = parts
        self._showing = showing
        self._filling = filling
        self._opening = opening

    async def follow(self, intent: SourceChanged, key: str, step: Step) -> None:
        """A new text is drafted anew; a deleted one makes what is open on it void. Linked tickets come and go."""
        text = intent.text or ""
        request = read_request(text, self._parts.reader.find(text)) if text else Request()
        new = {_place(ticket): ticket for ticket in request.tickets}
        cards = await self._parts.records.cards_from(intent.place)
        for card in cards:
            known = await self._parts.records.ticket(card.ticket_id)
            ticket = new.pop(_place(known.ticket) if known and not known.was_pasted else None, None)
            if ticket and ticket.messages:
                await self._redraft(card, ticket, intent.person, key, step)
            elif ticket is None or not (ticket.ref or (known and not known.ticket.messages)):
                await self._filling.void(card, intent.person)
                await self._showing.show(card.id, step)
        message = intent.place.message
        # What came to nothing before may come to something now.
        refused = not cards and await self._parts.records.was_to_open(opening_key(intent.place.channel, message))
        if not text or not (cards or refused):
            return
        wanted = [
            each for each in new.values() if not await self._parts.records.is_opened(source_key(intent.place, each))
        ]
        if wanted or (refused and request.refusal):
            place = intent.place.model_copy(update={"thread": intent.place.thread or message})
            opening = OpenTicket(place=place, person=intent.person, text=text)
            await self._opening.open_requested(request._replace(tickets=tuple(wanted)), opening, key, step)

    async def _redraft(self, card: StoredCard, ticket: Ticket, person: str, key: str, step: Step) -> None:
        draft_id = card_id(key + card.id)
        if await self._filling.change(card, ticket, person, draft_id):
            title = self._parts.board.title(ticket)
            await self._filling.place(card, title, step)
            await self._filling.fill(card, title, draft_id, step)


def _place(ticket: Ticket) -> tuple[str, str] | None:
    """Where a ticket lives; none for one that was pasted."""
    return (ticket.ref.helpdesk, ticket.ref.id) if ticket.ref else None
