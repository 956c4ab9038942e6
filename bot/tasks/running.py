"""Running: the desk on and off, and channels that another company can read."""

from bot.content import Notice
from bot.intents import CardDeleted, ChannelShared, Place, Turn
from bot.parts import Parts
from bot.tasks.showing import WITHHELD, Showing
from knowledge.drafting.review import ChannelKind, Role
from storage.cards import Cards
from storage.posts import Posts
from storage.switch import Switch

_NOT_SENIOR = Notice(text="Only a senior of this desk switches it on or off; desk.yaml names them.")


class Running:
    """Switches."""

    def __init__(self, parts: Parts, showing: Showing) -> None:
        self._parts = parts
        self._showing = showing

    async def turn(self, intent: Turn) -> None:
        """Switch the desk on or off: for seniors, effective with the next job."""
        who = await self._parts.people.reviewer(intent.person)
        if Role.SENIOR not in who.roles:
            await self._parts.messenger.whisper(intent.place, intent.person, _NOT_SENIOR)
            return
        async with self._parts.database.transaction() as tx:
            await Switch(tx, self._parts.workspace).turn(intent.on, intent.person, self._parts.now())
        state = (
            "on. I draft again."
            if intent.on
            else "off. I draft nothing until somebody says “/desk on”; open cards stay."
        )
        await self._parts.messenger.whisper(intent.place, intent.person, Notice(text=f"Proofdesk is {state}"))

    async def card_deleted(self, intent: CardDeleted) -> None:
        """A person took a card away: it stays away until somebody asks for the draft again."""
        async with self._parts.database.transaction() as tx:
            posts = Posts(tx, self._parts.workspace)
            post = await posts.at(intent.place.channel, intent.place.message)
            if post:
                await posts.gone(post.id)

    async def channel_shared(self, intent: ChannelShared) -> None:
        """The channel may be read by a customer now: the drafts in it are taken away."""
        # What cannot be checked counts as shared: the event said so.
        if await self._parts.people.channel(intent.place.channel) not in (ChannelKind.SHARED, ChannelKind.UNKNOWN):
            return
        async with self._parts.database.transaction() as tx:
            cards = Cards(tx, self._parts.workspace)
            withheld = await cards.withhold(intent.place.channel, WITHHELD, self._parts.now())
        for card in withheld:
            await self._showing.now(card.id)
            direct = Place(channel=card.requested_by)
            await self._parts.messenger.whisper(direct, card.requested_by, Notice(text=WITHHELD))
