"""Deciding: reactions, buttons and reasons become decisions, and the card shows what became of them."""

from bot.content import Choice, Notice
from bot.intents import Place, Pressed, Reacted, Redraft, Rejected
from bot.interfaces import Reactions
from bot.jobs import Step
from bot.parts import Parts
from bot.records import OnCard
from bot.review_lane import Request, ReviewLane
from bot.tasks.alerting import Alerting
from bot.tasks.judging import Judging
from bot.tasks.ledger import Ledger
from bot.tasks.proposing import Proposing
from bot.tasks.refining import Refining
from bot.tasks.showing import Showing
from knowledge.drafting.draft import DraftStatus, Outcome
from knowledge.drafting.review import RejectReason, Verdict
from storage.cards import Cards, StoredCard
from storage.reviews import standing

_NO_DRAFT_YET = Notice(text="There is no draft on this card yet; react again when it is there.")
_OPEN = {DraftStatus.AWAITING, DraftStatus.AWAITING_SECOND}
_CHANGED = Notice(text="The card changed while you reacted. Look at it, then take your reaction away and react again.")
_WHICH = Notice(text="There are two options on this card. Say which one with its button; a reaction cannot.")
_GONE = Notice(text="This draft is not known here any more; ask for a new one.")


class Deciding:
    """Takes decisions from people."""

    def __init__(  # noqa: PLR0913, PLR0917 - What decisions set going.
        self,
        parts: Parts,
        lane: ReviewLane,
        showing: Showing,
        refining: Refining,
        alerting: Alerting,
        proposing: Proposing,
        ledger: Ledger,
        judging: Judging,
    ) -> None:
        self._parts = parts
        self._lane = lane
        self._showing = showing
        self._refining = refining
        self._alerting = alerting
        self._proposing = proposing
        self._ledger = ledger
        self._judging = judging

    async def reacted(self, intent: Reacted, key: str, step: Step) -> None:
        """A reaction on a card. The event is a hint: what counts is who reacts now."""
        meaning = self._parts.team().meaning(intent.emoji)
        on_card = await self._parts.records.at(intent.place) if meaning else None
        if meaning is None:
            return
        if on_card is None:
            await self._not_yet(intent, meaning)
            return
        reactions = await self._parts.messenger.reactions(intent.place)
        if not self._reacts(intent, meaning, reactions):
            await self._taken_away(on_card, meaning, intent, step)
        elif meaning == "claim":
            await self._claim(on_card.card, intent.person, step, claimed=True)
        elif on_card.card.withheld:
            await self._whisper(on_card.card, intent.person, Notice(text=on_card.card.withheld))
        elif on_card.draft.state in _OPEN and not _was_seen(on_card, intent, reactions, meaning):
            # A reaction carries no version: it was meant for what the card said then.
            await self._whisper(on_card.card, intent.person, _CHANGED)
        elif meaning == "redraft":
            place = Place(channel=on_card.card.channel, thread=on_card.card.thread)
            redraft = Redraft(place=place, person=intent.person, draft=on_card.draft.id)
            await self._refining.redraft(redraft, key, step)
        elif meaning == Verdict.APPROVE and on_card.draft.origin.style == "two_options":
            await self._whisper(on_card.card, intent.person, _WHICH)
        elif meaning in (Verdict.APPROVE, Verdict.ESCALATE):
            await self._decide(on_card, Verdict(meaning), intent.person, step, confirmed=False)
        else:
            await self._whisper(on_card.card, intent.person, _say_more(meaning, on_card.draft.id))

    async def pressed(self, intent: Pressed, step: Step) -> None:
        """A button on a card; its value names the version that the person saw."""
        on_card = await self._parts.records.draft(intent.draft)
        if on_card is None:
            await self._parts.messenger.whisper(intent.place, intent.person, _GONE)
        elif intent.action == "ask_owner":
            await self._alerting.ask_owners(on_card, intent.person)
        elif intent.action == "propose":
            await self._proposing.propose(on_card, intent.person)
        elif intent.action == "make_case":
            await self._ledger.make_case(on_card, intent)
        elif intent.action == "claim":
            claimed = on_card.card.claimed_by != intent.person
            await self._claim(on_card.card, intent.person, step, claimed=claimed)
        else:
            await self._decide(on_card, Verdict(intent.action), intent.person, step, confirmed=intent.asked)

    async def rejected(self, intent: Rejected, step: Step) -> None:
        """A rejection with its reason."""
        on_card = await self._parts.records.draft(intent.draft)
        if on_card is None:
            await self._parts.messenger.whisper(intent.place, intent.person, _GONE)
            return
        request = Request(
            intent.draft,
            intent.person,
            Verdict.REJECT,
            on_card.card.channel,
            confirmed=True,
            reason=intent.reason,
            sentence=intent.sentence,
        )
        if await self._take(on_card.card, request, step) and intent.reason is RejectReason.FACTUAL_ERROR:
            await self._ledger.say_if_untold(intent)

    async def _not_yet(self, intent: Reacted, meaning: str) -> None:
        """On a card without a draft there is nothing to decide; what else of ours people react to is their affair."""
        card = await self._parts.records.card_at(intent.place)
        if card and self._reacts(intent, meaning, await self._parts.messenger.reactions(intent.place)):
            await self._whisper(card, intent.person, _NO_DRAFT_YET)

    def _reacts(self, intent: Reacted, meaning: str, reactions: Reactions) -> bool:
        team = self._parts.team()
        return any(
            intent.person in people for emoji, people in reactions.people.items() if team.meaning(emoji) == meaning
        )

    async def _taken_away(self, on_card: OnCard, meaning: str, intent: Reacted, step: Step) -> None:
        """A reaction went: what it stood for is undone, if it was this person's and still stands."""
        if meaning == "claim":
            await self._claim(on_card.card, intent.person, step, claimed=False)
            return
        stands = standing(await self._parts.records.reviews(on_card.draft.id))
        if any(review.person == intent.person and review.verdict == meaning for review in stands):
            await self._decide(on_card, Verdict.UNDO, intent.person, step, confirmed=False)

    async def _decide(self, on_card: OnCard, verdict: Verdict, person: str, step: Step, *, confirmed: bool) -> None:
        request = Request(on_card.draft.id, person, verdict, on_card.card.channel, confirmed=confirmed)
        if await self._take(on_card.card, request, step) and verdict is Verdict.ESCALATE:
            await self._alerting.warn(on_card, person)
            await self._judging.ask_kind(on_card, person)

    async def _take(self, card: StoredCard, request: Request, step: Step) -> bool:
        """Whether the decision stands. A refusal is told in private; in any case the card shows what is so now."""
        told: list[Notice] = []

        async def decide() -> str:
            refused = await self._lane.decide(request)
            if refused:
                told.append(Notice(text=refused.text, people=refused.people))
            return "refused" if refused else "stands"

        stands = await step("decide", decide) == "stands"
        for notice in told:
            await self._whisper(card, request.person, notice)
        await self._showing.show(card.id, step)
        if stands and request.verdict in (Verdict.REJECT, Verdict.UNDO):
            await self._ledger.follow(request.draft_id, step)
        return stands

    async def _claim(self, card: StoredCard, person: str, step: Step, *, claimed: bool) -> None:
        who = await self._parts.people.reviewer(person)
        if not who.roles or (not claimed and card.claimed_by != person):
            return
        async with self._parts.database.transaction() as tx:
            await Cards(tx, self._parts.workspace).claim(card.id, person if claimed else "", self._parts.now())
        await self._showing.show(card.id, step)

    async def _whisper(self, card: StoredCard, person: str, notice: Notice) -> None:
        await self._parts.messenger.whisper(await self._showing.thread(card), person, notice)


def _was_seen(on_card: OnCard, intent: Reacted, reactions: Reactions, meaning: str) -> bool:
    """Whether the card showed this very version when the person reacted, and had it to decide on."""
    wanted = meaning if meaning == Verdict.APPROVE else Verdict.ESCALATE
    shown = reactions.buttons is None or (str(wanted), on_card.draft.id) in reactions.buttons
    unverified = on_card.draft.draft.status is Outcome.UNVERIFIED
    return (shown or unverified) and float(intent.at) >= reactions.edited_at


def _say_more(meaning: str, draft_id: str) -> Notice:
    if meaning == Verdict.REJECT:
        choice = Choice(label="Say why", action="say_why", value=draft_id)
        return Notice(text="Why do you reject this draft? The reason helps to mend the documents.", choices=(choice,))
    choice = Choice(label="Open the editor", action="edit", value=draft_id)
    return Notice(text="Change the draft in the editor; what you write is checked as well.", choices=(choice,))
