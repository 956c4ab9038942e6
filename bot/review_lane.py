"""ReviewLane: people's decisions on drafts. Who may is read fresh; of two at once one wins and the other learns who."""

import asyncio
from collections.abc import Sequence
from typing import NamedTuple

from bot.errors import HelpdeskError
from bot.parts import Parts
from knowledge.drafting.draft import DraftStatus, Outcome, Risk
from knowledge.drafting.factual_error import FactualError, errors_in
from knowledge.drafting.review import (
    Accepted,
    RejectReason,
    Review,
    ReviewPolicy,
    UnderReview,
    Verdict,
)
from storage.cards import Cards, StoredCard
from storage.drafts import Drafts, StoredDraft
from storage.errors import DraftChanged
from storage.factual_errors import FactualErrors
from storage.reviews import Decision, Reviews, StoredReview, standing

_LOOK_AGAIN = "Look at the card again before you decide."
_JUST_REPORTED = f"A colleague has just reported a passage that this draft quotes as wrong. {_LOOK_AGAIN}"
_UNTIL_ANSWERED = "It cannot be approved until a document owner has answered; redraft, and the passage is left out."
_BECAME = {
    Verdict.APPROVE: "approved it",
    Verdict.REJECT: "rejected it",
    Verdict.ESCALATE: "escalated it",
    Verdict.UNDO: "took the decision back",
}


class Request(NamedTuple):
    """A decision as a person asks for it."""

    draft_id: str
    person: str
    verdict: Verdict
    channel: str
    confirmed: bool = False
    reason: RejectReason | None = None
    sentence: int | None = None


class Refusal(NamedTuple):
    """Why a decision does not stand; `{0}` in the text stands for the first of `people`."""

    text: str
    people: tuple[str, ...] = ()


