"""Limits: Slack's rate limits, for those who want to feel them."""

import math
import time
from collections import deque
from collections.abc import Callable

from bot.sandbox.world import Json

PER_MINUTE = {
    "chat.update": 50,
    "chat.delete": 50,
    "chat.postEphemeral": 100,
    "conversations.history": 50,
    "conversations.replies": 50,
    "conversations.info": 50,
    "conversations.list": 20,
    "conversations.members": 100,
    "conversations.open": 50,
    "conversations.join": 50,
    "reactions.add": 50,
    "reactions.remove": 20,
    "reactions.get": 50,
    "users.info": 100,
    "users.list": 20,
    "users.conversations": 50,
    "usergroups.list": 20,
    "usergroups.users.list": 20,
    "views.open": 100,
    "views.update": 100,
    "views.push": 100,
    "views.publish": 100,
    "team.info": 50,
    "bots.info": 50,
    "apps.connections.open": 10,
}
_BURST = 5
"""Posts to one channel that Slack lets through at once before it asks for one a second."""


class RealLimits:
    """Slack's tiers, by method; posts by channel."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._calls: dict[str, deque[float]] = {}

    def wait(self, method: str, arguments: Json) -> int:
        """Seconds to wait before this call would be let through; 0 counts it and lets it through."""
        if method == "chat.postMessage":
            return self._admit(f"post {arguments.get('channel', '')}", _BURST, float(_BURST))
        if method in PER_MINUTE:
            return self._admit(method, PER_MINUTE[method], 60.0)
        return 0

    def _admit(self, key: str, most: int, seconds: float) -> int:
        now = self._clock()
        calls = self._calls.setdefault(key, deque())
        while calls and calls[0] <= now - seconds:
            calls.popleft()
        if len(calls) >= most:
            return max(1, math.ceil(calls[0] + seconds - now))
        calls.append(now)
        return 0
