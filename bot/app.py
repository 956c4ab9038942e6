"""The composition root: the only place that constructs. Imports that take seconds happen when they are needed."""

import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.board import Board, title_of
from bot.catalogue import Catalogue
from bot.desk import SupportDesk
from bot.desk_folder import DeskFolder
from bot.errands import Errands
from bot.error_cases import ErrorCases
from bot.errors import UsageError
from bot.follow_up import FollowUp
from bot.gaps import Gaps
from bot.helpdesks.helpdesks import Helpdesks
from bot.library import Library
from bot.parts import Parts
from bot.reception import Reception
from bot.records import Records
from bot.replay import Rehearse
from bot.reports.report import Reporter
from bot.rounds import Rounds
from bot.settings import Settings
from bot.status import Status
from bot.tasks.worker import Worker
from bot.ticket_reader import TicketReader
from bot.tokens import Tokens
from knowledge.desk_files import Desk, load_desk
from knowledge.documents.document import DocumentVersion
from knowledge.drafter import Drafter
from knowledge.drafting.draft import Draft
from knowledge.drafting.factual_error import FactualError
from knowledge.drafting.ticket import Ticket
from knowledge.errors import DeskFileError
from knowledge.interfaces import LanguageModel
from knowledge.relevance import Relevance
from knowledge.team import Team
from storage.database import Database
from storage.factual_errors import FactualErrors

if TYPE_CHECKING:
    from llama_index.core.base.embeddings.base import BaseEmbedding
    from slack_bolt.async_app import AsyncApp
    from slack_sdk.web.async_client import AsyncWebClient

    from bot.listeners.services import Services
    from bot.slack.throttle import Throttle
    from bot.sources.collector import Collector
    from knowledge.index.document_index import DocumentIndex


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

    reported = _held_back(opened, settings.workspace, folder.read)
    files = folder.read()
    embedding = _embedding(settings)
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


@asynccontextmanager
async def rehearsals(
    settings: Settings, opened: Database, candidate: Settings, *, only: str = "", on: date | None = None
) -> AsyncIterator[tuple[Rehearse, Rehearse]]:
    """What drafts as the desk does now, and as it would with the candidate's files, documents and model.

    What waits for an owner among the candidate's documents counts as approved, or `only` one of them. What a file calls
    itself proposed does so too, but not in another folder. Everything new is in a folder that goes.

    Raises `UsageError` where the desk has taken no documents over yet.
    """
    from bot.replay import versions_if_approved
    from knowledge.documents.folder import read_folder
    from knowledge.index.document_index import DocumentIndex
    from knowledge.index.index_file import copy_index

    embedding = _embedding(settings)
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
    with tempfile.TemporaryDirectory(prefix="proofdesk-") as name:
        copied = Path(name) / "index.db"
        copy_index(settings.state / "index.db", copied)
        would_be = DocumentIndex(copied, embedding)
        await would_be.sync(versions)
        async with AsyncExitStack() as stack:
            yield (
                await stack.enter_async_context(
                    _rehearsing(
                        settings, today, index, embedding, on, _held_back(opened, settings.workspace, lambda: today)
                    )
                ),
                await stack.enter_async_context(
                    _rehearsing(
                        candidate, other, would_be, embedding, on, _held_back(opened, settings.workspace, lambda: other)
                    )
                ),
            )


@asynccontextmanager
async def rehearsal_with(settings: Settings, versions: Sequence[DocumentVersion]) -> AsyncIterator[Rehearse]:
    """What drafts as the desk does, from these documents alone; their index is in a folder that goes."""
    from knowledge.index.document_index import DocumentIndex
    from knowledge.index.index_file import copy_index
    from knowledge.index.seen_by import nothing_reported

    embedding = _embedding(settings)
    with tempfile.TemporaryDirectory(prefix="proofdesk-") as name:
        copied = Path(name) / "index.db"
        copy_index(settings.state / "index.db", copied)
        index = DocumentIndex(copied, embedding)
        await index.sync(versions)
        async with _rehearsing(
            settings, load_desk(settings.desk), index, embedding, None, nothing_reported
        ) as rehearse:
            yield rehearse


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


def _held_back(
    opened: Database, workspace: str, desk: Callable[[], Desk]
) -> Callable[[], Awaitable[Sequence[FactualError]]]:
    """What asks for the open entries of the ledger, where the desk quotes nothing that is reported as wrong."""

    async def reported() -> Sequence[FactualError]:
        if not desk().documents_rules.quarantine:
            return ()
        async with opened.reading() as tx:
            return [error for error in await FactualErrors(tx, workspace).open() if error.document]

    return reported


def _embedding(settings: Settings) -> "BaseEmbedding | None":
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


