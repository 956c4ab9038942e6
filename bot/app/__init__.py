"""The composition root: the only place that constructs. Imports that take seconds happen when they are needed."""

from bot.app.desk import collector, database, helpdesks, support_desk, utc_now
from bot.app.looking import catalogue, gaps, records, reporter
from bot.app.rehearsals import rehearsal_with, rehearsals
from bot.app.slack import SlackBot, slack_bot

__all__ = [
    "SlackBot",
    "catalogue",
    "collector",
    "database",
    "gaps",
    "helpdesks",
    "records",
    "rehearsal_with",
    "rehearsals",
    "reporter",
    "slack_bot",
    "support_desk",
    "utc_now",
]
