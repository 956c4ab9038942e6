"""Opening: from a customer's message to the filled card in its thread."""

import asyncio
import hashlib
import re

from bot.board import title_of
from bot.content import Failed, Notice, Working
from bot.content import Step as Doing
from bot.errors import explain
from bot.intents import OpenTicket, Place, Retry, SourceChanged
from bot.jobs import Step
from bot.parts import Parts
from bot.tasks.admission import Admission
from bot.tasks.showing import Showing
from knowledge.drafting.ticket import Ticket
from storage.cards import Cards, StoredCard
from storage.drafts import Drafts
from storage.posts import Posts, PostState
from storage.tickets import Tickets

_AT_ONCE = 8
"""Drafts written at the same time; a model server and two cores do not thank us for more."""
_IN_WORK = 16
"""Tickets in work at the same time; the others wait in the inbox, so that what arrives is acknowledged at once."""
_LOOK_EVERY = 1.0
"""Seconds between two looks at the work; a card edited more often would use up what Slack allows."""
_EMPTY = "There is no message in this. Paste what the customer wrote, and I will draft a reply."
_ONLY_LINKS = "I cannot read ticket links yet. Paste the customer's message here and I will draft from that."
_NOTHING_LEFT = "There is no card to try again; ask for what you wanted as you did before."
_LINKS = re.compile(r"(?:<?https?://\S+\s*)+")


def card_id(key: str) -> str:
    """The card or draft that a delivery makes: the same delivery makes the same one."""
    return hashlib.sha256(key.encode()).hexdigest()[:32]