@asynccontextmanager
async def slack_bot(
    settings: Settings,
    *,
    now: Callable[[], datetime] = utc_now,
    grace: float = 20.0,
    checkpoint: Callable[[str], None] = lambda _: None,
) -> AsyncIterator["SlackBot"]:
    """The Slack app with everything behind it, its jobs running; no door is open yet.

    `grace` is how many seconds an unanswered post is looked for; `checkpoint` is told each point where a crash hurts.
    Raises `Undelivered` where Slack does not take the token.
    """
    from slack_bolt.async_app import AsyncApp

    from bot import listeners
    from bot.jobs import Jobs
    from bot.process_name import process_name
    from bot.slack.client import call, open_client
    from bot.slack.messenger import SlackMessenger
    from bot.slack.patience import Patience
    from bot.slack.people import SlackPeople
    from bot.slack.throttle import Throttle

    folder = DeskFolder(settings.desk)
    token = settings.slack_bot_token.get_secret_value()
    workspace = settings.workspace

    def team() -> Team:
        return folder.read().team

    async with AsyncExitStack() as stack:
        client = await stack.enter_async_context(open_client(token, settings.slack_api_url))
        identity = await call(client, "auth.test")
        team_id, bot_user = str(identity["team_id"]), str(identity["user_id"])
        opened = await stack.enter_async_context(database(settings, durable=True))
        reader = ticket_reader(settings, folder, opened, now=now)
        desk = await stack.enter_async_context(desk_on(settings, folder, opened, reader, now=now))
        throttle = Throttle()
        board = Board(opened, workspace, desk, team, now)
        parts = Parts(
            database=opened,
            workspace=workspace,
            desk=desk,
            reader=reader,
            records=Records(opened, workspace),
            board=board,
            gaps=Gaps(opened, workspace, board.title, now),
            cases=ErrorCases(lambda: folder.read().cases),
            reporter=Reporter(opened, workspace, desk.library.catalogue, lambda: team().report, now),
            messenger=SlackMessenger(
                client=client,
                database=opened,
                workspace=workspace,
                throttle=throttle,
                now=now,
                patience=Patience(grace=grace),
                checkpoint=checkpoint,
            ),
            people=SlackPeople(client, team_id, team, throttle),
            team=team,
            now=now,
        )
        worker = Worker(parts)
        process = stack.enter_context(process_name(settings.state))
        errands = await stack.enter_async_context(Errands())
        jobs = await stack.enter_async_context(Jobs(settings.database, process=process, work=worker.do))
        reception = Reception(
            database=opened,
            workspace=workspace,
            start=jobs.start_soon,
            intake=lambda: team().channels.intake,
            asks_for=desk.asks_for,
            find=reader.find,
            now=now,
        )
        sources = collector(settings, folder.read, now=now)
        rounds = Rounds(
            database=opened,
            workspace=workspace,
            process=process,
            desk=desk,
            jobs=jobs,
            reception=reception,
            chores=worker,
            sources=sources,
            follow_up=FollowUp(helpdesks(settings, folder), opened, workspace, lambda: folder.read().playbook, now),
            now=now,
        )
        app = AsyncApp(
            client=client,
            signing_secret=settings.slack_signing_secret.get_secret_value(),
            process_before_response=True,
            request_verification_enabled=True,
        )
        services = listeners.Services(
            reception=reception,
            parts=parts,
            status=Status(parts, lambda: (*folder.problems, *rounds.problems, *sources.problems)),
            errands=errands,
            client=client,
            bot_user=bot_user,
            response_host=urlsplit(settings.slack_api_url).hostname or "",
        )
        listeners.register(app, services, team_id)
        name = f"{identity.get('user', 'proofdesk')} in {identity.get('team', 'this workspace')}"
        yield SlackBot(
            app=app,
            worker=worker,
            rounds=rounds,
            sources=sources,
            services=services,
            client=client,
            throttle=throttle,
            name=name,
        )


@dataclass(frozen=True)
class SlackBot:
    """The Slack app, ready for a door."""

    app: "AsyncApp"
    worker: Worker
    rounds: Rounds
    sources: "Collector"
    services: "Services"
    client: "AsyncWebClient"
    throttle: "Throttle"
    name: str
    """Who it is in which workspace."""


@asynccontextmanager
async def catalogue(settings: Settings) -> AsyncIterator[Catalogue]:
    """What the database knows of the desk's documents. Raises `DeskFileError` where there is no desk."""
    desk = load_desk(settings.desk)
    async with database(settings) as opened:
        yield Catalogue(lambda: desk.documents_rules, opened, settings.workspace, utc_now)


@asynccontextmanager
async def reporter(settings: Settings) -> AsyncIterator[Reporter]:
    """The reports of this desk. Raises `DeskFileError` where there is no desk."""
    desk = load_desk(settings.desk)
    async with database(settings) as opened:
        known = Catalogue(lambda: desk.documents_rules, opened, settings.workspace, utc_now)
        yield Reporter(opened, settings.workspace, known, lambda: desk.team.report, utc_now)


@asynccontextmanager
async def gaps(settings: Settings) -> AsyncIterator[Gaps]:
    """The questions that this desk could not answer. Raises `DeskFileError` where there is no desk."""
    known = load_desk(settings.desk).team.helpdesks
    async with database(settings) as opened:
        yield Gaps(opened, settings.workspace, lambda ticket: title_of(ticket, known), utc_now)


@asynccontextmanager
async def records(settings: Settings) -> AsyncIterator[Records]:
    """What the database remembers of this desk's work. Raises `DeskFileError` where there is no desk."""
    load_desk(settings.desk)
    async with database(settings) as opened:
        yield Records(opened, settings.workspace)
