"""The schema in the database against the schema in the code. Imports Alembic: only `Database` imports this, late."""

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from storage.errors import SchemaOutdated
from storage.foreign_errors import MIGRATE, UPGRADE


def upgrade(connection: Connection, place: str) -> None:
    """Runs the missing migrations inside the connection's transaction."""
    config = _config()
    _revisions(connection, config, place)
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def check(connection: Connection, place: str) -> None:
    """Raises `SchemaOutdated` where the database is behind the code, or ahead of it."""
    here, head = _revisions(connection, _config(), place)
    if here != head:
        raise SchemaOutdated(MIGRATE.format(place=place))


def _revisions(connection: Connection, config: Config, place: str) -> tuple[set[str], set[str]]:
    """The database's revisions and the code's. Raises `SchemaOutdated` where the code does not know the database's."""
    scripts = ScriptDirectory.from_config(config)
    here = set(MigrationContext.configure(connection).get_current_heads())
    if here - {script.revision for script in scripts.walk_revisions()}:
        raise SchemaOutdated(UPGRADE.format(place=place))
    return here, set(scripts.get_heads())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    return config
