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
from storage.cards import StoredCard

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
_GONE = "This draft is not known here any more; ask for a new one."
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
        place, person, text = intent.place, intent.person, intent.text
        wish, links = read(text), self._parts.reader.find(text)
        if not wish and links.tickets and (intent.mentioned or is_only_links(links)):
            await self._opening.open(OpenTicket(place=place, person=person, text=text), key, step)
            return
        if not wish and (unread := await self._parts.records.unread_card(place)) and is_message(text):
            await self._pasted(unread, intent, key, step)
            return
        on_card = await self._parts.records.in_thread(place)
        if on_card is None:
            await self._without_a_card(intent, key, step)
            return
        if isinstance(wish, Addition):
            reply = await self._parts.desk.with_addition(on_card.draft, wish.text)
            await self.edited(Edited(place=place, person=person, draft=on_card.draft.id, text=reply), key, step)
        elif wish:
            await self.redraft(Redraft(place=place, person=person, draft=on_card.draft.id, wish=wish), key, step)
        elif await self._parts.records.is_draft(card_id(key)) or await self._supplied(on_card, intent):
            await self._next(on_card, "again", key, intent.person, step)
        elif intent.mentioned:
            await self._parts.messenger.whisper(place, person, _HELP)

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
        answer = await self._parts.desk.look_up(intent.question)
        found = Found(question=intent.question, draft=answer, shared_by=intent.person)
        place = Place(channel=intent.place.channel, thread=intent.place.thread)
        await self._parts.messenger.announce(card_id(key), place, found)

    async def _pasted(self, card: StoredCard, intent: Talk, key: str, step: Step) -> None:
        """The customer's words, under the card of a ticket that could not be read."""
        if refusal := await self._admission.refusal(intent.place, intent.person):
            await self._parts.messenger.whisper(intent.place, intent.person, refusal)
        else:
            await self._opening.pasted_instead(card, intent.text, intent.person, key, step)

    async def _without_a_card(self, intent: Talk, key: str, step: Step) -> None:
        if not intent.mentioned:
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
