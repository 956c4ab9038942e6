"""Rehearsals: what drafts as the desk does, or as it would, without saving anything."""

import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bot.app.desk import utc_now
from bot.app.models import embedding_of, held_back, language_model
from bot.errors import UsageError
from bot.interfaces import Progress
from bot.replay import Rehearse
from bot.settings import Settings
from knowledge.desk_files import Desk, load_desk
from knowledge.documents.document import DocumentVersion
from knowledge.drafter import Drafter
from knowledge.drafting.draft import Draft
from knowledge.drafting.factual_error import FactualError
from knowledge.drafting.ticket import Ticket
from knowledge.errors import DeskFileError
from knowledge.relevance import Relevance
from storage.database import Database

if TYPE_CHECKING:
    from llama_index.core.base.embeddings.base import BaseEmbedding

    from knowledge.index.document_index import DocumentIndex


@asynccontextmanager
async def rehearsals(
    settings: Settings,
    opened: Database,
    candidate: Settings,
    *,
    only: str = "",
    on: date | None = None,
    progress: Progress | None = None,
) -> AsyncIterator[tuple[Rehearse, Rehearse]]:
    """What drafts as the desk does now, and as it would with the candidate's files, documents and model.

    What waits for an owner among the candidate's documents counts as approved, or `only` one of them. What a file calls
    itself proposed does so too, but not in another folder. Everything new is in a folder that goes.

    Raises `UsageError` where the desk has taken no documents over yet.
    """
    from bot.replay import versions_if_approved
    from knowledge.documents.folder import read_folder
    from knowledge.index.document_index import DocumentIndex

    embedding = embedding_of(settings)
    today, other = load_desk(settings.desk), load_desk(candidate.desk)
    index = DocumentIndex(settings.state / "index.db", embedding)
    if not await index.fits():
        raise UsageError("The desk has taken no documents over yet; run `proofdesk docs sync` first.")
    reading = read_folder(other.documents)
    if reading.problems:
        raise DeskFileError(*reading.problems)
    versions = await versions_if_approved(
        reading.versions,
        database=opened,
        workspace=settings.workspace,
        rules=other.documents_rules,
        now=utc_now(),
        proposed=candidate.desk == settings.desk,
        only=only,
    )
    async with AsyncExitStack() as stack:
        would_be = await stack.enter_async_context(_copy_of_index(settings, embedding, versions, progress))
        yield (
            await stack.enter_async_context(
                _rehearsing(settings, today, index, embedding, on, held_back(opened, settings.workspace, lambda: today))
            ),
            await stack.enter_async_context(
                _rehearsing(
                    candidate, other, would_be, embedding, on, held_back(opened, settings.workspace, lambda: other)
                )
            ),
        )


@asynccontextmanager
async def rehearsal_with(settings: Settings, versions: Sequence[DocumentVersion]) -> AsyncIterator[Rehearse]:
    """What drafts as the desk does, from these documents alone; their index is in a folder that goes."""
    from knowledge.index.seen_by import nothing_reported

    embedding = embedding_of(settings)
    async with (
        _copy_of_index(settings, embedding, versions) as index,
        _rehearsing(settings, load_desk(settings.desk), index, embedding, None, nothing_reported) as rehearse,
    ):
        yield rehearse


@asynccontextmanager
async def _copy_of_index(
    settings: Settings,
    embedding: "BaseEmbedding | None",
    versions: Sequence[DocumentVersion],
    progress: Progress | None = None,
) -> AsyncIterator["DocumentIndex"]:
    """The desk's index in a folder that goes, holding these versions; what it knows already is not embedded again."""
    from knowledge.index.document_index import DocumentIndex
    from knowledge.index.index_file import copy_index

    with tempfile.TemporaryDirectory(prefix="proofdesk-") as name:
        copied = Path(name) / "index.db"
        copy_index(settings.state / "index.db", copied)
        index = DocumentIndex(copied, embedding)
        await index.sync(versions, progress)
        yield index


@asynccontextmanager
async def _rehearsing(
    settings: Settings,
    files: Desk,
    index: "DocumentIndex",
    embedding: "BaseEmbedding | None",
    on: date | None,
    reported: Callable[[], Awaitable[Sequence[FactualError]]],
) -> AsyncIterator[Rehearse]:
    from knowledge.index.seen_by import SeenBy
    from knowledge.index.similarity import EmbeddingSimilarity

    relevance = Relevance(EmbeddingSimilarity(embedding), files.playbook.company)
    async with language_model(settings, relevance) as model:

        async def rehearse(ticket: Ticket, channel: str | None) -> Draft:
            audience = None if channel is None else files.team.audiences_of(channel)
            drafter = Drafter(SeenBy(index, audience, reported), model, relevance, files.playbook)
            return await drafter.draft(ticket, on=on or utc_now().date())

        yield rehearse
