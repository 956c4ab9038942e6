"""What a draft is about, how long it is, what people changed in it, and what became of it."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """With defaults, because the previous release writes drafts without these columns; two tables of their own."""
    op.add_column("drafts", sa.Column("topic", sa.String(), nullable=False, server_default=sa.text("''")))
    op.add_column("drafts", sa.Column("words", sa.Integer(), nullable=False, server_default=sa.text("0")))
    op.create_table(
        "edits",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("draft_id", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("characters", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "draft_id", "stage", "position", name="pk_edits"),
        sa.ForeignKeyConstraint(["workspace", "draft_id"], ["drafts.workspace", "drafts.id"], name="fk_edits_drafts"),
    )
    op.create_table(
        "sent_replies",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("draft_id", sa.String(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("satisfaction", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "draft_id", name="pk_sent_replies"),
        sa.ForeignKeyConstraint(
            ["workspace", "draft_id"], ["drafts.workspace", "drafts.id"], name="fk_sent_replies_drafts"
        ),
    )
