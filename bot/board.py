"""Board: what each card shows now, read from the database in one moment."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.content import Content, Decision, DraftCard, Failed, Version, Withheld, Working
from bot.desk import SupportDesk
from bot.intents import Place
from knowledge.drafting.draft import DraftStatus
from knowledge.drafting.review import RejectReason, Verdict
from knowledge.drafting.scorecard import Judgement
from knowledge.drafting.ticket import Ticket, TicketRef
from knowledge.helpdesks import Helpdesk, label
from knowledge.team import Team
from storage.audit import AuditTrail
from storage.cards import Cards, StoredCard
from storage.database import Database
from storage.draft_lists import DraftLists, DraftSummary
from storage.drafts import Drafts, StoredDraft
from storage.factual_errors import FactualErrors
from storage.posts import Posts
from storage.reviews import Reviews, StoredReview
from storage.tickets import StoredTicket, Tickets
from storage.warnings import Warnings

_DECIDED = {DraftStatus.APPROVED, DraftStatus.REJECTED, DraftStatus.ESCALATED, DraftStatus.AWAITING_SECOND}
_CITED = {DraftStatus.AWAITING, DraftStatus.AWAITING_SECOND, DraftStatus.APPROVED, DraftStatus.ESCALATED}
_OPEN = _CITED - {DraftStatus.APPROVED}
_TITLE = 80
_SOURCE_GONE = "The message it was drafted from was deleted, or is about something else now."
_EDITED = "The message it was drafted from was edited."


class Shown(NamedTuple):
    """A card's content, and the revision that orders it among others."""

    content: Content
    revision: int


class Summary(NamedTuple):
    """A draft as one line of a list."""

    title: str
    state: DraftStatus
    number: int
    requested_by: str
    created_at: datetime
    place: Place
    """Where its card is; without a message where there is none."""


