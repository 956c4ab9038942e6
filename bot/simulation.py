"""Simulation: some weeks of a team's work on the sample tickets, so that reports have something to tell.

The drafts are the desk's own; what people did with them is made up, the same each time.
"""

import random
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

from bot.desk import SupportDesk
from bot.interfaces import Progress
from bot.reports.report import monday
from knowledge.drafting.draft import Draft, DraftStatus, Outcome
from knowledge.drafting.edits import edits
from knowledge.drafting.review import RejectReason, Verdict
from knowledge.drafting.ticket import Ticket
from knowledge.evals.cases import Case
from storage.cards import Cards
from storage.database import Database
from storage.drafts import Drafts, Origin
from storage.reviews import Decision, Reviews
from storage.sent_replies import Satisfaction, SentReplies
from storage.tickets import Tickets

_PEOPLE = ("U0ANA", "U0BEN", "U0SAM")
_A_DAY = 8
"""Tickets."""
_WORKDAYS = 5
_OPENS = time(9, tzinfo=UTC)
_REWORDED = {"refund-policy": 0.7, "password-reset": 0.2}
"""How often agents write a document's sentence anew, by the document: what a report is to find."""
_WRONG = {"integrations": 1.0, "status-page": 0.5}
"""How often they call one wrong."""
_IN_OTHER_WORDS = "To put it in plain words: "
_SATISFIED = 0.85
_SENT = 0.8


class Simulation:
    """Plays weeks of work into one workspace's database."""

    def __init__(self, desk: SupportDesk, database: Database, workspace: str, channel: str) -> None:
        self._desk = desk
        self._channel = channel
        self._database = database
        self._workspace = workspace
        self._chance = random.Random(4)  # noqa: S311 - The same story each time.

    async def play(self, weeks: int, cases: Sequence[Case], now: datetime, progress: Progress) -> int:
        """Play the weeks before this one; how many tickets there were."""
        tickets = [Ticket.pasted(case.text) for case in cases if case.text.strip()]
        drafts: list[tuple[Ticket, Draft]] = []
        for number, ticket in enumerate(tickets, 1):
            drafts.append((ticket, await self._desk.rehearse(ticket)))
            progress(number, len(tickets))
        first = monday(now) - timedelta(weeks=weeks)
        days = [first + timedelta(days=day) for day in range(7 * weeks) if day % 7 < _WORKDAYS]
        for day in days:
            for number, (ticket, draft) in enumerate(self._chance.sample(drafts, min(_A_DAY, len(drafts)))):
                at = datetime.combine(day.date(), _OPENS) + timedelta(minutes=55 * number)
                await self._handle(ticket, draft, f"simulated:{day:%Y-%m-%d}:{number}", at)
        return len(days) * min(_A_DAY, len(drafts))

    async def _handle(self, ticket: Ticket, draft: Draft, key: str, at: datetime) -> None:
        """One ticket's way from the customer to what was sent."""
        person = self._chance.choice(_PEOPLE)
        waited = timedelta(minutes=self._chance.randint(2, 50))
        opened = ticket.model_copy(update={"opened_at": at - waited})
        async with self._database.transaction() as tx:
            ticket_id = await Tickets(tx, self._workspace).open(opened, key, at, actor=person)
            # A card nowhere in Slack: it says in which channel the ticket was asked.
            await Cards(tx, self._workspace).open(key, ticket_id, self._channel, key, key, person, at)
            drafts = Drafts(tx, self._workspace)
            drafted = at + timedelta(seconds=2)
            saved = await drafts.save(draft, ticket_id, drafted, origin=Origin(requested_by=person))
            decided = drafted + self._took(draft)
            document = next((c.document for s in draft.statements for c in s.citations), "")
            decision = self._decision(draft, document, person)
            final = draft
            if decision.verdict == Verdict.APPROVE and self._chance.random() < _REWORDED.get(document, 0.1):
                final = _reworded(draft)
                changed = edits(draft, final.reply)
                origin = Origin(requested_by=person, edited_by=person)
                edited = decided - timedelta(seconds=20)
                saved = await drafts.save(final, ticket_id, edited, origin=origin, edits=changed)
            state = _STATES[Verdict(decision.verdict)]
            await Reviews(tx, self._workspace).decide(
                saved.id,
                expected_state=DraftStatus.AWAITING,
                expected_number=saved.number,
                new_state=state,
                review=decision,
                now=decided,
            )
            if state is DraftStatus.APPROVED and self._chance.random() < _SENT:
                await self._send(SentReplies(tx, self._workspace), saved.id, final, decided)

    def _took(self, draft: Draft) -> timedelta:
        """How long a person needed; some do not read."""
        if self._chance.random() < 0.08:
            return timedelta(seconds=2)
        return timedelta(seconds=len(draft.reply.split()) / 3 + self._chance.randint(20, 600))

    def _decision(self, draft: Draft, document: str, person: str) -> Decision:
        if draft.has_grave_warning:
            return Decision(person=person, verdict=Verdict.ESCALATE)
        if draft.status is Outcome.UNVERIFIED:
            return Decision(person=person, verdict=Verdict.REJECT, reason=RejectReason.MISSING_INFORMATION)
        if self._chance.random() < _WRONG.get(document, 0.0):
            return Decision(person=person, verdict=Verdict.REJECT, reason=RejectReason.FACTUAL_ERROR, sentence=0)
        if self._chance.random() < 0.06:
            return Decision(person=person, verdict=Verdict.REJECT, reason=RejectReason.TONE)
        return Decision(person=person, verdict=Verdict.APPROVE)

    async def _send(self, replies: SentReplies, draft_id: str, draft: Draft, at: datetime) -> None:
        sent = at + timedelta(minutes=self._chance.randint(1, 30))
        changed = edits(draft, f"{draft.reply}\n\nHave a good day!") if self._chance.random() < 0.2 else ()
        said = Satisfaction.UNKNOWN
        if self._chance.random() < 0.3:
            said = Satisfaction.GOOD if self._chance.random() < _SATISFIED else Satisfaction.BAD
        await replies.save(draft_id, now=sent, sent_at=sent, edits=changed, satisfaction=said)


_STATES = {
    Verdict.APPROVE: DraftStatus.APPROVED,
    Verdict.REJECT: DraftStatus.REJECTED,
    Verdict.ESCALATE: DraftStatus.ESCALATED,
}


def _reworded(draft: Draft) -> Draft:
    """The draft with its first proven sentence said otherwise, as an agent would."""
    if not draft.statements:
        return draft.model_copy(update={"reply": f"{draft.reply}\n\nWe are happy to help."})
    said = draft.statements[0].text
    words = said.split()
    half = len(words) // 2
    other = _IN_OTHER_WORDS + " ".join([words[0].lower(), *words[1:half], "indeed", *words[half:]])
    return draft.model_copy(update={"reply": draft.reply.replace(said, other, 1)})
