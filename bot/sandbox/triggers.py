"""Triggers: what lets the app open a modal for a person, once and soon."""

import secrets
import time

from bot.sandbox.arguments import Refused

SECONDS = 3.0


class Triggers:
    """The triggers that were handed out."""

    def __init__(self) -> None:
        self.seconds = SECONDS
        self._issued: dict[str, tuple[str, float]] = {}
        self._used: set[str] = set()

    def issue(self, user: str) -> str:
        """A trigger for something a person has just done."""
        trigger = f"{len(self._issued) + 1}.{secrets.randbelow(10**9)}.{secrets.token_hex(16)}"
        self._issued[trigger] = user, time.monotonic() + self.seconds
        return trigger

    def use(self, trigger: str) -> str:
        """The person a trigger is from, for the first who asks in time."""
        if trigger not in self._issued:
            raise Refused("invalid_trigger_id")
        if trigger in self._used:
            raise Refused("exchanged_trigger_id")
        user, until = self._issued[trigger]
        if time.monotonic() > until:
            raise Refused("expired_trigger_id")
        self._used.add(trigger)
        return user
