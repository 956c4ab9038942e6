"""Pause: what failed is not tried again in each round; nothing is lost by waiting, and Slack is not asked in vain."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

_PAUSE = timedelta(minutes=15)


class Pause:
    """Between tries of one thing, after one that failed."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._until: datetime | None = None

    @property
    def lasts(self) -> bool:
        """Whether it is too early for another try."""
        return self._until is not None and self._now() < self._until

    @contextmanager
    def after_failure(self) -> Iterator[None]:
        """Try something; what it raises begins the pause."""
        try:
            yield
        except Exception:
            self._until = self._now() + _PAUSE
            raise
