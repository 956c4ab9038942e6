"""The desk on its database, with its helpdesks and sources."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.app.models import embedding_of, held_back, language_model
from bot.desk import SupportDesk
from bot.desk_folder import DeskFolder
from bot.helpdesks.helpdesks import Helpdesks
from bot.library import Library
from bot.settings import Settings
from bot.ticket_reader import TicketReader
from bot.tokens import Tokens
from knowledge.desk_files import Desk, load_desk
from knowledge.drafter import Drafter
from knowledge.relevance import Relevance
from storage.database import Database

if TYPE_CHECKING:
    from bot.sources.collector import Collector


def utc_now() -> datetime:
    """The present moment."""
    return datetime.now(UTC)


@asynccontextmanager
async def database(settings: Settings, *, durable: bool = False) -> AsyncIterator[Database]:
    """The desk's database, ready to use. SQLite is brought up to date by itself; a server is not."""
    opened = Database(settings.database, durable=durable)
    try:
        if settings.database.startswith("sqlite"):
            await opened.migrate()
        else:
            await opened.check()
        yield opened
    finally:
        await opened.close()


@asynccontextmanager
async def support_desk(settings: Settings, *, now: Callable[[], datetime] = utc_now) -> AsyncIterator[SupportDesk]:
    """A desk ready to work. Raises `KnowledgeError` or `StorageError` where a part of it is unusable."""
    folder = DeskFolder(settings.desk)
    async with database(settings) as opened:
        reader = ticket_reader(settings, folder, opened, now=now)
        async with desk_on(settings, folder, opened, reader, now=now) as desk:
            yield desk


def helpdesks(settings: Settings, folder: DeskFolder) -> Helpdesks:
    """Where the desk's tickets live, as desk.yaml says now."""
    return Helpdesks(lambda: folder.read().team.helpdesks, settings.helpdesk_tokens, settings.helpdesk_apis)


def ticket_reader(
    settings: Settings, folder: DeskFolder, opened: Database, *, now: Callable[[], datetime] = utc_now
) -> TicketReader:
    """What reads tickets and remembers them in a database that is open."""
    return TicketReader(helpdesks(settings, folder), opened, settings.workspace, now)


def collector(
    settings: Settings, desk: Callable[[], Desk] | None = None, *, now: Callable[[], datetime] = utc_now
) -> "Collector":
    """What reads the desk's sources."""
    from bot.sources.collector import Collector

    return Collector(desk or (lambda: load_desk(settings.desk)), Tokens(settings.helpdesk_tokens), now)


@asynccontextmanager
async def desk_on(
    settings: Settings,
    folder: DeskFolder,
    opened: Database,
    reader: TicketReader,
    *,
    now: Callable[[], datetime] = utc_now,
) -> AsyncIterator[SupportDesk]:
    """A desk on a database that is open."""
    from knowledge.index.document_index import DocumentIndex
    from knowledge.index.seen_by import SeenBy
    from knowledge.index.similarity import EmbeddingSimilarity

    def audience(channel: str) -> frozenset[str]:
        return folder.read().team.audiences_of(channel)

    reported = held_back(opened, settings.workspace, folder.read)
    files = folder.read()
    embedding = embedding_of(settings)
    relevance = Relevance(EmbeddingSimilarity(embedding), files.playbook.company)
    index = DocumentIndex(settings.state / "index.db", embedding)
    async with language_model(settings, relevance) as model:
        library = Library(
            folder=files.documents,
            index=index,
            rules=lambda: folder.read().documents_rules,
            database=opened,
            workspace=settings.workspace,
            now=now,
        )
        yield SupportDesk(
            library=library,
            playbook=lambda: folder.read().playbook,
            drafter=lambda playbook, audience: Drafter(SeenBy(index, audience, reported), model, relevance, playbook),
            audience=audience,
            reader=reader,
            database=opened,
            workspace=settings.workspace,
            now=now,
        )
