"""Admission: who gets a draft, and where. What cannot be checked is refused."""

import asyncio

from bot.content import Notice
from bot.intents import Place
from bot.parts import Parts
from knowledge.drafting.review import ChannelKind, Kind

_SHARED = Notice(
    text="This channel is shared with another company, so a draft here could be read by a customer. Use an internal "
    "channel."
)
_OFF = Notice(text="{0} switched Proofdesk off, so I drafted nothing. After a senior's “/desk on”, post this again.")
_UNKNOWN = Notice(text="I could not check who can read this channel, so I did nothing. Please try again in a moment.")
_NO_ROLE = Notice(text="You have no role at this desk. Ask a lead to add you to the agents in desk.yaml.")
_STRANGER = Notice(text="I draft for people of this workspace only.")
_MAY_ASK = {Kind.MEMBER, Kind.GUEST, Kind.SINGLE_CHANNEL_GUEST}


class Admission:
    """Says why not, or nothing."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def refusal(self, place: Place, person: str) -> Notice | None:
        """Why nothing is drafted here for this person."""
        switch = await self._parts.records.switch()
        if not switch.on:
            return _OFF.model_copy(update={"people": (switch.person,)})
        channel, kind = await asyncio.gather(self._parts.people.channel(place.channel), self._parts.people.kind(person))
        if channel is ChannelKind.SHARED:
            return _SHARED
        return _UNKNOWN if channel is ChannelKind.UNKNOWN else _stranger(kind)

    async def no_role(self, person: str) -> Notice | None:
        """Why this person changes no draft."""
        who = await self._parts.people.reviewer(person)
        return _stranger(who.kind) or (None if who.roles else _NO_ROLE)


def _stranger(kind: Kind) -> Notice | None:
    if kind is Kind.UNKNOWN:
        return Notice(text="I could not check with Slack who you are; nothing changed. Please try again in a moment.")
    return None if kind in _MAY_ASK else _STRANGER
