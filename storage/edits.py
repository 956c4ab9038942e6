"""What people changed in replies, sentence by sentence, as counts: before approval, and before sending."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlmodel.ext.asyncio.session import AsyncSession

from knowledge.drafting.edits import SentenceEdit
from storage.audit import AuditTrail
from storage.tables import EditRow


class EditStage(StrEnum):
    """When something was changed."""

    EDITED = "edited"
    """In the editor, before approval."""
    SENT = "sent"
    """After approval, as the helpdesk shows what was sent."""


class Edits:
    """The edits of one workspace."""

    def __init__(self, tx: AsyncSession, workspace: str) -> None:
        self._tx = tx
        self._workspace = workspace

    async def save(
        self, draft_id: str, stage: EditStage, edits: Sequence[SentenceEdit], actor: str, now: datetime
    ) -> None:
        """Keeps what was changed in a draft, once."""
        for position, edit in enumerate(edits):
            counts = edit.model_dump(mode="json")
            row = EditRow(workspace=self._workspace, draft_id=draft_id, stage=stage.value, position=position, **counts)
            self._tx.add(row)
            await AuditTrail(self._tx, self._workspace).append(
                at=now,
                actor=actor or "proofdesk",
                action="draft.sentence_changed",
                subject=draft_id,
                details={"stage": stage.value, **counts},
            )
