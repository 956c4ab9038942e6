"""Worker: carries out what was taken in, as durable jobs. Whatever fails ends as a sentence to the person."""

import asyncio
import logging
from collections.abc import Sequence

from bot.content import Choice, Notice
from bot.errors import Unconfirmed, Undelivered, explain
from bot.intents import (
    INTENTS,
    CardDeleted,
    ChannelShared,
    DocumentAsked,
    DocumentDecided,
    Edited,
    ErrorAnswered,
    Intent,
    MissedKind,
    OpenTicket,
    Pressed,
    Reacted,
    Redraft,
    Rejected,
    Retry,
    Share,
    SourceChanged,
    Talk,
    Turn,
    WaitingApproved,
    WarningJudged,
)
from bot.jobs import Step
from bot.parts import Parts
from bot.review_lane import ReviewLane
from bot.tasks.admission import Admission
from bot.tasks.alerting import Alerting
from bot.tasks.deciding import Deciding
from bot.tasks.filling import Filling
from bot.tasks.judging import Judging
from bot.tasks.ledger import Ledger
from bot.tasks.marking import Marking
from bot.tasks.opening import Opening, card_id
from bot.tasks.owning import Owning
from bot.tasks.proposing import Proposing
from bot.tasks.refining import Refining
from bot.tasks.reporting import Reporting
from bot.tasks.running import Running
from bot.tasks.showing import Showing
from bot.tasks.source_changes import SourceChanges
from storage.cards import Cards
from storage.drafts import Drafts
from storage.inbox import Inbox, InboxState, StoredDelivery

_log = logging.getLogger(__name__)
_TRIES = 3
_BEGINNING = 300
"""Characters."""
_GIVEN_UP = "This stopped me three times, so I do not try it again. Post it anew; if it fails again, please report it."


