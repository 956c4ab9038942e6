"""Reporting: each Monday the week before, told once in the team's channel."""

import asyncio
from datetime import datetime, timedelta

from bot.content import Reported, Section
from bot.intents import Place
from bot.numbers import counted
from bot.parts import Parts
from bot.reports.report import monday
from bot.reports.sections import sections
from bot.reports.week_charts import week_pictures
from bot.tasks.pause import Pause

_WEEK = timedelta(weeks=1)
_MOST = 3
"""Questions that are told."""


class Reporting:
    """Tells the week's report."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._pause = Pause(parts.now)
        self._told = ""

    async def tell_week(self) -> None:
        """Post the report of the week that is over, if it is not there; nothing where nobody drafted anything."""
        channel = self._parts.team().channels.report
        until = monday(self._parts.now())
        since = until - _WEEK
        post = f"report:{since:%G-%V}"
        if not channel or self._told == post or self._pause.lasts:
            return
        with self._pause.after_failure():
            if not await self._parts.records.is_posted(post):
                report = await self._parts.reporter.since(since, until)
                if report.figures.drafts or report.before.drafts:
                    last = until - timedelta(days=1)
                    heading = f"The week from {since.day} {since:%B} to {last.day} {last:%B %Y}"
                    # Drawing takes a second or two, and others wait for this process meanwhile.
                    pictures = await asyncio.to_thread(week_pictures, report)
                    told = (*sections(report), *await self._asked(channel, since))
                    content = Reported(heading=heading, sections=told, pictures=pictures)
                    await self._parts.messenger.announce(post, Place(channel=channel), content)
        self._told = post

    async def _asked(self, channel: str, since: datetime) -> tuple[Section, ...]:
        """What customers asked in vain most, of what everybody in the channel may read."""
        days = (self._parts.now() - since).days + 1
        seen = await self._parts.gaps.shown_in(channel, days, self._parts.people.channel)
        lines = tuple(f"{counted(len(gap.tickets), 'ticket')}: “{gap.question}”" for gap in seen.gaps[:_MOST])
        return (Section(heading=f"Asked in vain since {since.day} {since:%B}", lines=lines),) if lines else ()
