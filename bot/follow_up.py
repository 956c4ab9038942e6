"""FollowUp: what became of approved replies, read from the helpdesk later. Nothing is written there."""

import logging
import re
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.helpdesks.message_text import message_text
from bot.interfaces import Helpdesks
from knowledge.drafting.edits import edits
from knowledge.drafting.playbook import Playbook
from knowledge.drafting.ticket import Author, Message, Ticket
from storage.database import Database
from storage.drafts import Drafts
from storage.reviews import Reviews
from storage.sent_replies import Awaited, Satisfaction, SentReplies
from storage.tickets import Tickets

_log = logging.getLogger(__name__)
_AGAIN = timedelta(hours=6)
_AFTER = timedelta(minutes=30)
"""An agent needs some time to send what was approved."""
_UNTIL = timedelta(days=14)
_AT_A_TIME = 10
"""Tickets that one round looks at; helpdesks limit what they answer."""
_MARK = re.compile(r"(\d+(?:\.\d+)?) of (\d+)")
_SATISFIED = 0.7
"""The share of a scale from which a customer counts as satisfied: 4 and 5 of 5, as is usual."""
_GOOD = frozenset({"good", "great", "happy", "very happy", "extremely happy", "satisfied", "positive"})


class FollowUp:
    """Looks up the replies of one workspace."""

    def __init__(
        self,
        helpdesks: Helpdesks,
        database: Database,
        workspace: str,
        playbook: Callable[[], Playbook],
        now: Callable[[], datetime],
    ) -> None:
        self._helpdesks = helpdesks
        self._database = database
        self._workspace = workspace
        self._playbook = playbook
        self._now = now

    async def look_round(self) -> None:
        """Look up the replies that are due. A ticket that cannot be read now has its turn again later."""
        now = self._now()
        async with self._database.reading() as tx:
            due = await SentReplies(tx, self._workspace).due(
                now - _AGAIN, now - _UNTIL, _AT_A_TIME, made_before=now - _AFTER
            )
        for each in due:
            try:
                await self._look(each)
            except Exception as error:  # noqa: BLE001 - Whatever one ticket's trouble is, the others are looked at.
                _log.warning("reply not looked up", extra={"error": type(error).__name__})
                async with self._database.transaction() as tx:
                    await SentReplies(tx, self._workspace).looked_at(each.draft_id, now)

    async def _look(self, awaited: Awaited) -> None:
        async with self._database.reading() as tx:
            draft = await Drafts(tx, self._workspace).load(awaited.draft_id)
            decision = await Reviews(tx, self._workspace).last(awaited.draft_id)
            ticket = await Tickets(tx, self._workspace).load(awaited.ticket_id)
        if draft is None or decision is None or ticket is None or ticket.ticket.ref is None:
            return
        there = await self._helpdesks.read(ticket.ticket.ref)
        sent = _reply_after(there, decision.at)
        # Both without signature, as a helpdesk's messages are read.
        approved = draft.draft.model_copy(update={"reply": message_text(draft.draft.reply, "").text})
        async with self._database.transaction() as tx:
            await SentReplies(tx, self._workspace).save(
                awaited.draft_id,
                now=self._now(),
                sent_at=sent.at if sent else None,
                edits=edits(approved, sent.text, self._playbook().names) if sent else (),
                satisfaction=satisfaction(there.satisfaction),
            )


def satisfaction(said: str) -> Satisfaction:
    """What a helpdesk's word for it says. Who said something that is not good counts as not satisfied."""
    if not said:
        return Satisfaction.UNKNOWN
    mark = _MARK.fullmatch(said)
    if mark and not int(mark[2]):
        return Satisfaction.UNKNOWN
    is_good = float(mark[1]) / int(mark[2]) >= _SATISFIED if mark else said.casefold() in _GOOD
    return Satisfaction.GOOD if is_good else Satisfaction.BAD


def _reply_after(ticket: Ticket, approved_at: datetime) -> Message | None:
    """The first message of an agent after an approval."""
    return next(
        (each for each in ticket.written if each.author is Author.AGENT and each.at and each.at > approved_at), None
    )