class Worker:
    """Does each delivery's task and marks it finished."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        admission, showing = Admission(parts), Showing(parts)
        self._showing = showing
        self._reporting = Reporting(parts)
        filling = Filling(parts, showing)
        self._opening = Opening(parts, admission, showing, filling)
        self._source_changes = SourceChanges(parts, showing, filling, self._opening)
        self._refining = Refining(parts, admission, showing, self._opening)
        alerting = Alerting(parts, admission, showing)
        self._owning, self._marking = Owning(parts), Marking(parts, showing)
        self._ledger, self._judging = Ledger(parts, showing, self._owning), Judging(parts, showing)
        lane = ReviewLane(parts)
        self._deciding = Deciding(
            parts, lane, showing, self._refining, alerting, Proposing(parts), self._ledger, self._judging
        )
        self._running = Running(parts, showing)
        self._alone = asyncio.Lock()

    async def do(self, key: str, step: Step) -> None:
        """The work of one delivery. A job: it may begin again after a crash, and each step of it may run twice."""
        async with self._parts.database.reading() as tx:
            delivery = await Inbox(tx, self._parts.workspace).load(key)
        if delivery is None or delivery.state is not InboxState.NEW:
            return
        if delivery.tries == 0:
            await self._try(key, delivery, step)
            return
        # It was cut off before, perhaps because it brings the process down. Alone, it can only do so to itself.
        async with self._alone:
            if delivery.tries < _TRIES:
                await self._try(key, delivery, step)
            else:
                await self._finish(key, _GIVEN_UP)
                await self.tell(key)

    async def _try(self, key: str, delivery: StoredDelivery, step: Step) -> None:
        await self._begin(key, 1)
        try:
            await self._work(key, INTENTS.validate_python(delivery.intent), step)
        except asyncio.CancelledError:
            await self._begin(key, -1)  # Stopped in order, by no fault of its own.
            raise

    async def _work(self, key: str, intent: Intent, step: Step) -> None:
        problem = ""
        try:
            await self._carry_out(intent, key, step)
        except Unconfirmed as error:
            problem = str(error)
            again = Choice(label="Post it again", action="post_again", value=card_id(key))
            # Which of several it is about is told by how the person's own message begins.
            quoted = str(getattr(intent, "text", ""))[:_BEGINNING]
            notice = Notice(text=problem, choices=(again,), quoted=quoted)
            await self._parts.messenger.whisper(intent.place, intent.person, notice)
        except Exception as error:  # noqa: BLE001 - The last door: a person gets a sentence, whatever happened.
            problem, _ = explain(error)
            if not isinstance(error, Undelivered):
                _log.warning("job failed", extra={"kind": intent.kind, "error": type(error).__name__})
            await self._parts.messenger.whisper(intent.place, intent.person, Notice(text=problem))
        await self._finish(key, problem)

    async def _begin(self, key: str, change: int) -> None:
        async with self._parts.database.transaction() as tx:
            await Inbox(tx, self._parts.workspace).begin(key, change)

    async def _finish(self, key: str, problem: str) -> None:
        async with self._parts.database.transaction() as tx:
            await Inbox(tx, self._parts.workspace).finish(key, self._parts.now(), problem)

    async def tell(self, key: str) -> None:
        """Tell the person what became of a delivery that was given up."""
        async with self._parts.database.reading() as tx:
            delivery = await Inbox(tx, self._parts.workspace).load(key)
        if delivery and delivery.problem and delivery.intent:
            intent = INTENTS.validate_python(delivery.intent)
            await self._parts.messenger.whisper(intent.place, intent.person, Notice(text=delivery.problem))

    async def show_again(self) -> None:
        """Bring cards up to date that Slack did not take before."""
        await self._showing.again()

    async def tell_owners(self) -> None:
        """Show document owners what waits for them, and tell them what ends."""
        await self._ledger.look()
        await self._owning.propose()
        await self._owning.remind()

    async def tell_week(self) -> None:
        """Tell the team what the week before came to."""
        await self._reporting.tell_week()

    async def look_at_tickets(self) -> None:
        """Look whether tickets changed in their helpdesks since their drafts, and let the cards say so."""
        for ticket_id in await self._parts.reader.look_round():
            async with self._parts.database.reading() as tx:
                cards = await Cards(tx, self._parts.workspace).of_ticket(ticket_id)
            for card in cards:
                await self._showing.soon(card.id)

    async def mark_outdated(self) -> None:
        """Mark the open cards that cite what is not in force any more, whoever changed it."""
        await self._marking.look()

    async def documents_changed(self, documents: Sequence[str]) -> None:
        """Bring the open cards up to date that cite a document about which somebody decided."""
        async with self._parts.database.reading() as tx:
            drafts = Drafts(tx, self._parts.workspace)
            citing = {draft for document in documents for draft in await drafts.citing(document)}
        await self._ledger.look()
        await self._showing.drafts(citing)

    async def _carry_out(self, intent: Intent, key: str, step: Step) -> None:  # noqa: C901, PLR0912 - One line a kind.
        match intent:
            case OpenTicket():
                await self._opening.open(intent, key, step)
            case Retry():
                await self._opening.retry(intent, key, step)
            case SourceChanged():
                await self._source_changes.follow(intent, key, step)
            case Talk():
                await self._refining.talk(intent, key, step)
            case Redraft():
                await self._refining.redraft(intent, key, step)
            case Edited():
                await self._refining.edited(intent, key, step)
            case Share():
                await self._refining.share(intent, key)
            case DocumentDecided():
                await self.documents_changed(await self._owning.decided(intent, step))
            case DocumentAsked():
                await self._owning.shown(intent)
            case WaitingApproved():
                await self.documents_changed(await self._owning.waiting_approved(intent, step))
            case ErrorAnswered():
                await self.documents_changed(await self._ledger.answered(intent, step))
            case Reacted():
                await self._deciding.reacted(intent, key, step)
            case Pressed():
                await self._deciding.pressed(intent, step)
            case Rejected():
                await self._deciding.rejected(intent, step)
            case WarningJudged():
                await self._judging.judged(intent, step)
            case MissedKind():
                await self._judging.kind_named(intent, step)
            case CardDeleted():
                await self._running.card_deleted(intent)
            case Turn():
                await self._running.turn(intent)
            case ChannelShared():
                await self._running.channel_shared(intent)
