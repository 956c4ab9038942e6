"""The tables. Rows never leave this room, and every primary key begins with the workspace."""

from storage.tables.audit import AuditHeadRow, AuditRow
from storage.tables.base import metadata, new_id
from storage.tables.documents import (
    ApprovalRow,
    DocumentDecisionRow,
    DocumentRow,
    DocumentTextRow,
    DocumentVersionRow,
)
from storage.tables.drafts import (
    CitationRow,
    DraftPartRow,
    DraftRow,
    EditRow,
    EscalationRow,
    MissingFactRow,
    RemovedStatementRow,
    ReviewRow,
    SentReplyRow,
    StatementRow,
    TicketRow,
    WarningJudgementRow,
)
from storage.tables.ledger import FactualErrorRow
from storage.tables.running import ProcessRow, SwitchRow
from storage.tables.slack import CardRow, InboxRow, PostRow

__all__ = [
    "ApprovalRow",
    "AuditHeadRow",
    "AuditRow",
    "CardRow",
    "CitationRow",
    "DocumentDecisionRow",
    "DocumentRow",
    "DocumentTextRow",
    "DocumentVersionRow",
    "DraftPartRow",
    "DraftRow",
    "EditRow",
    "EscalationRow",
    "FactualErrorRow",
    "InboxRow",
    "MissingFactRow",
    "PostRow",
    "ProcessRow",
    "RemovedStatementRow",
    "ReviewRow",
    "SentReplyRow",
    "StatementRow",
    "SwitchRow",
    "TicketRow",
    "WarningJudgementRow",
    "metadata",
    "new_id",
]