class Board:
    """The cards of one workspace."""

    def __init__(
        self,
        database: Database,
        workspace: str,
        desk: SupportDesk,
        team: Callable[[], Team],
        now: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._workspace = workspace
        self._desk = desk
        self._team = team
        self._now = now

    async def card(self, card_id: str) -> Shown | None:
        """What a card shows now, or none where there is no such card."""
        async with self._database.reading() as tx:
            card = await Cards(tx, self._workspace).load(card_id)
            if card is None:
                return None
            found = await Tickets(tx, self._workspace).load(card.ticket_id)
            drafts = await Drafts(tx, self._workspace).of_ticket(card.ticket_id)
            reviews = await Reviews(tx, self._workspace).of(drafts[-1].id) if drafts else []
            judgements = await Warnings(tx, self._workspace).of_ticket(card.ticket_id)
            # Each change writes an audit row in its own transaction, so the newest row's number orders all states.
            revision = await AuditTrail(tx, self._workspace).newest()
            reported = await FactualErrors(tx, self._workspace).about(drafts[-1].draft) if drafts else ()
        title = self.title(found.ticket) if found else ""
        if card.withheld:
            return Shown(Withheld(reason=card.withheld), revision)
        if not drafts and card.source_gone:
            return Shown(Failed(title=title, reason=_SOURCE_GONE), revision)
        if not drafts:
            return Shown(Working(title=title), revision)
        shown = await self._draft_card(card, title, found, drafts, reviews, judgements.values())
        if drafts[-1].state in _OPEN and reported:
            shown = shown.model_copy(update={"reported": reported, "quarantined": self._desk.library.quarantines})
        return Shown(shown, revision)

    def title(self, ticket: Ticket) -> str:
        """What people recognise a ticket by."""
        return title_of(ticket, self._team().helpdesks)

    def label(self, ref: TicketRef) -> str:
        """What people call a ticket of a helpdesk, such as `Zendesk #4821`."""
        return label(self._team().helpdesks, ref)

    async def of_draft(self, draft_id: str) -> DraftCard | None:
        """The card content of one draft, as its buttons and modals need it."""
        async with self._database.reading() as tx:
            stored = await Drafts(tx, self._workspace).load(draft_id)
            cards = await Cards(tx, self._workspace).of_ticket(stored.ticket_id) if stored else []
        shown = await self.card(cards[0].id) if cards else None
        return shown.content if shown and isinstance(shown.content, DraftCard) else None

    async def mine(self, person: str, limit: int = 10) -> list[Summary]:
        """The open drafts a person asked for, newest first."""
        async with self._database.reading() as tx:
            found = await DraftLists(tx, self._workspace).requested_by(person, limit)
            return [await self._summary(each, tx) for each in found]

    async def waiting(self, limit: int = 10) -> list[Summary]:
        """The drafts that wait for a decision, newest first."""
        async with self._database.reading() as tx:
            found = await DraftLists(tx, self._workspace).waiting(limit)
            return [await self._summary(each, tx) for each in found]

    async def _summary(self, found: DraftSummary, tx: AsyncSession) -> Summary:
        ticket = await Tickets(tx, self._workspace).load(found.ticket_id)
        title = self.title(ticket.ticket) if ticket else found.subject
        cards = await Cards(tx, self._workspace).of_ticket(found.ticket_id)
        post = await Posts(tx, self._workspace).load(cards[0].id) if cards else None
        place = Place(channel=cards[0].channel if cards else "", message=post.ts or "" if post else "")
        return Summary(title, found.state, found.number, found.requested_by, found.created_at, place)

    async def _draft_card(
        self,
        card: StoredCard,
        title: str,
        ticket: StoredTicket | None,
        drafts: Sequence[StoredDraft],
        reviews: Sequence[StoredReview],
        judgements: Iterable[Judgement],
    ) -> DraftCard:
        newest = drafts[-1]
        decided = newest.state in _DECIDED and bool(reviews)
        undo = timedelta(minutes=self._team().review.undo_minutes)
        return DraftCard(
            title=title,
            ticket_url=ticket.ticket.ref.url if ticket and ticket.ticket.ref else "",
            id=newest.id,
            number=newest.number,
            draft=newest.draft,
            status=newest.state,
            decisions=tuple(_decision(review) for review in reviews),
            judgements=tuple(judgements),
            claimed_by=card.claimed_by,
            edited_by=newest.origin.edited_by,
            requested_by=newest.origin.requested_by,
            style=newest.origin.style,
            option=await self._desk.option(newest) if newest.origin.style == "two_options" else "",
            versions=tuple(Version(number=each.number, reply=each.draft.reply) for each in drafts[:-1]),
            seniors=self._team().roles.seniors,
            seconds=(newest.created_at - card.created_at).total_seconds() if newest.number == 1 else None,
            after_opening=_after_opening(ticket, newest),
            stale_because=_why_stale(card, ticket, newest.state),
            sources_changed=await self._desk.no_longer_in_force(newest) if newest.state in _CITED else (),
            may_undo=decided and self._now() - reviews[-1].at <= undo,
        )


def title_of(ticket: Ticket, helpdesks: dict[str, Helpdesk]) -> str:
    """What people recognise a ticket by: its name in the helpdesk, and its subject or how it begins."""
    said = " ".join((ticket.subject or ticket.customer_text).split())
    whole = ": ".join(part for part in (label(helpdesks, ticket.ref) if ticket.ref else "", said) if part)
    return whole if len(whole) <= _TITLE else whole[: _TITLE - 1].rstrip() + "…"


def _after_opening(ticket: StoredTicket | None, draft: StoredDraft) -> float | None:
    """How long the customer had waited for a first draft, in seconds."""
    opened = ticket.ticket.opened_at if ticket and draft.number == 1 else None
    return (draft.created_at - opened).total_seconds() if opened else None


def _why_stale(card: StoredCard, ticket: StoredTicket | None, state: DraftStatus) -> str:
    if card.source_gone:
        return _SOURCE_GONE
    if state is not DraftStatus.STALE:
        return ""
    return f"{ticket.change} Redraft to answer that as well." if ticket and ticket.change else _EDITED


def _decision(review: StoredReview) -> Decision:
    return Decision(
        person=review.person,
        verdict=Verdict(review.verdict),
        at=review.at,
        reason=RejectReason(review.reason) if review.reason else None,
        sentence=review.sentence,
    )
