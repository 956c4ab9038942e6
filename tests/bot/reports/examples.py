"""What the tests of reports share: drafts as their metrics tell them."""

from datetime import UTC, datetime, timedelta
from typing import Any

from knowledge.drafting.draft import DraftStatus, Outcome
from knowledge.drafting.edits import EditKind, SentenceEdit
from storage.metrics import Decided, Handled

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
FACTS = SentenceEdit(kind=EditKind.FACTS, words=3, characters=9, document="refund-policy")
ADDED = SentenceEdit(kind=EditKind.ADDED, words=7, characters=40)


def minutes(count: float) -> datetime:
    """A moment some minutes after noon."""
    return NOON + timedelta(minutes=count)


def draft(ticket: str = "t1", **changes: Any) -> Handled:
    """A draft that came a minute after its ticket."""
    made = Handled(
        draft=f"{ticket}-1",
        ticket=ticket,
        number=1,
        topic="refund",
        outcome=Outcome.ANSWERED,
        words=100,
        is_edited=False,
        model="extractive",
        prompt_tokens=10,
        completion_tokens=5,
        opened_at=None,
        taken_at=NOON,
        created_at=minutes(1),
        state=DraftStatus.AWAITING,
    )
    return made._replace(**changes)


def decided(state: DraftStatus, after: float, ticket: str = "t1", reason: str = "", **changes: Any) -> Handled:
    """A draft that was decided on some minutes after it came."""
    at = minutes(1 + after)
    decision = Decided(state, at, reason, changes.pop("document", ""))
    return draft(ticket, state=state, decided=decision, first_review_at=at, **changes)
