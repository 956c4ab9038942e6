"""Refining: the next version of a draft, by talk in its thread, by a button, or in an agent's own words."""

from bot.content import Choice, Found, Notice
from bot.errors import explain
from bot.intents import Edited, OpenTicket, Place, Redraft, Share, Talk, Wish
from bot.jobs import Step
from bot.parts import Parts
from bot.records import OnCard
from bot.requests import is_message, is_only_links
from bot.tasks.admission import Admission
from bot.tasks.opening import Opening, card_id
from bot.tasks.showing import Showing
from bot.wishes import Addition, read
from knowledge.drafting.draft import DraftStatus

_HELP = Notice(
    text="In a draft's thread I understand: shorter, friendlier, two options, redraft, add: …, or a fact the draft "
    "asks for. Start a message with (aside) and I never read it."
)
_NOT_SO = {
    "shorter": "This is as short as it gets without leaving an answer out.",
    "friendlier": "This is as friendly as the desk's own words get; edit it for more.",
    "two_options": "There is only one way to put this; edit it for another.",
    "again": "There is nothing to draft anew.",
}
_LATE = Notice(
    text="Something was decided or written on this card while you were writing, so yours was not taken. Here are your "
    "words:"
)
_EDITED = {DraftStatus.AWAITING, DraftStatus.AWAITING_SECOND, DraftStatus.ESCALATED, DraftStatus.REPLACED}
"""What may be edited; a replaced one only by the very delivery that replaced it."""
_OWN_WORDS = "This version is in a colleague's own words. Edit it, or redraft from the documents."
_WISHED = {DraftStatus.AWAITING, DraftStatus.AWAITING_SECOND, DraftStatus.ESCALATED, DraftStatus.STALE}
"""Drafts that a wish may be meant for, where a thread has several."""
_SEVERAL = Notice(text="There are several drafts in this thread; use the buttons of the one you mean.")
_OUT_OF_DATE = "This draft is out of date; say “redraft”, and the new one answers what is so now."
_GONE = "This draft is not known here any more; ask for a new one."
_NOT_SHARED = Notice(
    text="I did not share this: no approved document that this channel may see answers it now. Ask /kb again, or share "
    "it where its documents may be seen."
)
_MESSAGE = 4
"""From so many words on, what is said to the bot in a thread without a draft is a customer's message."""