class Opening:
    """Opens tickets and fills their cards."""

    def __init__(self, parts: Parts, admission: Admission, showing: Showing) -> None:
        self._parts = parts
        self._admission = admission
        self._showing = showing
        self._writing = asyncio.Semaphore(_AT_ONCE)
        self._in_work = asyncio.Semaphore(_IN_WORK)

    async def open(self, intent: OpenTicket, key: str, step: Step) -> None:
        """A customer's message becomes a draft in its thread."""
        async with self._in_work:
            await self._open(intent, key, step)

    async def _open(self, intent: OpenTicket, key: str, step: Step) -> None:
        changed = await self._parts.records.later_change(intent.place)
        text = changed.text if changed else intent.text
        if text is None:
            return  # Deleted before we came to it: nothing is left to answer.
        ticket = Ticket.pasted(text)
        refusal = await self._admission.refusal(intent.place, intent.person) or _unreadable(ticket, intent.files)
        if refusal:
            await self._parts.messenger.whisper(intent.place, intent.person, refusal)
            return
        card = await self._card(ticket, intent, key)
        if card.id != card_id(key) and await self._was_deleted(card):
            await self._again(card)
        elif card.id != card_id(key):
            link = await self._showing.link(card)
            there = Notice(text="There is a draft for this message already, in its thread.", link=link)
            await self._parts.messenger.whisper(intent.place, intent.person, there)
            return
        # A change that came while there was no card yet found nothing to change, so it is looked for once more.
        changed = await self._parts.records.later_change(intent.place)
        if changed and changed.text is None:
            await self._void(card, intent.person)
            return
        if changed and changed.text:
            ticket = Ticket.pasted(changed.text)
            await self._change(card, ticket, intent.person, card.id)
        await self._fill(card, title_of(ticket), card.id, step)
        if intent.files:
            unread = f"I read the text only, not what came with it: {', '.join(intent.files)}."
            await self._parts.messenger.whisper(intent.place, intent.person, Notice(text=unread))

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
        await self._again(card)
        if drafted := await self._parts.records.newest(card.ticket_id):
            await self._fill(card, title_of(ticket.ticket), drafted.id, step)  # Only shown: there is nothing to redo.
            return
        title = title_of(ticket.ticket)
        if shown := await self._parts.board.card(card.id):
            await self._parts.messenger.show(card.id, Working(title=title), shown.revision)
        await self._fill(card, title, card_id(key), step)

    async def source_changed(self, intent: SourceChanged, key: str, step: Step) -> None:
        """The customer's message was edited: a new draft from the new text. Deleted: what is open is void."""
        for card in await self._parts.records.cards_from(intent.place):
            if intent.text is None:
                await self._void(card, intent.person)
                await self._showing.show(card.id, step)
            elif await self._change(card, Ticket.pasted(intent.text), intent.person, card_id(key + card.id)):
                await self._fill(card, title_of(Ticket.pasted(intent.text)), card_id(key + card.id), step)

    async def _card(self, ticket: Ticket, intent: OpenTicket, key: str) -> StoredCard:
        place = intent.place
        ticket_key = f"slack:{place.channel}:{place.message or key}"
        ticket_id = await self._parts.desk.open_ticket(ticket, ticket_key, intent.person)
        async with self._parts.database.transaction() as tx:
            return await Cards(tx, self._parts.workspace).open(
                card_id(key), ticket_id, place.channel, place.thread, place.message, intent.person, self._parts.now()
            )

    async def _fill(self, card: StoredCard, title: str, draft_id: str, step: Step) -> None:
        """Place the card, draft, fill the card. A failure to draft is told in the card, with a way to try again."""
        place = Place(channel=card.channel, thread=card.thread)
        working = Working(title=title, documents=await self._parts.desk.count_in_force())
        await step("place", lambda: self._parts.messenger.place(card.id, place, working))
        try:
            async with self._writing:
                await step("draft", lambda: self._draft(card, working, draft_id))
        except Exception as error:  # noqa: BLE001 - Whatever it was, the card says so.
            shown = await self._parts.board.card(card.id)
            failed = Failed(title=title, reason=explain(error)[0], card=card.id)
            await self._parts.messenger.show(card.id, failed, shown.revision if shown else 0)
            return
        source = Place(channel=card.channel, message=card.source)
        changed = await self._parts.records.later_change(source) if card.source else None
        if changed and changed.text is None:
            await self._void(card, "")  # Deleted while it was drafted.
        await self._showing.show(card.id, step)

    async def _draft(self, card: StoredCard, working: Working, draft_id: str) -> str:
        told = _Told()
        progress = asyncio.create_task(self._progress(card, working, told))
        try:
            return await self._parts.desk.draft_ticket(card.ticket_id, draft_id, card.requested_by, told) or ""
        finally:
            progress.cancel()
            await asyncio.gather(progress, return_exceptions=True)

    async def _progress(self, card: StoredCard, working: Working, told: "_Told") -> None:
        """Edit the card while a slow model writes; a draft that is ready within the second needs no such thing."""
        shown = working.step
        while True:
            await asyncio.sleep(_LOOK_EVERY)
            if told.step != shown:
                shown = told.step
                await self._parts.messenger.show(card.id, working.model_copy(update={"step": shown}), 0)

    async def _change(self, card: StoredCard, ticket: Ticket, person: str, draft_id: str) -> bool:
        """Whether there is anything new to draft from."""
        async with self._parts.database.transaction() as tx:
            tickets = Tickets(tx, self._parts.workspace)
            changed = await tickets.change_text(card.ticket_id, ticket, self._parts.now(), actor=person)
            if changed:  # What answered the old words is void at once, even if no new draft can be made.
                drafts = Drafts(tx, self._parts.workspace)
                await drafts.stale(card.ticket_id, self._parts.now(), person or "proofdesk")
        return changed or await self._parts.records.is_draft(draft_id)

    async def _was_deleted(self, card: StoredCard) -> bool:
        post = await self._parts.records.post(card.id)
        return post is not None and post.state is PostState.GONE

    async def _again(self, card: StoredCard) -> None:
        """Let a card be posted anew, with all its parts: a person asked for it."""
        async with self._parts.database.transaction() as tx:
            posts = Posts(tx, self._parts.workspace)
            parts = [post.id for post in await posts.uncertain_ones() if post.id.startswith(f"{card.id}:part")]
            for post in (card.id, *parts):
                await posts.again(post)

    async def _void(self, card: StoredCard, person: str) -> None:
        async with self._parts.database.transaction() as tx:
            await Cards(tx, self._parts.workspace).source_gone(card.id, self._parts.now(), person or "proofdesk")
            drafts = Drafts(tx, self._parts.workspace)
            await drafts.stale(card.ticket_id, self._parts.now(), person or "proofdesk")


class _Told:
    """Remembers which step began last."""

    def __init__(self) -> None:
        self.step = Doing.READING

    def __call__(self, step: str) -> None:
        self.step = Doing(step)


def _unreadable(ticket: Ticket, files: tuple[str, ...]) -> Notice | None:
    text = ticket.customer_text.strip()
    if not text and files:
        return Notice(text=f"I cannot read {', '.join(files)}. Paste the customer's words and I will draft from those.")
    if not text:
        return Notice(text=_EMPTY)
    return Notice(text=_ONLY_LINKS) if _LINKS.fullmatch(text) else None