class ReviewLane:
    """The decisions of one workspace."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def decide(self, request: Request) -> Refusal | None:
        """Take a decision, or say why not."""
        async with self._parts.database.reading() as tx:
            stored = await Drafts(tx, self._parts.workspace).load(request.draft_id)
            reviews = await Reviews(tx, self._parts.workspace).of(request.draft_id)
            cards = await Cards(tx, self._parts.workspace).of_ticket(stored.ticket_id) if stored else []
            versions = await Drafts(tx, self._parts.workspace).of_ticket(stored.ticket_id) if stored else []
            reported = await FactualErrors(tx, self._parts.workspace).about(stored.draft) if stored else ()
            all_standing = [standing(await Reviews(tx, self._parts.workspace).of(each.id)) for each in versions]
        if stored is None:
            return Refusal("This draft is not known here any more; ask for a new one.")
        if _stands_already(stored, reviews, request):
            return None
        if request.verdict is Verdict.APPROVE and (gone := await self._outdated(stored, cards, reported)):
            return Refusal(gone)
        # Asked last and at once: what is true of a person a second ago decides nothing.
        reviewer, channel = await asyncio.gather(
            self._parts.people.reviewer(request.person), self._parts.people.channel(request.channel)
        )
        review = Review(
            reviewer=reviewer,
            verdict=request.verdict,
            version=stored.number,
            confirmed=request.confirmed,
            reason=request.reason,
            sentence=request.sentence,
            channel=channel,
            minutes_since_decision=self._minutes_since(reviews),
        )
        settings = self._parts.team().review
        policy = ReviewPolicy(requester_may_approve=settings.requester_may_approve, undo_minutes=settings.undo_minutes)
        # Who brought the ticket stays who asked, whoever wanted another version of its draft.
        asked = cards[0].requested_by if cards else stored.origin.requested_by
        warned = any(review.verdict == Verdict.ESCALATE for decisions in all_standing for review in decisions)
        under_review = _under_review(stored, reviews, asked, escalated=warned, reported=bool(reported))
        decided = policy.decide(under_review, review)
        if not isinstance(decided, Accepted):
            return Refusal(decided.reason)
        return await self._store(stored, request, decided.status, reported)

    async def _store(
        self, stored: StoredDraft, request: Request, status: DraftStatus, seen: Sequence[FactualError]
    ) -> Refusal | None:
        decision = Decision(
            person=request.person,
            verdict=request.verdict,
            reason=request.reason or "",
            sentence=request.sentence,
        )
        try:
            async with self._parts.database.transaction() as tx:
                ledger = FactualErrors(tx, self._parts.workspace)
                if request.verdict is Verdict.APPROVE and set(await ledger.about(stored.draft)) - set(seen):
                    return Refusal(_JUST_REPORTED)
                await Reviews(tx, self._parts.workspace).decide(
                    stored.id,
                    expected_state=stored.state,
                    expected_number=stored.newest,
                    new_state=status,
                    review=decision,
                    now=self._parts.now(),
                )
                if request.verdict is Verdict.UNDO:
                    await ledger.take_back(stored.id, request.person, self._parts.now())
                elif request.reason is RejectReason.FACTUAL_ERROR and request.sentence is not None:
                    now = self._parts.now()
                    await ledger.report(errors_in(stored.id, stored.draft, request.sentence, request.person, now))
        except DraftChanged as lost:
            return _lost(lost, stored)
        return None

    async def _outdated(
        self, stored: StoredDraft, cards: Sequence[StoredCard], reported: Sequence[FactualError]
    ) -> str:
        if withheld := next((card.withheld for card in cards if card.withheld), ""):
            return withheld
        if any(card.source_gone for card in cards):
            return "The message this was drafted from was deleted; ask for a new draft if it is still needed."
        if reported and self._parts.desk.library.quarantines:
            names = ", ".join(dict.fromkeys(f"“{each.title}”" for each in reported))
            return f"A passage of {names} that this draft quotes is reported as wrong. {_UNTIL_ANSWERED}"
        changed = await self._parts.desk.no_longer_in_force(stored)
        if changed:
            names = ", ".join(changed)
            return f"A document this draft cites changed or is not in force any more ({names}). Redraft, then decide."
        try:
            change = await self._parts.reader.refresh(stored.ticket_id)
        except HelpdeskError as error:
            return f"I could not check whether the ticket changed since this draft, so nothing was decided. {error}"
        return f"{change} This draft is out of date; redraft, then decide." if change else ""

    def _minutes_since(self, reviews: Sequence[StoredReview]) -> float | None:
        return (self._parts.now() - reviews[-1].at).total_seconds() / 60 if reviews else None


def _under_review(
    stored: StoredDraft, reviews: Sequence[StoredReview], asked: str, *, escalated: bool, reported: bool
) -> UnderReview:
    # What a colleague called wrong needs other eyes, and a second thought.
    risk = Risk.CONFIRM if reported and stored.draft.risk is Risk.ROUTINE else stored.draft.risk
    return UnderReview(
        status=stored.state if stored.number == stored.newest else DraftStatus.REPLACED,
        version=stored.newest,
        risk=risk,
        verified=stored.draft.status is not Outcome.UNVERIFIED,
        statements=len(stored.draft.sentences),
        grave=stored.draft.has_grave_warning or reported,
        requested_by=asked,
        edited_by=stored.origin.edited_by,
        first_approver=stored.first_approver,
        escalated=escalated,
        deciders=tuple(review.person for review in standing(reviews)),
    )


def _stands_already(stored: StoredDraft, reviews: Sequence[StoredReview], request: Request) -> bool:
    """The same person decided the same before: a second click, or a step that ran twice."""
    last = standing(reviews)[-1:]
    return (
        stored.number == stored.newest
        and stored.state in (DraftStatus.APPROVED, DraftStatus.REJECTED, DraftStatus.ESCALATED)
        and bool(last)
        and (last[0].person, last[0].verdict) == (request.person, request.verdict)
    )


def _lost(lost: DraftChanged, stored: StoredDraft) -> Refusal:
    if lost.verdict:
        became = _BECAME[Verdict(lost.verdict)]
        return Refusal(f"{{0}} was first and {became}. {_LOOK_AGAIN}", (lost.person,))
    if lost.number > stored.number:
        return Refusal(f"Version {lost.number} came meanwhile. {_LOOK_AGAIN}")
    return Refusal(f"The draft is {lost.state.value.replace('_', ' ')} now. {_LOOK_AGAIN}")
