"""Models: what a desk thinks with: the embedding, the language model, and what may not be quoted."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot.settings import Settings
from knowledge.desk_files import Desk
from knowledge.drafting.factual_error import FactualError
from knowledge.interfaces import LanguageModel
from knowledge.relevance import Relevance
from storage.database import Database
from storage.factual_errors import FactualErrors

if TYPE_CHECKING:
    from llama_index.core.base.embeddings.base import BaseEmbedding


def embedding_of(settings: Settings) -> "BaseEmbedding | None":
    """What turns texts into vectors; none where the settings want words alone."""
    from knowledge.index.embeddings import embedding_model

    return embedding_model(
        settings.embeddings,
        api_key=settings.openai_api_key.get_secret_value(),
        base_url=settings.openai_base_url,
        model=settings.openai_embedding_model,
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


def held_back(
    opened: Database, workspace: str, desk: Callable[[], Desk]
) -> Callable[[], Awaitable[Sequence[FactualError]]]:
    """What asks for the open entries of the ledger, where the desk quotes nothing that is reported as wrong."""

    async def reported() -> Sequence[FactualError]:
        if not desk().documents_rules.quarantine:
            return ()
        async with opened.reading() as tx:
            return [error for error in await FactualErrors(tx, workspace).open() if error.document]

    return reported
