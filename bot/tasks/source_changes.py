"""SourceChanges: the message that a ticket was opened from is edited or deleted."""

from bot.intents import OpenTicket, SourceChanged
from bot.jobs import Step
from bot.parts import Parts
from bot.requests import read_request
from bot.tasks.filling import Filling
from bot.tasks.opening import Opening, card_id
from bot.tasks.showing import Showing
from knowledge.drafting.ticket import Ticket, TicketRef
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
        wanted = read_request(intent.text, self._parts.reader.find(intent.text)).tickets if intent.text else ()
        new = {_place(ticket.ref): ticket for ticket in wanted}
        cards = await self._parts.records.cards_from(intent.place)
        for card in cards:
            known = await self._parts.records.ticket(card.ticket_id)
            ticket = new.pop(_place(known.ticket.ref), None) if known else None
            if ticket is None or not (ticket.ref or ticket.messages):
                await self._filling.void(card, intent.person)
                await self._showing.show(card.id, step)
            elif not ticket.ref:
                await self._redraft(card, ticket, intent.person, key, step)
        if cards and new:
            place = intent.place.model_copy(update={"thread": intent.place.thread or intent.place.message})
            opening = OpenTicket(place=place, person=intent.person, text=intent.text or "")
            await self._opening.open_tickets(new.values(), opening, key, step)

    async def _redraft(self, card: StoredCard, ticket: Ticket, person: str, key: str, step: Step) -> None:
        draft_id = card_id(key + card.id)
        if await self._filling.change(card, ticket, person, draft_id):
            title = self._parts.board.title(ticket)
            await self._filling.place(card, title, step)
            await self._filling.fill(card, title, draft_id, step)


def _place(ref: TicketRef | None) -> tuple[str, str] | None:
    """Where a ticket lives; none for one that was pasted."""
    return (ref.helpdesk, ref.id) if ref else None
