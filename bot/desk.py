"""SupportDesk: what a support team does with Proofdesk. It knows no Slack and no terminal."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime

from bot.errors import UsageError
from bot.intents import Wish
from bot.interfaces import Drafting, Told
from bot.library import Library
from bot.requests import one_ticket
from bot.ticket_reader import TicketReader
from knowledge.drafting import refine
from knowledge.drafting.draft import UNVERIFIED, Draft, DraftStatus, Escalation
from knowledge.drafting.edits import SentenceEdit, edits
from knowledge.drafting.missing_facts import holds
from knowledge.drafting.playbook import Playbook
from knowledge.drafting.ticket import Message, Ticket
from knowledge.interfaces import Audience
from storage.cards import Cards
from storage.database import Database
from storage.drafts import Drafts, Origin, StoredDraft
from storage.tickets import Tickets

_OPEN = (DraftStatus.AWAITING, DraftStatus.AWAITING_SECOND, DraftStatus.ESCALATED)
_FACT = 15
"""Words."""


class SupportDesk:
    """One desk: its documents, its drafter and its memory. Everything it uses is handed to it.

    `audience` says which restricted documents a channel may see.
    """

    def __init__(  # noqa: PLR0913 - Everything it uses, by name.
        self,
        *,
        library: Library,
        playbook: Callable[[], Playbook],
        drafter: Callable[[Playbook, Audience], Drafting],
        audience: Callable[[str], Audience],
        reader: TicketReader,
        database: Database,
        workspace: str,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.library = library
        self._playbook = playbook
        self._drafter = drafter
        self._audience = audience
        self._reader = reader
        self._database = database
        self._workspace = workspace
        self._now = now

    @property
    def playbook(self) -> Playbook:
        """The desk's rules as its files say now."""
        return self._playbook()

    @property
    def today(self) -> date:
        """The day, in UTC, by which documents are in force or not."""
        return self._now().date()

    async def draft(self, ticket: Ticket) -> Draft:
        """A draft for a ticket. The ticket is saved before anything can fail, the draft when it is made."""
        async with self._database.transaction() as tx:
            ticket_id = await Tickets(tx, self._workspace).open(ticket, _key(ticket), self._now())
        if ticket.ref:
            await self._reader.refresh(ticket_id)
            ticket = await self._ticket(ticket_id)
        draft = await self.rehearse(ticket)
        async with self._database.transaction() as tx:
            await Drafts(tx, self._workspace).save(draft, ticket_id, self._now())
        return draft

    def linked(self, link: str) -> Ticket:
        """The ticket at a link, not read yet. Raises `UsageError` where it is no link to a ticket of this desk."""
        return Ticket(messages=(), ref=one_ticket(link, self._reader.find(link)))

    async def open_ticket(self, ticket: Ticket, key: str, person: str) -> str:
        """The ticket's id; a key opens one ticket only."""
        async with self._database.transaction() as tx:
            return await Tickets(tx, self._workspace).open(ticket, key, self._now(), actor=person)

    async def draft_ticket(
        self,
        ticket_id: str,
        draft_id: str,
        person: str,
        told: Told | None = None,
        *,
        after: StoredDraft | None = None,
    ) -> str | None:
        """A new draft of a ticket, as its helpdesk has it now.

        A second call with the id changes nothing and costs nothing. None where it was to follow a draft that is not the
        present one any more. Raises `HelpdeskError` where the ticket cannot be read.
        """
        async with self._database.reading() as tx:
            if await Drafts(tx, self._workspace).load(draft_id):
                return draft_id
        if await self._reader.refresh(ticket_id) and after and after.state in _OPEN:
            after = after.model_copy(update={"state": DraftStatus.STALE})
        while True:
            ticket = await self._ticket(ticket_id)
            draft = await (await self._drafting(ticket_id)).draft(ticket, on=self.today, told=told)
            # What the customer changed meanwhile is not answered by this.
            origin = Origin(requested_by=person)
            saved = await self._save(draft, ticket_id, draft_id, origin, after=after, of=ticket)
            if saved or after:
                return saved

    async def refine(self, stored: StoredDraft, wish: Wish, draft_id: str, person: str) -> str | None:
        """A new version in another style, or none where this one is so already or is not the present one any more."""
        if wish == "again":
            return await self.draft_ticket(stored.ticket_id, draft_id, person, after=stored)
        if stored.origin.edited_by or stored.state is DraftStatus.STALE:
            return None  # What a person wrote is not ours to leave out; what is out of date is to be drafted anew.
        ticket, playbook = await self._ticket(stored.ticket_id), self._playbook()
        made: Draft | None
        match wish:
            case "shorter":
                made = refine.shorter(stored.draft, ticket, playbook)
            case "friendlier":
                made = refine.friendlier(stored.draft, ticket, playbook)
            case "two_options":
                made = stored.draft if await self.option(stored) else None
        if made is None:
            return None
        origin = Origin(requested_by=person, style=wish)
        return await self._save(made, stored.ticket_id, draft_id, origin, after=stored, of=ticket)

    async def option(self, stored: StoredDraft) -> str:
        """The reply to choose beside a draft's own, or empty where there is no other."""
        options = refine.options(stored.draft, await self._ticket(stored.ticket_id), self._playbook())
        return options[1].reply if options else ""

    async def edit(self, stored: StoredDraft, text: str, draft_id: str, person: str) -> str:
        """A person's own version, checked sentence by sentence like a model's; empty where another version came first.

        Raises `UsageError` for an empty reply.
        """
        if not text.strip():
            raise UsageError("The reply is empty; write what the customer should read, or reject the draft.")
        ticket = await self._ticket(stored.ticket_id)
        made = await (await self._drafting(stored.ticket_id)).recheck(ticket, stored.draft, text, on=self.today)
        origin = Origin(requested_by=stored.origin.requested_by, edited_by=person)
        changed = edits(await self._own_version(stored), made.reply, self._playbook().names)
        return (
            await self._save(made, stored.ticket_id, draft_id, origin, after=stored, of=ticket, changed=changed) or ""
        )

    def asks_for(self, stored: StoredDraft, text: str) -> bool:
        """Whether what a colleague says holds a fact that the draft asks for."""
        facts = self._playbook().facts
        asked = [facts[missing.fact] for missing in stored.draft.missing_facts if missing.fact in facts]
        # A fact is given in a few words; more is colleagues talking, and not the customer's.
        return len(text.split()) <= _FACT and any(holds(text, fact, self._playbook().names) for fact in asked)

    async def with_addition(self, stored: StoredDraft, text: str) -> str:
        """A draft's reply with a person's words before the sign-off. Then it is no longer true that nothing answers."""
        reply, sign_off = stored.draft.reply.replace(UNVERIFIED, "").strip(), self._playbook().brand.sign_off.strip()
        body = reply.removesuffix(sign_off).rstrip() if sign_off and reply.endswith(sign_off) else reply
        closing = sign_off if body != reply else ""
        return "\n\n".join(part for part in (body, text, closing) if part)

    async def supply(self, stored: StoredDraft, text: str, person: str) -> bool:
        """Adds what a colleague says to the ticket, if it holds a fact that the draft asks for."""
        if stored.state is not DraftStatus.AWAITING or not self.asks_for(stored, text):
            return False
        async with self._database.transaction() as tx:
            await Tickets(tx, self._workspace).add_message(
                stored.ticket_id, Message(text=text, supplied=True), self._now(), actor=person
            )
        return True

    async def no_longer_in_force(self, stored: StoredDraft) -> tuple[str, ...]:
        """Titles of cited documents whose cited words are not in force any more, or not for the draft's channel."""
        return await (await self._drafting(stored.ticket_id)).still_stands(stored.draft, on=self.today)

    async def rehearse(self, ticket: Ticket, *, on: date | None = None, audience: Audience = None) -> Draft:
        """A draft that is not saved, as of any day: for test tickets."""
        return await self._drafter(self._playbook(), audience).draft(ticket, on=on or self.today)

    async def out_of_force(self, draft: Draft, *, on: date | None = None) -> tuple[str, ...]:
        """Titles of cited documents whose cited version is not in force on a day."""
        return await self._drafter(self._playbook(), None).still_stands(draft, on=on or self.today)

    async def look_up(self, question: str, audience: Audience = None) -> Draft:
        """An answer to a colleague's question, with citations. Not saved: nobody has to decide on it."""
        found = await self.rehearse(Ticket(messages=(Message(text=question),)), audience=audience)
        # A colleague gets the proven sentences, without a letter around them.
        answer = "\n\n".join(statement.text for statement in found.statements) or UNVERIFIED
        return found.model_copy(update={"reply": answer})

    async def _drafting(self, ticket_id: str) -> Drafting:
        """What drafts a ticket from the documents that the ticket's channel may see."""
        async with self._database.reading() as tx:
            cards = await Cards(tx, self._workspace).of_ticket(ticket_id)
        return self._drafter(self._playbook(), self._audience(cards[0].channel if cards else ""))

    async def _own_version(self, stored: StoredDraft) -> Draft:
        """The desk's own last version before a person's: what all edits so far are measured against."""
        async with self._database.reading() as tx:
            versions = await Drafts(tx, self._workspace).of_ticket(stored.ticket_id)
        own = [each for each in versions if each.number <= stored.number and not each.origin.edited_by]
        return own[-1].draft if own else stored.draft

    async def _ticket(self, ticket_id: str) -> Ticket:
        async with self._database.reading() as tx:
            found = await Tickets(tx, self._workspace).load(ticket_id)
        if found is None:
            raise UsageError("This ticket is not known here; paste the customer's message again.")
        return found.ticket

    async def _save(  # noqa: PLR0913 - What it saves, by name.
        self,
        draft: Draft,
        ticket_id: str,
        draft_id: str,
        origin: Origin,
        *,
        after: StoredDraft | None,
        of: Ticket,
        changed: Sequence[SentenceEdit] = (),
    ) -> str | None:
        """The draft's id; none where the ticket or the draft that it was to follow is not the same any more."""
        async with self._database.transaction() as tx:
            drafts = Drafts(tx, self._workspace)
            if await drafts.load(draft_id):
                return draft_id
            ticket, newest = await Tickets(tx, self._workspace).load(ticket_id), await drafts.newest(ticket_id)
            followed = (newest.id, newest.state) if newest else None
            if ticket is None or ticket.ticket != of or (after and followed != (after.id, after.state)):
                return None
            warned = draft.model_copy(update={"escalations": _kept(draft, newest)})
            saved = await drafts.save(warned, ticket_id, self._now(), origin=origin, draft_id=draft_id, edits=changed)
            return saved.id


def _kept(draft: Draft, before: StoredDraft | None) -> tuple[Escalation, ...]:
    """A draft's warnings, and those that a model raised on the version before: only a person takes one away."""
    known = {each.category for each in draft.escalations}
    earlier = before.draft.escalations if before else ()
    return (*draft.escalations, *(each for each in earlier if each.rule == "model" and each.category not in known))


def _key(ticket: Ticket) -> str:
    """The ticket's place, or for pasted text who wrote what: the same paste is the same ticket."""
    if ticket.ref:
        return f"{ticket.ref.helpdesk}:{ticket.ref.id}"
    return "text:" + hashlib.sha256(f"{ticket.requester}\n{ticket.customer_text}".encode()).hexdigest()
