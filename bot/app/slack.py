"""The Slack app with everything behind it."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.app.desk import collector, database, desk_on, helpdesks, ticket_reader, utc_now
from bot.board import Board
from bot.desk_folder import DeskFolder
from bot.errands import Errands
from bot.error_cases import ErrorCases
from bot.follow_up import FollowUp
from bot.gaps import Gaps
from bot.parts import Parts
from bot.reception import Reception
from bot.records import Records
from bot.reports.report import Reporter
from bot.rounds import Rounds
from bot.settings import Settings
from bot.status import Status
from bot.tasks.worker import Worker
from knowledge.team import Team

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp
    from slack_sdk.web.async_client import AsyncWebClient

    from bot.listeners.services import Services
    from bot.slack.throttle import Throttle
    from bot.sources.collector import Collector


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
