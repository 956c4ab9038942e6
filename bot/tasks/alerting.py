"""Alerting: those who must look are told, each once."""

from bot.content import AskedOwners, Notice, Warned
from bot.errors import Undelivered
from bot.intents import Place
from bot.parts import Parts
from bot.records import OnCard
from bot.tasks.admission import Admission
from bot.tasks.showing import Showing
from knowledge.drafting.review import ChannelKind

_NOBODY = "It is marked as escalated, but nobody was told: name a channel under `routes` in desk.yaml."
_NOT_THERE = "It is shared with another company, or I could not check who reads it; set another one in desk.yaml."
_ELSEWHERE = "said in a private conversation"
_NO_OWNERS = "No document owner is named; add them under `roles` in desk.yaml."


class Alerting:
    """Tells the people behind an escalation, and document owners."""

    def __init__(self, parts: Parts, admission: Admission, showing: Showing) -> None:
        self._parts = parts
        self._admission = admission
        self._showing = showing

    async def warn(self, on_card: OnCard, person: str) -> None:
        """Post the warning where each category's people are."""
        card, draft = on_card
        team = self._parts.team()
        routes = filter(None, (team.route(escalation) for escalation in draft.draft.escalations))
        channels = tuple(dict.fromkeys(routes)) or tuple(filter(None, (team.channels.escalations,)))
        if not channels:
            await self._parts.messenger.whisper(await self._showing.thread(card), person, Notice(text=_NOBODY))
            return
        warned = await self._warned(on_card, person)
        for channel in channels:
            if problem := await self._post(f"{draft.id}:warned:{channel}", channel, warned):
                text = f"It is marked as escalated, but channel {channel} was not told. {problem}"
                await self._parts.messenger.whisper(await self._showing.thread(card), person, Notice(text=text))

    async def _warned(self, on_card: OnCard, person: str) -> Warned:
        """The warning. What was written where not everybody reads stays there; the link leads to it."""
        card, draft = on_card
        ticket = await self._parts.records.ticket(card.ticket_id)
        title, shown = self._parts.board.title(ticket.ticket) if ticket else "", draft.draft
        if await self._parts.people.channel(card.channel) is not ChannelKind.PUBLIC:
            kept = tuple(each.model_copy(update={"evidence": _ELSEWHERE}) for each in shown.escalations)
            title, shown = _ELSEWHERE, shown.model_copy(update={"escalations": kept})
        return Warned(title=title, person=person, draft=shown, link=await self._showing.link(card))

    async def _post(self, post: str, channel: str, warned: Warned) -> str:
        """Why it could not be posted, or empty. A customer's words go to no channel that another company reads."""
        kind = await self._parts.people.channel(channel)
        if kind in (ChannelKind.SHARED, ChannelKind.UNKNOWN):
            return _NOT_THERE
        try:
            await self._parts.messenger.announce(post, Place(channel=channel), warned)
        except Undelivered as refused:
            return str(refused)
        return ""

    async def ask_owners(self, on_card: OnCard, person: str) -> None:
        """Ask the document owners, in the draft's thread, what no approved document answers."""
        card, draft = on_card
        owners = self._parts.team().roles.document_owners
        place = await self._showing.thread(card)
        refusal = await self._admission.refusal(place, person) or await self._admission.no_role(person)
        if refusal or not owners:
            await self._parts.messenger.whisper(place, person, refusal or Notice(text=_NO_OWNERS))
            return
        asked = AskedOwners(person=person, owners=owners, questions=draft.draft.unanswered)
        await self._parts.messenger.announce(f"{draft.id}:owners", place, asked)
