"""Who may see a document."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """With a default, because the previous release writes documents without it, for everybody."""
    op.add_column("document_versions", sa.Column("audience", sa.String(), nullable=False, server_default=sa.text("''")))
