"""Where approved documents disagree about a draft's question."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """With a default, because the previous release writes drafts without it."""
    op.add_column("drafts", sa.Column("conflicts", sa.JSON(), nullable=False, server_default=sa.text("'[]'")))
