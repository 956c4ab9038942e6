"""Replay: tickets drafted twice, by the desk as it is and by the desk as it would be. Nothing of it is kept."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from bot.errors import UsageError
from bot.interfaces import Progress
from knowledge.documents.decision import DocumentDecision, DocumentVerdict
from knowledge.documents.document import DocumentStatus, DocumentVersion
from knowledge.documents.lifecycle import DocumentRules, in_charge
from knowledge.drafting.draft import Draft
from knowledge.drafting.ticket import Ticket
from knowledge.evals.replay import Change, ChangeKind, changes, gravest
from storage.cards import Cards
from storage.database import Database
from storage.decisions import Decisions
from storage.documents import Documents
from storage.drafts import Drafts
from storage.tickets import Tickets

Rehearse = Callable[[Ticket, str | None], Awaitable[Draft]]
"""Drafts a ticket as of one day; told the channel whose documents it may see, or none to see all."""
_ORDER = {kind: place for place, kind in enumerate(ChangeKind)}


class OldTicket(NamedTuple):
    """A ticket whose reply was approved."""

    name: str
    ticket: Ticket
    channel: str | None = None
    approved: Draft | None = None
    """What was approved, where the replay is to be compared with that."""
    reworded: bool = False
    """Whether the approved reply was edited or restyled: then that it reads otherwise says nothing."""


class Replayed(NamedTuple):
    """A ticket whose draft would be another one."""

    ticket: OldTicket
    before: Draft
    after: Draft
    changes: tuple[Change, ...]


async def replay(tickets: Sequence[OldTicket], before: Rehearse, after: Rehearse, progress: Progress) -> list[Replayed]:
    """The tickets whose drafts differ, the gravest difference first.

    A ticket that brings what was approved is compared with that, and not drafted by `before`.
    """
    found = []
    progress(0, len(tickets))
    for number, old in enumerate(tickets, 1):
        first = old.approved or await before(old.ticket, old.channel)
        second = await after(old.ticket, old.channel)
        differences = changes(first, second)
        if old.reworded:
            differences = tuple(change for change in differences if change.kind is not ChangeKind.WORDING)
        if differences:
            found.append(Replayed(old, first, second, differences))
        progress(number, len(tickets))
    return sorted(found, key=lambda each: _ORDER[gravest(each.changes) or ChangeKind.WORDING])


async def approved_tickets(
    database: Database, workspace: str, name: Callable[[Ticket], str], last: int, *, replies: bool = False
) -> list[OldTicket]:
    """The tickets whose newest draft is approved, the newest first; with `replies` each with that draft."""
    found = []
    async with database.reading() as tx:
        for ticket_id in await Drafts(tx, workspace).approved(last):
            stored = await Tickets(tx, workspace).load(ticket_id)
            cards = await Cards(tx, workspace).of_ticket(ticket_id)
            draft = await Drafts(tx, workspace).newest(ticket_id) if replies else None
            if stored:
                found.append(
                    OldTicket(
                        name(stored.ticket),
                        stored.ticket,
                        cards[0].channel if cards else None,
                        approved=draft.draft if draft else None,
                        reworded=bool(draft and (draft.origin.edited_by or draft.origin.style)),
                    )
                )
    return found


async def versions_if_approved(  # noqa: PLR0913 - What it depends on, by name.
    present: Sequence[DocumentVersion],
    *,
    database: Database,
    workspace: str,
    rules: DocumentRules,
    now: datetime,
    proposed: bool,
    only: str = "",
) -> tuple[DocumentVersion, ...]:
    """The versions that would be in charge if all that waits among those present were approved, or one document.

    `proposed` says whether that goes for what a file itself calls proposed as well. Raises `UsageError` where the one
    document does not wait.
    """
    async with database.reading() as tx:
        recorded, earlier = await Documents(tx, workspace).versions()
        decisions = await Decisions(tx, workspace).all()
    there = {(version.id, version.hash): version.status for version in present}
    before = [version for version in (*earlier, *recorded) if (version.id, version.hash) not in there]
    approvals = [
        DocumentDecision(
            document=version.id, hash=version.hash, verdict=DocumentVerdict.APPROVED, person="a replay", at=now
        )
        for version in in_charge(present, before, decisions, rules)
        if version.status is DocumentStatus.PROPOSED
        and only in ("", version.id)
        and (proposed or there.get((version.id, version.hash)) is DocumentStatus.APPROVED)
    ]
    if only and not approvals:
        raise UsageError(f"Nothing of '{only}' waits for approval; `proofdesk docs list` shows what does.")
    return in_charge(present, before, [*decisions, *approvals], rules)
