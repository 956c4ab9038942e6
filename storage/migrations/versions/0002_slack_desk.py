"""The tables of the Slack desk."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Deliveries, posts, cards, the switch and processes; the previous release must go on working with it."""
    _inbox()
    _posts()
    _cards()
    _running()
    _drafts()


def _inbox() -> None:
    op.create_table(
        "inbox",
        _short("workspace"),
        _short("key"),
        sa.Column("event_id", sa.String()),
        _short("kind"),
        sa.Column("intent", sa.JSON(), nullable=False),
        _short("channel"),
        _short("message"),
        _time("received_at"),
        _short("state"),
        _time("finished_at", nullable=True),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("forgotten", sa.Boolean(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "key", name="pk_inbox"),
        sa.UniqueConstraint("workspace", "event_id", name="uq_inbox_workspace_event_id"),
    )
    _index("inbox", "state", "received_at")
    _index("inbox", "channel", "message")
    _index("inbox", "forgotten", "finished_at")


def _posts() -> None:
    op.create_table(
        "posts",
        _short("workspace"),
        _short("id"),
        _short("channel"),
        _short("thread"),
        sa.Column("ts", sa.String()),
        _short("state"),
        _time("posting_at", nullable=True),
        sa.Column("shown", sa.Integer(), nullable=False),
        _time("created_at"),
        sa.PrimaryKeyConstraint("workspace", "id", name="pk_posts"),
        sa.UniqueConstraint("workspace", "channel", "ts", name="uq_posts_workspace_channel_ts"),
    )
    _index("posts", "state")


def _cards() -> None:
    op.create_table(
        "cards",
        _short("workspace"),
        *(_short(name) for name in ("id", "ticket_id", "channel", "thread", "source", "requested_by", "claimed_by")),
        sa.Column("source_gone", sa.Boolean(), nullable=False),
        sa.Column("withheld", sa.Text(), nullable=False),
        _time("created_at"),
        sa.PrimaryKeyConstraint("workspace", "id", name="pk_cards"),
        sa.UniqueConstraint(
            "workspace", "channel", "thread", "ticket_id", name="uq_cards_workspace_channel_thread_ticket_id"
        ),
        sa.ForeignKeyConstraint(
            ["workspace", "ticket_id"], ["tickets.workspace", "tickets.id"], name="fk_cards_tickets"
        ),
    )
    _index("cards", "ticket_id")
    _index("cards", "channel", "source")


def _running() -> None:
    op.create_table(
        "switches",
        _short("workspace"),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        _short("person"),
        _time("at"),
        sa.PrimaryKeyConstraint("workspace", name="pk_switches"),
    )
    op.create_table(
        "processes",
        _short("workspace"),
        _short("name"),
        _time("beat_at"),
        sa.PrimaryKeyConstraint("workspace", "name", name="pk_processes"),
    )


def _drafts() -> None:
    # With defaults, because the previous release writes drafts without these columns.
    op.add_column("drafts", sa.Column("edited_by", sa.String(), nullable=False, server_default=sa.text("''")))
    op.add_column("drafts", sa.Column("style", sa.String(), nullable=False, server_default=sa.text("''")))
    op.add_column("drafts", sa.Column("unproven", sa.JSON(), nullable=False, server_default=sa.text("'[]'")))
    _index("drafts", "state", "created_at")
    _index("drafts", "created_at")


def _index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_workspace_{'_'.join(columns)}", table, ["workspace", *columns])


def _short(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False)


def _time(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)
