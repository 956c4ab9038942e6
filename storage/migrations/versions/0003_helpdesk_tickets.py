"""What a helpdesk says of a ticket."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """With defaults, because the previous release writes tickets without these columns."""
    op.add_column("tickets", sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("tickets", sa.Column("read_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("tickets", sa.Column("details", sa.JSON(), nullable=False, server_default=sa.text("'{}'")))
    op.create_index("ix_tickets_workspace_helpdesk_ref_id", "tickets", ["workspace", "helpdesk", "ref_id"])
