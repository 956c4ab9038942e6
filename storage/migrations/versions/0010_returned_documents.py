"""When a document was there again after it was gone."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0010"
down_revision: str | None = "0009"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """A column that may be empty; the previous release knows nothing of it."""
    op.add_column("documents", sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True))
