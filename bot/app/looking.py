"""What looks at a desk without drafting: its documents, gaps, reports and records."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.app.desk import database, utc_now
from bot.board import title_of
from bot.catalogue import Catalogue
from bot.gaps import Gaps
from bot.records import Records
from bot.reports.report import Reporter
from bot.settings import Settings
from knowledge.desk_files import load_desk


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
