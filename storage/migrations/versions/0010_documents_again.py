"""When a document was there again after it was gone, and what who decided about it is called."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0010"
down_revision: str | None = "0009"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Columns that may be empty; the previous release knows nothing of them."""
    op.add_column("documents", sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("document_decisions", sa.Column("name", sa.Text(), server_default=sa.text("''"), nullable=False))
