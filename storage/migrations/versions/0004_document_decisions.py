"""What people decide about documents, and the texts they decide on."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Two tables of their own; the previous release knows nothing of them."""
    op.create_table(
        "document_texts",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("body_start", sa.Integer(), nullable=False),
        sa.Column("supersedes", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "document", "version", name="pk_document_texts"),
        sa.ForeignKeyConstraint(
            ["workspace", "document", "version"],
            ["document_versions.workspace", "document_versions.document", "document_versions.number"],
            name="fk_document_texts_document_versions",
        ),
    )
    op.create_table(
        "document_decisions",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("effective_from", sa.Date()),
        sa.Column("effective_until", sa.Date()),
        sa.Column("review_by", sa.Date()),
        sa.PrimaryKeyConstraint("workspace", "seq", name="pk_document_decisions"),
    )
    op.create_index("ix_document_decisions_workspace_document", "document_decisions", ["workspace", "document"])
