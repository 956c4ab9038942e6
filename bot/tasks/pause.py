"""Pause: what failed is not tried again in each round; nothing is lost by waiting, and Slack is not asked in vain."""

from collections.abc import Callable
from datetime import datetime, timedelta

_PAUSE = timedelta(minutes=15)


class Pause:
    """Between tries of one thing. Begin it before a try, and end it after one that went well."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._until: datetime | None = None

    @property
    def lasts(self) -> bool:
        """Whether it is too early for another try."""
        return self._until is not None and self._now() < self._until

    def begin(self) -> None:
        """From here on a failure means waiting."""
        self._until = self._now() + _PAUSE

    def end(self) -> None:
        """It went well."""
        self._until = None
