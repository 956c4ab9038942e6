"""Metrics from the audit trail alone: the same drafts, told by what was done. Where the two differ, one is wrong."""

from datetime import datetime
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from knowledge.drafting.draft import DraftStatus, Outcome
from knowledge.drafting.edits import SentenceEdit
from storage.edits import EditStage
from storage.metrics import DECISIONS, Decided, Handled
from storage.sent_replies import Satisfaction
from storage.tables import AuditRow


async def handled_by_audit(tx: AsyncSession, workspace: str, since: datetime) -> list[Handled]:
    """The drafts made from a moment on, oldest first, as `Metrics.handled` gives them.

    Of what a release before this one wrote, topics, words, tokens and edits are not in the trail.
    """
    rows = select(AuditRow).where(col(AuditRow.workspace) == workspace).order_by(col(AuditRow.seq))
    story = _Story()
    stream = await tx.stream_scalars(rows, execution_options={"yield_per": 500})
    try:
        async for row in stream:
            story.add(row)
    finally:
        await stream.close()
    found = (each for each in story.drafts.values() if each.created_at >= since)
    return sorted(found, key=lambda each: (each.created_at, each.ticket, each.number))


class _Story:
    """What the trail has told so far."""

    def __init__(self) -> None:
        self.drafts: dict[str, Handled] = {}
        self._of_ticket: dict[str, list[str]] = {}
        self._taken: dict[str, datetime] = {}
        self._opened: dict[str, datetime | None] = {}

    def add(self, row: AuditRow) -> None:
        match row.action:
            case "ticket.opened":
                self._taken[row.subject] = row.at
                self._date(row.subject, row.details)
            case "ticket.read":
                self._date(row.subject, row.details)
            case "draft.saved":
                self._save(row)
            case "draft.sentence_changed":
                self._edit(row.subject, row.details)
            case "draft.decided":
                self._decide(row)
            case "draft.stale":
                self._change(row.subject, state=DraftStatus.STALE)
            case "reply.read":
                sent_at = row.details["sent_at"]
                self._change(
                    row.subject,
                    sent_at=datetime.fromisoformat(sent_at) if sent_at else None,
                    satisfaction=Satisfaction(row.details["satisfaction"]),
                )

    def _date(self, ticket: str, details: dict[str, Any]) -> None:
        if "opened_at" in details:
            opened = datetime.fromisoformat(details["opened_at"]) if details["opened_at"] else None
            self._opened[ticket] = opened
            for draft in self._of_ticket.get(ticket, ()):
                self._change(draft, opened_at=opened)

    def _save(self, row: AuditRow) -> None:
        ticket, details = row.details["ticket"], row.details
        for earlier in self._of_ticket.setdefault(ticket, []):
            if self.drafts[earlier].state.may_become(DraftStatus.REPLACED):
                self._change(earlier, state=DraftStatus.REPLACED)
        self._of_ticket[ticket].append(row.subject)
        self.drafts[row.subject] = Handled(
            draft=row.subject,
            ticket=ticket,
            number=details["number"],
            topic=details.get("topic", ""),
            outcome=Outcome(details["outcome"]),
            words=details.get("words", 0),
            is_edited=details.get("edited", False),
            model=details["model"],
            prompt_tokens=details.get("prompt_tokens", 0),
            completion_tokens=details.get("completion_tokens", 0),
            opened_at=self._opened.get(ticket),
            taken_at=self._taken[ticket],
            created_at=row.at,
            state=DraftStatus.AWAITING,
        )

    def _edit(self, draft: str, details: dict[str, Any]) -> None:
        of = "edits" if details["stage"] == EditStage.EDITED else "sent_edits"
        edit = SentenceEdit.model_validate({name: details[name] for name in SentenceEdit.model_fields})
        self._change(draft, **{of: (*getattr(self.drafts[draft], of), edit)})

    def _decide(self, row: AuditRow) -> None:
        state = DraftStatus(row.details["state"])
        decided = None
        if state in DECISIONS:
            decided = Decided(state, row.at, row.details["reason"], row.details.get("document", ""))
        first = self.drafts[row.subject].first_review_at or row.at
        self._change(row.subject, state=state, first_review_at=first, decided=decided)

    def _change(self, draft: str, **values: Any) -> None:
        self.drafts[draft] = self.drafts[draft]._replace(**values)
