from alembic import command
from sqlalchemy import Connection, create_engine, inspect, make_url, text

from storage import schema
from storage.database import Database
from storage.drafts import Drafts, Origin
from storage.tickets import Tickets
from tests.storage.examples import ACME

DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg"}
OLD_ROWS = [
    """
    INSERT INTO tickets (workspace, id, key, subject, requester, messages, created_at)
    VALUES (:workspace, 'ticket', 'key', 'Cancel', 'Ada', '[]', '2026-03-01 09:30:15')
    """,
    """
    INSERT INTO drafts (workspace, id, ticket_id, number, state, outcome, reply, acknowledgement, confidence, model,
        prompt_tokens, completion_tokens, timings_ms, unanswered, nearest, assumptions, notes, playbook, requested_by,
        created_at)
    VALUES (:workspace, 'draft', 'ticket', 1, 'awaiting', 'answered', 'Hi', '', 0.5, '',
        0, 0, '{}', '[]', '[]', '[]', '[]', '', 'U1', '2026-03-01 09:30:15')
    """,
]
"""What the first release wrote."""


def at_first_release(url: str, backend: str) -> None:
    engine = create_engine(make_url(url).set(drivername=DRIVERS[backend]))
    try:
        with engine.begin() as connection:
            migrate_to("0001", connection)
            assert "inbox" not in inspect(connection).get_table_names()
            for statement in OLD_ROWS:
                connection.execute(text(statement), {"workspace": ACME})
    finally:
        engine.dispose()


def migrate_to(revision: str, connection: Connection) -> None:
    config = schema._config()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


async def test_what_the_first_release_wrote_is_still_there(empty_url: str, backend: str) -> None:
    at_first_release(empty_url, backend)
    database = Database(empty_url)
    try:
        await database.migrate()
        await database.check()
        async with database.reading() as tx:
            ticket = await Tickets(tx, ACME).load("ticket")
            draft = await Drafts(tx, ACME).load("draft")
    finally:
        await database.close()
    assert ticket is not None
    assert draft is not None
    assert (ticket.ticket.subject, draft.draft.reply) == ("Cancel", "Hi")
    assert (draft.origin, draft.draft.unproven) == (Origin(requested_by="U1"), ())


async def test_the_first_release_can_go_on_writing_beside_this_one(database: Database) -> None:
    async with database.transaction() as tx:
        for statement in OLD_ROWS:
            await (await tx.connection()).execute(text(statement), {"workspace": ACME})
        draft = await Drafts(tx, ACME).load("draft")
    assert draft is not None
    assert (draft.origin, draft.draft.unproven) == (Origin(requested_by="U1"), ())
