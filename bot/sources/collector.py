"""Collector: the sources of desk.yaml are read into the documents folder, once a day and whenever somebody asks."""

import asyncio
import logging
import os
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from bot.errors import SourceError
from bot.sources.fetching import Fetched, Progress, fetch
from bot.sources.unnamed import MARK, unnamed
from bot.tokens import Tokens, token_variable
from knowledge.desk_files import Desk
from knowledge.sources import SourceSettings

_log = logging.getLogger(__name__)
_DAY = timedelta(days=1)
_AGAIN = timedelta(hours=1)


class Collector:
    """Reads the sources of one desk."""

    def __init__(self, desk: Callable[[], Desk], tokens: Tokens, now: Callable[[], datetime]) -> None:
        self._desk = desk
        self._tokens = tokens
        self._now = now
        self._not_before: dict[str, datetime] = {}
        self._problems: dict[str, str] = {}
        self._one_at_a_time = asyncio.Lock()

    @property
    def problems(self) -> Sequence[str]:
        """What could not be read when it was tried last, in sentences."""
        desk = self._desk()
        return (*self._problems.values(), *unnamed(desk.documents, desk.sources))

    async def fetch(
        self, source: SourceSettings, progress: Progress | None = None, *, accept_missing: bool = False
    ) -> Fetched:
        """Read one source. Raises `SourceError` where it cannot be read."""
        try:
            token = self._tokens.read(source.name)
        except OSError as error:
            sentence = f"the file that {token_variable(source.name)} names cannot be read ({error.strerror})."
            raise SourceError(sentence) from error
        documents, today = self._desk().documents, self._now().date()
        fetched = await fetch(source, token, documents, today, progress, accept_missing=accept_missing)
        when = self._now().timestamp()
        mark = self._mark(source)
        mark.touch()
        os.utime(mark, (when, when))
        return fetched

    async def collect(self) -> None:
        """Read each source that was not read within the day. One that fails is tried again in an hour."""
        async with self._one_at_a_time:
            sources = self._desk().sources
            self._problems = {each.name: told for each in sources if (told := self._problems.get(each.name))}
            for source in filter(self._is_due, sources):
                await self._collect(source)

    async def _collect(self, source: SourceSettings) -> None:
        self._not_before[source.name] = self._now() + _AGAIN
        try:
            fetched = await self.fetch(source)
        except SourceError as error:
            self._problems[source.name] = f"{source.name}: {error} What was read before goes on answering."
            _log.warning("source not read", extra={"source": source.name})
        else:
            self._tell(source, fetched)

    def _tell(self, source: SourceSettings, fetched: Fetched) -> None:
        self._problems.pop(source.name, None)
        if fetched.refused:
            first = fetched.refused[0]
            self._problems[source.name] = (
                f"{source.name}: {len(fetched.refused)} refusals, such as {first.what}: {first.reason}"
            )
        counts = {"new": len(fetched.shelved.new), "changed": len(fetched.shelved.changed), "gone": len(fetched.gone)}
        _log.info("source read", extra={"source": source.name, **counts, "refused": len(fetched.refused)})

    def _is_due(self, source: SourceSettings) -> bool:
        now = self._now()
        if now < self._not_before.get(source.name, now):
            return False
        try:
            read = self._mark(source).stat().st_mtime
        except OSError:
            return True
        return now.timestamp() - read >= _DAY.total_seconds()

    def _mark(self, source: SourceSettings) -> Path:
        """A hidden file whose time is when the source was read: the documents beside it are shared, so is it."""
        return self._desk().documents / source.name / MARK
