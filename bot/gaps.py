"""Gaps: what to write next, from the questions that could not be verified."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.content import GapLine, GapsListed
from knowledge.drafting.gaps import Gap, Unanswered, find_gaps
from knowledge.drafting.ticket import Ticket
from storage.database import Database
from storage.draft_lists import DraftLists
from storage.tickets import Tickets

_LISTED = 20
_NAMED = 5
"""Tickets that are named behind a gap."""
_MOST = 2_000
"""Drafts that are looked at."""


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
        async with self._database.reading() as tx:
            found = await DraftLists(tx, self._workspace).unanswered(self._now() - timedelta(days=days), _MOST)
            known = {each: await Tickets(tx, self._workspace).load(each) for each in {ticket for ticket, _ in found}}
        asked = []
        for ticket_id, questions in found:
            stored = known[ticket_id]
            if stored:
                ref = stored.ticket.ref
                asked += [
                    Unanswered(
                        question=question,
                        ticket=ticket_id,
                        title=self._title(stored.ticket),
                        url=ref.url if ref else "",
                    )
                    for question in questions
                ]
        return find_gaps(asked)


def gap_list(gaps: tuple[Gap, ...], days: int, owners: tuple[str, ...] = ()) -> GapsListed:
    """Gaps as a list for people, the most wanted first."""
    lines = tuple(
        GapLine(
            question=gap.question,
            tickets=len(gap.tickets),
            links=tuple(dict.fromkeys((each.title, each.url) for each in gap.questions))[:_NAMED],
        )
        for gap in gaps[:_LISTED]
    )
    return GapsListed(days=days, lines=lines, more=len(gaps) - len(lines), owners=owners)
