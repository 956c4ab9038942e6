"""The composition root: the only place that constructs. Imports that take seconds happen when they are needed."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from bot.desk import SupportDesk
from bot.settings import Settings
from knowledge.desk_files import load_desk
from knowledge.drafter import Drafter
from knowledge.interfaces import LanguageModel
from knowledge.relevance import Relevance
from storage.database import Database
from storage.documents import Documents


def utc_now() -> datetime:
    """The present moment."""
    return datetime.now(UTC)


@asynccontextmanager
async def database(settings: Settings) -> AsyncIterator[Database]:
    """The desk's database, ready to use. SQLite is brought up to date by itself; a server is not."""
    opened = Database(settings.database)
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
    files = load_desk(settings.desk)
    from knowledge.index.document_index import DocumentIndex
    from knowledge.index.embeddings import embedding_model
    from knowledge.index.similarity import EmbeddingSimilarity

    async with database(settings) as opened:
        embedding = embedding_model(
            settings.embeddings,
            api_key=settings.openai_api_key.get_secret_value(),
            base_url=settings.openai_base_url,
            model=settings.openai_embedding_model,
        )
        relevance = Relevance(EmbeddingSimilarity(embedding), files.playbook.company)
        index = DocumentIndex(settings.state / "index.db", embedding)
        async with language_model(settings, relevance) as model:
            yield SupportDesk(
                documents=files.documents,
                index=index,
                drafter=Drafter(index, model, relevance, files.playbook),
                database=opened,
                workspace=settings.workspace,
                now=now,
            )


@asynccontextmanager
async def language_model(settings: Settings, relevance: Relevance) -> AsyncIterator[LanguageModel]:
    """The model that writes drafts."""
    if settings.model == "openai":
        from knowledge.models.openai_model import openai_model

        model = openai_model(
            api_key=settings.openai_api_key.get_secret_value(),
            base_url=settings.openai_base_url or None,
            model=settings.openai_model,
            timeout=settings.model_timeout,
        )
        try:
            yield model
        finally:
            await model.close()
    else:
        from knowledge.models.extractive import ExtractiveModel

        yield ExtractiveModel(relevance)


@asynccontextmanager
async def library(settings: Settings) -> AsyncIterator[Documents]:
    """What the database knows of the desk's documents. Raises `DeskFileError` where there is no desk."""
    load_desk(settings.desk)
    async with database(settings) as opened, opened.transaction() as tx:
        yield Documents(tx, settings.workspace)
