"""The first tables."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Documents, tickets, drafts, reviews and the audit trail."""
    _documents()
    _tickets_and_drafts()
    _parts_of_drafts()
    _reviews_and_audit()


def _documents() -> None:
    op.create_table(
        "documents",
        *_key("id"),
        sa.Column("current", sa.Integer(), nullable=False),
        _time("first_seen_at"),
        _time("gone_at", nullable=True),
        sa.PrimaryKeyConstraint("workspace", "id", name="pk_documents"),
    )
    op.create_table(
        "document_versions",
        *_key("document"),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        _short("hash"),
        _prose("title"),
        _short("status"),
        _short("approved_by"),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("effective_until", sa.Date()),
        sa.Column("review_by", sa.Date()),
        sa.Column("superseded_from", sa.Date()),
        _short("owner"),
        _short("topic"),
        _short("url"),
        _short("path"),
        _time("first_seen_at"),
        sa.PrimaryKeyConstraint("workspace", "document", "number", name="pk_document_versions"),
        sa.UniqueConstraint("workspace", "document", "hash", name="uq_document_versions_workspace_document_hash"),
        _belongs_to("document_versions", "documents", document="id"),
    )
    op.create_table(
        "approvals",
        *_key("document"),
        sa.Column("version", sa.Integer(), nullable=False, autoincrement=False),
        _short("approved_by"),
        _time("recorded_at"),
        sa.PrimaryKeyConstraint("workspace", "document", "version", "approved_by", name="pk_approvals"),
        _belongs_to("approvals", "document_versions", document="document", version="number"),
    )


def _tickets_and_drafts() -> None:
    op.create_table(
        "tickets",
        *_key("id"),
        _short("key"),
        _prose("subject"),
        _prose("requester"),
        sa.Column("messages", sa.JSON(), nullable=False),
        sa.Column("helpdesk", sa.String()),
        sa.Column("ref_id", sa.String()),
        sa.Column("ref_url", sa.String()),
        _time("created_at"),
        sa.PrimaryKeyConstraint("workspace", "id", name="pk_tickets"),
        sa.UniqueConstraint("workspace", "key", name="uq_tickets_workspace_key"),
    )
    op.create_table(
        "drafts",
        *_key("id"),
        _short("ticket_id"),
        sa.Column("number", sa.Integer(), nullable=False),
        _short("state"),
        _short("outcome"),
        _prose("reply"),
        _prose("acknowledgement"),
        sa.Column("confidence", sa.Float(), nullable=False),
        _short("model"),
        sa.Column("prompt_tokens", sa.Integer(), nullable=False),
        sa.Column("completion_tokens", sa.Integer(), nullable=False),
        *(
            sa.Column(name, sa.JSON(), nullable=False)
            for name in ("timings_ms", "unanswered", "nearest", "assumptions", "notes")
        ),
        _short("playbook"),
        _short("requested_by"),
        _time("created_at"),
        sa.PrimaryKeyConstraint("workspace", "id", name="pk_drafts"),
        sa.UniqueConstraint("workspace", "ticket_id", "number", name="uq_drafts_workspace_ticket_id_number"),
        _belongs_to("drafts", "tickets", ticket_id="id"),
    )


def _parts_of_drafts() -> None:
    _part("statements", _prose("text"))
    op.create_table(
        "citations",
        *_key("draft_id"),
        sa.Column("statement", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("position", sa.Integer(), nullable=False, autoincrement=False),
        _short("document"),
        _short("version"),
        _prose("title"),
        _prose("section"),
        _prose("quote"),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        _short("approved_by"),
        sa.Column("in_force_until", sa.Date()),
        _short("url"),
        sa.PrimaryKeyConstraint("workspace", "draft_id", "statement", "position", name="pk_citations"),
        _belongs_to("citations", "statements", draft_id="draft_id", statement="position"),
    )
    _part("removed_statements", _prose("text"), _prose("reason"))
    _part("missing_facts", _short("fact"), _prose("question"))
    _part(
        "escalations",
        _short("category"),
        _prose("rule"),
        _prose("evidence"),
        _short("severity"),
        _prose("route"),
        sa.Column("second_approver", sa.Boolean(), nullable=False),
    )


def _reviews_and_audit() -> None:
    _part(
        "reviews",
        sa.Column("number", sa.Integer(), nullable=False),
        _short("person"),
        _short("verdict"),
        _short("reason"),
        sa.Column("sentence", sa.Integer()),
        _short("state"),
        _time("at"),
    )
    op.create_table(
        "audit",
        _short("workspace"),
        sa.Column("seq", sa.Integer(), nullable=False, autoincrement=False),
        _time("at"),
        _short("actor"),
        _short("action"),
        _short("subject"),
        sa.Column("details", sa.JSON(), nullable=False),
        _short("previous_hash"),
        _short("hash"),
        sa.PrimaryKeyConstraint("workspace", "seq", name="pk_audit"),
    )
    op.create_table(
        "audit_heads",
        _short("workspace"),
        sa.Column("seq", sa.Integer(), nullable=False),
        _short("hash"),
        sa.PrimaryKeyConstraint("workspace", name="pk_audit_heads"),
    )


def _part(table: str, *columns: sa.Column[Any]) -> None:
    """A table whose rows belong to a draft, in an order."""
    op.create_table(
        table,
        *_key("draft_id"),
        sa.Column("position", sa.Integer(), nullable=False, autoincrement=False),
        *columns,
        sa.PrimaryKeyConstraint("workspace", "draft_id", "position", name=f"pk_{table}"),
        _belongs_to(table, "drafts", draft_id="id"),
    )


def _key(name: str) -> tuple[sa.Column[str], sa.Column[str]]:
    return _short("workspace"), _short(name)


def _short(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False)


def _prose(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _time(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _belongs_to(table: str, other: str, **columns: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workspace", *columns],
        [f"{other}.{name}" for name in ("workspace", *columns.values())],
        name=f"fk_{table}_{other}",
    )
