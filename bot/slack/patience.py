"""Patience: how long to go on trying."""

import time
from typing import NamedTuple

from bot.slack.refusals import Limited, Troubled, Unreachable

FIRST_PAUSE = 0.25
LONGEST_PAUSE = 5.0


class Patience(NamedTuple):
    """How many seconds to go on for."""

    grace: float = 20.0
    """Until a message that was taken is visible; longer than a request lasts."""
    unreachable: float = 60.0
    """Until Slack can be reached."""
    limited: float = 300.0
    """Until Slack lets us through."""
    editing: float = 120.0
    """Until an edit is taken."""


class Attempt:
    """How long one call has tried already."""

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self._since = time.monotonic()
        self._pause = FIRST_PAUSE
        self._troubled = 0

    def wait_for(self, limited: Limited) -> None:
        """Raises where waiting would take too long."""
        if self._lasted + limited.seconds > self._patience.limited:
            raise limited

    def pause(self, unreachable: Unreachable) -> float:
        """How long to wait before the next attempt. Raises where that would take too long."""
        pause, self._pause = self._pause, min(self._pause * 2, LONGEST_PAUSE)
        if self._lasted + pause > self._patience.unreachable:
            raise unreachable
        return pause

    def after(self, troubled: Troubled) -> None:
        """Raises at the second time."""
        self._troubled += 1
        if self._troubled > 1:
            raise troubled

    @property
    def _lasted(self) -> float:
        return time.monotonic() - self._since
