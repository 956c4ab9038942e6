"""What people say of escalation warnings."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """A table of its own; the previous release knows nothing of it."""
    op.create_table(
        "warning_judgements",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("ticket_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "ticket_id", "position", name="pk_warning_judgements"),
        sa.ForeignKeyConstraint(
            ["workspace", "ticket_id"], ["tickets.workspace", "tickets.id"], name="fk_warning_judgements_tickets"
        ),
        sa.ForeignKeyConstraint(
            ["workspace", "draft_id"], ["drafts.workspace", "drafts.id"], name="fk_warning_judgements_drafts"
        ),
    )
