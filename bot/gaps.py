"""Gaps: what to write next, from the questions that could not be verified."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from bot.content import GapLine, GapsListed
from knowledge.drafting.gaps import Gap, Unanswered, find_gaps
from knowledge.drafting.review import ChannelKind
from knowledge.drafting.ticket import Ticket
from storage.cards import Cards
from storage.database import Database
from storage.draft_lists import DraftLists
from storage.tickets import Tickets

_LISTED = 20
_NAMED = 5
"""Tickets that are named behind a gap."""
_MOST = 2_000
"""Drafts that are looked at."""


KindOf = Callable[[str], Awaitable[ChannelKind]]
"""Says who can read a channel."""


class SeenGaps(NamedTuple):
    """The gaps that may be shown in a place."""

    gaps: tuple[Gap, ...]
    withheld: int
    """Questions from channels that not everybody there may read."""


class Gaps:
    """The open questions of one desk."""

    def __init__(
        self, database: Database, workspace: str, title: Callable[[Ticket], str], now: Callable[[], datetime]
    ) -> None:
        """`title` is what people call a ticket."""
        self._database = database
        self._workspace = workspace
        self._title = title
        self._now = now

    async def since(self, days: int) -> tuple[Gap, ...]:
        """What was asked in vain in the last days, most wanted first. Only a ticket's newest draft counts."""
        return find_gaps([each for each, _ in await self._asked(days)])

    async def shown_in(self, channel: str, days: int, kind: KindOf) -> SeenGaps:
        """The same for people in a channel: what everybody may read, and what was asked in that very channel."""
        asked = await self._asked(days)
        public = {each: await kind(each) is ChannelKind.PUBLIC for each in {where for _, where in asked} - {""}}
        seen = [each for each, where in asked if where == channel or public.get(where)]
        return SeenGaps(find_gaps(seen), len(asked) - len(seen))

    async def _asked(self, days: int) -> list[tuple[Unanswered, str]]:
        """The questions, each with the channel of its card; empty where it has none."""
        async with self._database.reading() as tx:
            found = await DraftLists(tx, self._workspace).unanswered(self._now() - timedelta(days=days), _MOST)
            known = {each: await Tickets(tx, self._workspace).load(each) for each in {ticket for ticket, _ in found}}
            cards = {each: await Cards(tx, self._workspace).of_ticket(each) for each in known}
        asked = []
        for ticket_id, questions in found:
            stored = known[ticket_id]
            if stored:
                ref, where = stored.ticket.ref, cards[ticket_id]
                named = {"ticket": ticket_id, "title": self._title(stored.ticket), "url": ref.url if ref else ""}
                channel = where[0].channel if where else ""
                asked += [(Unanswered(question=question, **named), channel) for question in questions]
        return asked


def gap_list(seen: SeenGaps, days: int, owners: tuple[str, ...] = ()) -> GapsListed:
    """Gaps as a list for people, the most wanted first."""
    lines = tuple(
        GapLine(
            question=gap.question,
            tickets=len(gap.tickets),
            links=tuple(dict.fromkeys((each.title, each.url) for each in gap.questions))[:_NAMED],
        )
        for gap in seen.gaps[:_LISTED]
    )
    more = len(seen.gaps) - len(lines)
    return GapsListed(days=days, lines=lines, more=more, withheld=seen.withheld, owners=owners)
