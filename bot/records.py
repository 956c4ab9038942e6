"""Records: the questions the desk's work asks the database, each in one moment of its own."""

from typing import NamedTuple

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.intents import Place, SourceChanged
from knowledge.drafting.draft import DraftStatus
from knowledge.drafting.factual_error import FactualError
from storage.audit import AuditTrail
from storage.cards import Cards, StoredCard
from storage.database import Database
from storage.drafts import Drafts, StoredDraft
from storage.factual_errors import FactualErrors
from storage.inbox import Inbox, InboxState
from storage.posts import Posts, PostState, StoredPost
from storage.reviews import Reviews, StoredReview
from storage.switch import Switch, SwitchState
from storage.tickets import StoredTicket, Tickets

_OPEN = (DraftStatus.AWAITING, DraftStatus.AWAITING_SECOND, DraftStatus.ESCALATED)


class OnCard(NamedTuple):
    """A card and the draft in question on it."""

    card: StoredCard
    draft: StoredDraft

    @property
    def place(self) -> Place:
        """Where the card is."""
        return Place(channel=self.card.channel, thread=self.card.thread)


class LedgerEntry(NamedTuple):
    """An entry of the ledger, its sentence, and the revision that orders what is shown of it."""

    error: FactualError
    sentence: str
    revision: int


