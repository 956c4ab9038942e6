from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import JSON, Connection, ForeignKeyConstraint, Table, UniqueConstraint, create_engine, make_url

import storage
from storage.tables import metadata

TABLES = [pytest.param(table, id=table.name) for table in metadata.sorted_tables]


@pytest.mark.parametrize("table", TABLES)
def test_every_primary_key_begins_with_the_workspace(table: Table) -> None:
    assert next(iter(table.primary_key)).name == "workspace"


@pytest.mark.parametrize("table", TABLES)
def test_every_other_key_and_reference_begins_with_the_workspace_too(table: Table) -> None:
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint | ForeignKeyConstraint):
            assert next(iter(constraint.columns)).name == "workspace"
    for reference in table.foreign_key_constraints:
        assert reference.elements[0].column.name == "workspace"


@pytest.mark.parametrize("table", TABLES)
def test_every_index_begins_with_the_workspace_too(table: Table) -> None:
    assert all(next(iter(index.columns)).name == "workspace" for index in table.indexes)


def test_the_migrations_make_exactly_the_tables_of_the_code(url: str, backend: str) -> None:
    drivers = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg"}
    engine = create_engine(make_url(url).set(drivername=drivers[backend]))
    try:
        with engine.connect() as connection:
            assert differences(connection) == []
    finally:
        engine.dispose()


def differences(connection: Connection) -> list[object]:
    opts = {"compare_type": True, "compare_server_default": defaults_differ}
    return list(compare_metadata(MigrationContext.configure(connection, opts=opts), metadata))


def defaults_differ(*compared: Any) -> bool | None:
    """Whether a column's default is another than in the code; none leaves the answer to Alembic."""
    _context, there, _here, in_database, _default, in_code = compared
    # PostgreSQL, which Alembic would ask, does not compare JSON.
    return (in_database or "").removesuffix("::json") != in_code if isinstance(there.type, JSON) else None


def test_no_row_is_named_outside_this_room() -> None:
    root = Path(storage.__file__).parents[1]
    outside = [*(root / "bot").rglob("*.py"), *(root / "knowledge").rglob("*.py")]
    assert not [file for file in outside if "storage.tables" in file.read_text(encoding="utf-8")]
