"""What the desk's work is done with, handed around as one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.board import Board
from bot.desk import SupportDesk
from bot.error_cases import ErrorCases
from bot.gaps import Gaps
from bot.interfaces import Messenger, People
from bot.records import Records
from bot.reports.report import Reporter
from bot.ticket_reader import TicketReader
from knowledge.team import Team
from storage.database import Database


@dataclass(frozen=True)
class Parts:
    """The parts of one workspace's desk."""

    database: Database
    workspace: str
    desk: SupportDesk
    reader: TicketReader
    gaps: Gaps
    cases: ErrorCases
    reporter: Reporter
    records: Records
    board: Board
    messenger: Messenger
    people: People
    team: Callable[[], Team]
    """The team as desk.yaml says now."""
    now: Callable[[], datetime]
