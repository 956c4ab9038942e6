"""The local workspace, a migrated database file, and the messenger between them."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.intents import Place
from bot.sandbox.sandbox import Sandbox
from bot.slack.client import open_client
from bot.slack.messenger import SlackMessenger
from bot.slack.patience import Patience
from bot.slack.throttle import Throttle
from storage.database import Database

WORKSPACE = "T0HARBOR"
INTAKE = "C0INTAKE"
SHORT = Patience(grace=0.6, unreachable=0.6, limited=3.0, editing=3.0)

NewMessenger = Callable[..., SlackMessenger]


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("slack") / "template.sqlite"

    async def migrate() -> None:
        database = Database(f"sqlite:///{file}")
        await database.migrate()
        await database.close()

    asyncio.run(migrate())
    return file


@pytest.fixture
def url(migrated: Path, tmp_path: Path) -> str:
    return f"sqlite:///{shutil.copy(migrated, tmp_path / 'proofdesk.sqlite')}"


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    opened = Database(url)
    yield opened
    await opened.close()


@pytest.fixture
async def other(url: str) -> AsyncIterator[Database]:
    """The same database, as a second process has it."""
    opened = Database(url)
    yield opened
    await opened.close()


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox() as running:
        yield running


@pytest.fixture
async def client(sandbox: Sandbox) -> AsyncIterator[AsyncWebClient]:
    async with open_client(sandbox.bot_token, sandbox.api_url) as opened:
        yield opened


@pytest.fixture
def new_messenger(client: AsyncWebClient, database: Database) -> NewMessenger:
    def make(
        through: Database = database,
        patience: Patience = SHORT,
        checkpoint: Callable[[str], None] = lambda _: None,
        throttle: Throttle | None = None,
    ) -> SlackMessenger:
        return SlackMessenger(
            client=client,
            database=through,
            workspace=WORKSPACE,
            throttle=throttle or Throttle(),
            patience=patience,
            checkpoint=checkpoint,
        )

    return make


@pytest.fixture
def messenger(new_messenger: NewMessenger) -> SlackMessenger:
    return new_messenger()


@pytest.fixture
async def thread(sandbox: Sandbox) -> Place:
    """A customer's message in the intake channel, to be answered in its thread."""
    ts = await sandbox.person("U0ANA").say(INTAKE, "Can I have my money back?")
    return Place(channel=INTAKE, thread=ts)
