"""Faults: what can go wrong with a Web API call, on demand."""

from collections.abc import Callable
from dataclasses import dataclass, field

from bot.sandbox.world import Json


@dataclass(frozen=True)
class RateLimited:
    """Answers 429 with Retry-After; nothing is done."""

    retry_after: int = 1


@dataclass(frozen=True)
class ApiError:
    """Answers `ok: false` with an error. What was asked is done only if `done` says so, as with `internal_error`."""

    error: str
    done: bool = False


@dataclass(frozen=True)
class HttpStatus:
    """Answers with an HTTP status and no JSON. What was asked is done only if `done` says so."""

    status: int
    done: bool = False


@dataclass(frozen=True)
class LostAnswer:
    """Does what was asked, then cuts the connection before the answer."""


@dataclass(frozen=True)
class Cut:
    """Cuts the connection; nothing is done."""


@dataclass(frozen=True)
class Slow:
    """Waits, then does what was asked."""

    seconds: float


class Fault:
    """All faults under one name."""

    RATE_LIMITED = RateLimited
    ERROR = ApiError
    DENY = ApiError
    HTTP = HttpStatus
    LOST_ANSWER = LostAnswer()
    CUT = Cut()
    SLOW = Slow


AnyFault = RateLimited | ApiError | HttpStatus | LostAnswer | Cut | Slow


@dataclass
class Planned:
    """A fault that waits for its call."""

    method: str
    fault: AnyFault
    times: int
    match: Callable[[Json], object] | None = None


@dataclass
class Faults:
    """The faults to come. The first that fits a call is used up by it."""

    planned: list[Planned] = field(default_factory=list)

    def add(
        self, method: str, fault: AnyFault, times: int = 1, match: Callable[[Json], object] | None = None
    ) -> Planned:
        """Let the next calls of a method (`*`: of any) go wrong, if their arguments match."""
        planned = Planned(method, fault, times, match)
        self.planned.append(planned)
        return planned

    def clear(self) -> None:
        """Let everything go right from now on."""
        self.planned.clear()

    def take(self, method: str, arguments: Json) -> AnyFault | None:
        """The fault this call meets, if any."""
        for planned in self.planned:
            fits = planned.method in (method, "*") and (planned.match is None or planned.match(arguments))
            if fits and planned.times > 0:
                planned.times -= 1
                return planned.fault
        return None