class Refining:
    """Makes the next version of drafts."""

    def __init__(self, parts: Parts, admission: Admission, showing: Showing, opening: Opening) -> None:
        self._parts = parts
        self._admission = admission
        self._showing = showing
        self._opening = opening

    async def talk(self, intent: Talk, key: str, step: Step) -> None:
        """Something said in a thread: a wish, a fact that the draft asks for, or nothing for us."""
        wish, links = read(intent.text), self._parts.reader.find(intent.text)
        if not wish and (links.tickets or links.strangers) and (intent.mentioned or is_only_links(links)):
            opening = OpenTicket(place=intent.place, person=intent.person, text=intent.text)
            await self._opening.open(opening, key, step)
        elif wish:
            await self._wished(intent, wish, key, step)
        elif not await self._fact(intent, key, step) and not await self._pasted(intent, key, step):
            await self._without_a_card(intent, key, step)

    async def _wished(self, intent: Talk, wish: Wish | Addition, key: str, step: Step) -> None:
        """A wish is for the draft of the thread, or for none where there are several."""
        here = await self._parts.records.in_thread(intent.place)
        made = await self._parts.records.draft(card_id(key))
        still_open = [each for each in here if each.draft.state in _WISHED]
        on_card = made or next(reversed(still_open or here), None)
        if on_card is None:
            await self._without_a_card(intent, key, step)
        elif not made and len(still_open) > 1:
            await self._parts.messenger.whisper(intent.place, intent.person, _SEVERAL)
        elif isinstance(wish, Addition):
            reply = await self._parts.desk.with_addition(on_card.draft, wish.text)
            edited = Edited(place=intent.place, person=intent.person, draft=on_card.draft.id, text=reply)
            await self.edited(edited, key, step)
        else:
            wanted = Redraft(place=intent.place, person=intent.person, draft=on_card.draft.id, wish=wish)
            await self.redraft(wanted, key, step)

    async def _fact(self, intent: Talk, key: str, step: Step) -> bool:
        """Whether this is a fact that one of the thread's drafts asks for; that is drafted anew."""
        made = await self._parts.records.draft(card_id(key))
        here = await self._parts.records.in_thread(intent.place)
        asking = [each for each in here if self._parts.desk.asks_for(each.draft, intent.text)]
        if not made and len(asking) > 1:
            await self._parts.messenger.whisper(intent.place, intent.person, _SEVERAL)
            return True
        on_card = made or next(iter(asking), None)
        if on_card is None or not (made or await self._supplied(on_card, intent)):
            return False
        await self._next(on_card, "again", key, intent.person, step)
        return True

    async def _pasted(self, intent: Talk, key: str, step: Step) -> bool:
        """Whether these are the customer's words, under the card of a ticket that could not be read."""
        if not is_message(self._parts.reader.find(intent.text).rest):
            return False

        async def unread() -> str:
            card = await self._parts.records.unread_card(intent.place)
            theirs = card and (intent.mentioned or card.requested_by == intent.person)
            return card.id if card and theirs else ""

        # Remembered: once the words are in the ticket, it is none that could not be read any more.
        found = await step("unread", unread)
        card = await self._parts.records.card(found) if found else None
        if card is None:
            return False
        if refusal := await self._admission.refusal(intent.place, intent.person):
            await self._parts.messenger.whisper(intent.place, intent.person, refusal)
        else:
            await self._opening.pasted_instead(card, intent, key, step)
        return True

    async def redraft(self, intent: Redraft, key: str, step: Step) -> None:
        """A new version in the same card."""
        on_card = await self._parts.records.draft(intent.draft)
        refusal = await self._refusal(intent.place, intent.person)
        if on_card is None:
            refusal = Notice(text=_GONE)
        elif await self._is_late(on_card, key):
            newest = on_card.draft.newest
            refusal = Notice(text=f"This version was replaced; version {newest} is the present one.")
        if refusal or on_card is None:
            await self._parts.messenger.whisper(intent.place, intent.person, refusal or _HELP)
        elif not await self._next(on_card, intent.wish, key, intent.person, step):
            now = await self._parts.records.draft(intent.draft)
            same = now and (now.draft.newest, now.draft.state) == (on_card.draft.newest, on_card.draft.state)
            text = _OWN_WORDS if on_card.draft.origin.edited_by else _NOT_SO[intent.wish]
            text = _OUT_OF_DATE if on_card.draft.state is DraftStatus.STALE else text
            text = text if same else "Something was decided or written meanwhile, so no new version was made."
            await self._parts.messenger.whisper(intent.place, intent.person, Notice(text=text))

    async def edited(self, intent: Edited, key: str, step: Step) -> None:
        """A person's own words as the next version, checked like a model's. What comes too late is given back."""
        on_card = await self._parts.records.draft(intent.draft)
        refusal = await self._refusal(on_card.place if on_card else intent.place, intent.person)
        if on_card is None:
            refusal = Notice(text=_GONE)
        elif await self._is_late(on_card, key) or on_card.draft.state not in _EDITED:
            refusal = refusal or _LATE
        if refusal or on_card is None:
            await self._give_back(intent, refusal or _HELP)
            return
        draft = on_card.draft
        edited = await step("edit", lambda: self._parts.desk.edit(draft, intent.text, card_id(key), intent.person))
        if not edited:
            await self._give_back(intent, _LATE)
            return
        await self._showing.show(on_card.card.id, step)
        made = await self._parts.records.draft(card_id(key))
        if made and made.draft.draft.unproven:
            place = await self._showing.thread(made.card)
            await self._parts.messenger.whisper(place, intent.person, _unproven(len(made.draft.draft.unproven)))

    async def share(self, intent: Share, key: str) -> None:
        """Look a question up again and show the answer to the channel: what was withdrawn meanwhile is not shared."""
        refusal = await self._admission.refusal(intent.place, intent.person)
        if refusal:
            await self._parts.messenger.whisper(intent.place, intent.person, refusal)
            return
        # Everybody in the channel reads it, so it is the channel that counts, whoever asked.
        audience = self._parts.team().audiences_of(intent.place.channel)
        answer = await self._parts.desk.look_up(intent.question, audience)
        if not answer.statements:
            await self._parts.messenger.whisper(intent.place, intent.person, _NOT_SHARED)
            return
        found = Found(question=intent.question, draft=answer, shared_by=intent.person)
        place = Place(channel=intent.place.channel, thread=intent.place.thread)
        await self._parts.messenger.announce(card_id(key), place, found)

    async def _without_a_card(self, intent: Talk, key: str, step: Step) -> None:
        if not intent.mentioned:
            return
        if await self._parts.records.in_thread(intent.place):
            await self._parts.messenger.whisper(intent.place, intent.person, _HELP)
            return
        if len(intent.text.split()) < _MESSAGE:
            text = "There is no draft in this thread. Write the customer's message after my name and I will draft."
            await self._parts.messenger.whisper(intent.place, intent.person, Notice(text=text))
            return
        await self._opening.open(OpenTicket(place=intent.place, person=intent.person, text=intent.text), key, step)

    async def _supplied(self, on_card: OnCard, intent: Talk) -> bool:
        if await self._refusal(intent.place, intent.person):
            return False
        return await self._parts.desk.supply(on_card.draft, intent.text, intent.person)

    async def _give_back(self, intent: Edited, why: Notice) -> None:
        """Nothing that a person wrote is lost."""
        await self._parts.messenger.whisper(intent.place, intent.person, why.model_copy(update={"quoted": intent.text}))

    async def _is_late(self, on_card: OnCard, key: str) -> bool:
        """Another version came meanwhile, and it is not the one this very delivery made."""
        draft = on_card.draft
        return draft.number != draft.newest and not await self._parts.records.is_draft(card_id(key))

    async def _next(self, on_card: OnCard, wish: Wish, key: str, person: str, step: Step) -> bool:
        async def refine() -> str:
            if await self._parts.records.is_draft(card_id(key)):
                return card_id(key)
            return await self._parts.desk.refine(on_card.draft, wish, card_id(key), person) or ""

        try:
            made = await step("refine", refine)
        except Exception as error:  # noqa: BLE001 - The version before stays; the person is told why.
            text = f"{explain(error)[0]} The version on the card stays as it is."
            await self._parts.messenger.whisper(await self._showing.thread(on_card.card), person, Notice(text=text))
            return True
        if made:
            await self._showing.show(on_card.card.id, step)
        return bool(made)

    async def _refusal(self, place: Place, person: str) -> Notice | None:
        return await self._admission.refusal(place, person) or await self._admission.no_role(person)


def _unproven(count: int) -> Notice:
    sentences = "One sentence of your version is" if count == 1 else f"{count} sentences of your version are"
    return Notice(
        text=f"{sentences} not proven by an approved document. The card marks what and why; edit it, or approve with "
        "the button, which asks you to confirm.",
        choices=(Choice(label="OK", action="dismiss"),),
    )
