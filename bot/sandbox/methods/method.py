"""Methods: how a Web API method is declared, and where all of them are found."""

from collections.abc import Callable
from typing import NamedTuple

from bot.sandbox.arguments import Arguments
from bot.sandbox.interactions import Interactions
from bot.sandbox.workspace import Workspace
from bot.sandbox.world import Json


class Desk(NamedTuple):
    """What a method works on."""

    workspace: Workspace
    interactions: Interactions
    url: str
    tickets: Callable[[], str]
    """Issues a single-use ticket for a Socket Mode connection."""


Answer = Callable[[Desk, Arguments], Json]


class Method(NamedTuple):
    """One method: its answer, what it must and may be given, the scope it needs, and whose token."""

    answer: Answer
    required: frozenset[str]
    optional: frozenset[str]
    scope: str
    caller: str


METHODS: dict[str, Method] = {}


def method(
    name: str, *, required: str = "", optional: str = "", scope: str = "", caller: str = "bot"
) -> Callable[[Answer], Answer]:
    """Declare a method. Scopes that depend on the conversation are checked by the method itself."""

    def declare(answer: Answer) -> Answer:
        METHODS[name] = Method(answer, frozenset(required.split()), frozenset(optional.split()), scope, caller)
        return answer

    return declare
