"""Delivery: what is sent to the app, how often, and how the app answered."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from bot.sandbox.pulse import Pulse
from bot.sandbox.tasks import Tasks
from bot.sandbox.world import Json

RETRY_DELAYS = (0.05, 0.2, 0.5)
"""Seconds before each retry. Slack waits nearly none, then a minute, then five."""
ACK_SECONDS = 3.0

_NO_RETRY = "gone"


@dataclass
class Delivery:
    """One attempt at one delivery."""

    event_id: str
    """Empty for interactions and commands."""
    kind: str
    """events_api, interactive or slash_commands."""
    what: str
    """The event's type, the payload's type or the command."""
    attempt: int
    """0 the first time, then the number of the retry."""
    status: str = "waiting"
    """waiting, ok, http_timeout, http_error, connection_failed, or gone: the app wants no retry."""
    envelope_id: str = ""
    answered_after_ms: float | None = None


@dataclass(frozen=True)
class Answer:
    """What the app answered to one attempt."""

    status: str
    body: Json | None = None

    @property
    def ok(self) -> bool:
        """Whether the app acknowledged in time."""
        return self.status == "ok"


class Carrier(Protocol):
    """A way to the app: Socket Mode or signed HTTP."""

    async def carry(self, delivery: Delivery, payload: Json, retry_reason: str) -> Answer:
        """Deliver once."""
        ...


class Dispatcher:
    """Delivers to the app as Slack does: events again until acknowledged, everything else once."""

    def __init__(self, carrier: Callable[[], Carrier], pulse: Pulse) -> None:
        self.retry_delays: tuple[float, ...] = RETRY_DELAYS
        self.deliveries: list[Delivery] = []
        self.sent: dict[str, Json] = {}
        """Every event ever sent, by its event id."""
        self._carrier = carrier
        self._pulse = pulse
        self._tasks = Tasks(pulse.beat)

    @property
    def in_flight(self) -> int:
        """How many deliveries have not come to an end."""
        return len(self._tasks)

    def announce(self, event: Json) -> asyncio.Task[None]:
        """Start to deliver an event."""
        self.sent[event["event_id"]] = event
        return self._tasks.start(self._until_acknowledged(event))

    async def ask(self, kind: str, what: str, payload: Json) -> Answer:
        """Deliver an interaction or a command, once, and hand back the answer."""
        return await self._tasks.run(self._attempt(Delivery("", kind, what, 0), payload))

    async def again(self, event_id: str, attempt: int) -> Answer:
        """Deliver an event once more, as a retry that nobody needed."""
        event = self.sent[event_id]
        delivery = Delivery(event_id, "events_api", event["event"]["type"], attempt)
        return await self._tasks.run(self._attempt(delivery, event, "http_timeout"))

    async def stop(self) -> None:
        """Give up everything under way."""
        await self._tasks.stop()

    async def _until_acknowledged(self, event: Json) -> None:
        reason = ""
        for attempt, delay in enumerate((0.0, *self.retry_delays)):
            await asyncio.sleep(delay)
            delivery = Delivery(event["event_id"], "events_api", event["event"]["type"], attempt)
            answer = await self._attempt(delivery, event, reason)
            if answer.status in ("ok", _NO_RETRY):
                return
            reason = answer.status

    async def _attempt(self, delivery: Delivery, payload: Json, reason: str = "") -> Answer:
        self.deliveries.append(delivery)
        self._pulse.beat()
        started = time.monotonic()
        answer = await self._carrier().carry(delivery, payload, reason)
        delivery.answered_after_ms = (time.monotonic() - started) * 1000
        delivery.status = answer.status
        self._pulse.beat()
        return answer
