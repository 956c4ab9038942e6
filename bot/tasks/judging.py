"""Judging: people say whether a warning was right, and of which kind it was where one was missing."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.content import Choice, Notice
from bot.intents import MissedKind, WarningJudged
from bot.jobs import Step
from bot.parts import Parts
from bot.records import OnCard
from bot.tasks.showing import Showing
from knowledge.drafting.draft import DraftStatus
from knowledge.drafting.review import no_say
from knowledge.drafting.scorecard import ANOTHER_KIND, WarningVerdict, likeliest
from storage.cards import StoredCard
from storage.errors import DraftChanged
from storage.warnings import Warnings

_GONE = Notice(text="This draft is not known here any more; ask for a new one.")
_LATE = Notice(text="Your escalation of this draft does not stand any more, so nothing was counted.")
_WHICH = (
    "You escalated a draft that carried no warning. Of which kind is the ticket? Your answer shows which rule to mend; "
    "without one it counts as missed, of an unknown kind."
)
_SAID = {
    WarningVerdict.CONFIRMED: "called this warning right",
    WarningVerdict.DISMISSED: "called this warning not needed",
    WarningVerdict.OPEN: "took back what was said of this warning",
}
_KINDS = 5
"""Kinds to choose from, besides another one."""
_LONGEST = 100
"""Characters of a category: with the draft's id it is the value of a choice, of which Slack takes 150."""
_REMEMBERED = timedelta(days=90)
"""From how long back it is told which kinds are likely."""


class Judging:
    """Takes what people say of warnings."""

    def __init__(self, parts: Parts, showing: Showing) -> None:
        self._parts = parts
        self._showing = showing

    async def judged(self, intent: WarningJudged, step: Step) -> None:
        """Whether a warning is right. A refusal is told in private; in any case the card shows what counts now."""
        await self._take(intent, lambda on_card: self._judge(on_card, intent), step)

    async def kind_named(self, intent: MissedKind, step: Step) -> None:
        """Of which kind a ticket is that was escalated though its draft carried no warning."""
        await self._take(intent, lambda on_card: self._miss(on_card, intent), step)

    async def ask_kind(self, on_card: OnCard, person: str) -> None:
        """Ask who escalated a draft without a warning which kind of ticket it is, once, if the desk has any kinds.

        `on_card` is what it was before the escalation.
        """
        draft = on_card.draft
        known = [each.category for each in self._parts.desk.playbook.escalations if len(each.category) <= _LONGEST]
        if draft.draft.escalations or draft.state is DraftStatus.ESCALATED or not known:
            return
        async with self._parts.database.reading() as tx:
            scores = await Warnings(tx, self._parts.workspace).scorecard(self._parts.now() - _REMEMBERED)
        kinds = [*likeliest(known, scores)[:_KINDS], ANOTHER_KIND]
        choices = tuple(Choice(label=_words(each), action="missed_kind", value=f"{draft.id}:{each}") for each in kinds)
        await self._whisper(on_card.card, person, Notice(text=_WHICH, menu="Which kind", choices=choices))

    async def _take(
        self, intent: WarningJudged | MissedKind, work: Callable[[OnCard], Awaitable[Notice | None]], step: Step
    ) -> None:
        on_card = await self._parts.records.draft(intent.draft)
        if on_card is None:
            await self._parts.messenger.whisper(intent.place, intent.person, _GONE)
            return
        told: list[Notice] = []

        async def judge() -> str:
            notice = await self._refusal(on_card.card, intent.person) or await work(on_card)
            told.extend([notice] if notice else [])
            return "judged"

        await step("judge", judge)
        for notice in told:
            await self._whisper(on_card.card, intent.person, notice)
        await self._showing.show(on_card.card.id, step)

    async def _refusal(self, card: StoredCard, person: str) -> Notice | None:
        """Why what this person says does not count; asked at once, as for a decision."""
        if card.withheld:
            return Notice(text=card.withheld)
        who, channel = await asyncio.gather(
            self._parts.people.reviewer(person), self._parts.people.channel(card.channel)
        )
        refusal = no_say(who, channel)
        return Notice(text=refusal) if refusal else None

    async def _judge(self, on_card: OnCard, intent: WarningJudged) -> Notice | None:
        draft = on_card.draft
        category = draft.draft.escalations[intent.warning].category
        try:
            async with self._parts.database.transaction() as tx:
                first = await Warnings(tx, self._parts.workspace).judge(
                    draft.id, category, intent.verdict, intent.seen, intent.person, self._parts.now()
                )
        except DraftChanged as lost:
            return Notice(text=f"This version was replaced; version {lost.number} is the present one.")
        if first is None:
            return None
        return Notice(
            text=f"{{0}} was first and {_SAID[first.verdict]}. Look at the card again.", people=(first.person,)
        )

    async def _miss(self, on_card: OnCard, intent: MissedKind) -> Notice:
        async with self._parts.database.transaction() as tx:
            kept = await Warnings(tx, self._parts.workspace).miss(
                on_card.draft.id, intent.category, intent.person, self._parts.now()
            )
        return Notice(text=f"Counted as a missed warning: {_words(intent.category).lower()}.") if kept else _LATE

    async def _whisper(self, card: StoredCard, person: str, notice: Notice) -> None:
        await self._parts.messenger.whisper(await self._showing.thread(card), person, notice)


def _words(category: str) -> str:
    return category.replace("_", " ").capitalize()