class Records:
    """What is remembered of one workspace."""

    def __init__(self, database: Database, workspace: str) -> None:
        self._database = database
        self._workspace = workspace

    async def in_thread(self, place: Place) -> list[OnCard]:
        """The cards in a thread that hold a draft, oldest first, each with its newest one."""
        async with self._database.reading() as tx:
            cards = await Cards(tx, self._workspace).in_thread(place.channel, place.thread)
            drafts = [await Drafts(tx, self._workspace).newest(card.ticket_id) for card in cards]
        return [OnCard(card, draft) for card, draft in zip(cards, drafts, strict=True) if draft]

    async def is_posted(self, post: str) -> bool:
        """Whether a message of ours was posted, or a person is to say so; one that Slack refused is tried again."""
        async with self._database.reading() as tx:
            stored = await Posts(tx, self._workspace).load(post)
        return stored is not None and stored.state not in (PostState.NEW, PostState.POSTING)

    async def was_to_open(self, key: str) -> bool:
        """Whether a delivery with this key was to open a ticket and is dealt with."""
        async with self._database.reading() as tx:
            found = await Inbox(tx, self._workspace).load(key)
        return found is not None and found.kind == "open_ticket" and found.state is not InboxState.NEW

    async def is_opened(self, key: str) -> bool:
        """Whether a ticket was opened under a key."""
        async with self._database.reading() as tx:
            return await Tickets(tx, self._workspace).find(key) is not None

    async def at(self, place: Place) -> OnCard | None:
        """The card that is this message, and the newest draft on it."""
        async with self._database.reading() as tx:
            post = await Posts(tx, self._workspace).at(place.channel, place.message)
            card = await Cards(tx, self._workspace).load(post.id) if post else None
            draft = await Drafts(tx, self._workspace).newest(card.ticket_id) if card else None
        return OnCard(card, draft) if card and draft else None

    async def card_at(self, place: Place) -> StoredCard | None:
        """The card that is this message, with a draft on it or not."""
        async with self._database.reading() as tx:
            post = await Posts(tx, self._workspace).at(place.channel, place.message)
            return await Cards(tx, self._workspace).load(post.id) if post else None

    async def draft(self, draft_id: str) -> OnCard | None:
        """A draft, whether it is the newest or not, and its card."""
        async with self._database.reading() as tx:
            draft = await Drafts(tx, self._workspace).load(draft_id)
            cards = await Cards(tx, self._workspace).of_ticket(draft.ticket_id) if draft else []
        return OnCard(cards[0], draft) if draft and cards else None

    async def newest(self, ticket_id: str) -> StoredDraft | None:
        """The newest draft of a ticket, unless what it was drafted from is gone."""
        async with self._database.reading() as tx:
            found = await Drafts(tx, self._workspace).newest(ticket_id)
        return found if found and found.state is not DraftStatus.STALE else None

    async def is_draft(self, draft_id: str) -> bool:
        """Whether a draft was saved: then the step that makes it ran before."""
        async with self._database.reading() as tx:
            return await Drafts(tx, self._workspace).load(draft_id) is not None

    async def reviews(self, draft_id: str) -> list[StoredReview]:
        """The decisions on a draft, first to last."""
        async with self._database.reading() as tx:
            return await Reviews(tx, self._workspace).of(draft_id)

    async def ticket(self, ticket_id: str) -> StoredTicket | None:
        """A ticket."""
        async with self._database.reading() as tx:
            return await Tickets(tx, self._workspace).load(ticket_id)

    async def open_card(self, ticket_id: str) -> StoredCard | None:
        """The card of a ticket on which a decision is still to be taken, or none."""
        async with self._database.reading() as tx:
            cards = await Cards(tx, self._workspace).of_ticket(ticket_id)
            newest = await Drafts(tx, self._workspace).newest(ticket_id) if cards else None
        return cards[0] if newest and newest.state in _OPEN else None

    async def unread_card(self, place: Place) -> StoredCard | None:
        """The last card in a thread whose ticket could not be read, or none."""
        async with self._database.reading() as tx:
            cards = await Cards(tx, self._workspace).in_thread(place.channel, place.thread)
            for card in reversed(cards):
                ticket = await Tickets(tx, self._workspace).load(card.ticket_id)
                if ticket and not ticket.ticket.messages:
                    return card
        return None

    async def card(self, card_id: str) -> StoredCard | None:
        """A card."""
        async with self._database.reading() as tx:
            return await Cards(tx, self._workspace).load(card_id)

    async def cards_from(self, place: Place) -> list[StoredCard]:
        """The cards whose ticket came from a message."""
        async with self._database.reading() as tx:
            return await Cards(tx, self._workspace).of_source(place.channel, place.message)

    async def post(self, post_id: str) -> StoredPost | None:
        """What is known of a message of ours."""
        async with self._database.reading() as tx:
            return await Posts(tx, self._workspace).load(post_id)

    async def later_change(self, place: Place) -> SourceChanged | None:
        """The last change of a message that we know of."""
        async with self._database.reading() as tx:
            changes = await Inbox(tx, self._workspace).about(place.channel, place.message, "source_changed")
        return SourceChanged.model_validate(changes[-1].intent) if changes and changes[-1].intent else None

    async def errors(self, *, every: bool = False) -> list[tuple[FactualError, str]]:
        """The entries of the ledger that wait for a document owner, or every one, each with its sentence."""
        async with self._database.reading() as tx:
            ledger = FactualErrors(tx, self._workspace)
            found = await ledger.all() if every else [each for each in await ledger.open() if each.document]
            return [(error, await _sentence(tx, self._workspace, error)) for error in found]

    async def error(self, error_id: str) -> LedgerEntry | None:
        """An entry of the ledger as it is now."""
        async with self._database.reading() as tx:
            error = await FactualErrors(tx, self._workspace).load(error_id)
            if error is None:
                return None
            revision = await AuditTrail(tx, self._workspace).newest()
            return LedgerEntry(error, await _sentence(tx, self._workspace, error), revision)

    async def errors_of(self, draft_id: str) -> list[FactualError]:
        """What was reported of a draft."""
        async with self._database.reading() as tx:
            return await FactualErrors(tx, self._workspace).of_draft(draft_id)

    async def quoting(self, error: FactualError) -> list[str]:
        """The ids of the open drafts that quote words of an entry of the ledger."""
        async with self._database.reading() as tx:
            return await Drafts(tx, self._workspace).quoting(error)

    async def revision(self) -> int:
        """The number that orders what is shown now among what was shown before."""
        async with self._database.reading() as tx:
            return await AuditTrail(tx, self._workspace).newest()

    async def switch(self) -> SwitchState:
        """Whether the desk is on."""
        async with self._database.reading() as tx:
            return await Switch(tx, self._workspace).state()


async def _sentence(tx: AsyncSession, workspace: str, error: FactualError) -> str:
    """The sentence that was called wrong, or the document's words where its draft is not known any more."""
    stored = await Drafts(tx, workspace).load(error.draft)
    said = stored.draft.sentences if stored else ()
    return said[error.sentence] if error.sentence < len(said) else error.quote
