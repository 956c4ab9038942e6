"""ScriptedModel: a model that answers what it is told to, for tests, demos and rehearsals of faults."""

from collections import deque
from collections.abc import Callable

from knowledge.drafting.answer import ModelAnswer, ModelReply
from knowledge.drafting.brief import Brief

Reply = ModelReply | ModelAnswer | Exception | Callable[[Brief], ModelReply]


class ScriptedModel:
    """Gives its replies in turn, one for each brief: an answer, an exception to raise, or a function of the brief.

        model = ScriptedModel(answer, ModelUnreachable("No connection: try again."))

    A brief beyond the script raises `LookupError`, not `ModelError`: the script is wrong, and a drafter that
    turns a model's faults into outcomes must not hide it.
    """

    def __init__(self, *replies: Reply, name: str = "scripted") -> None:
        self.briefs: list[Brief] = []
        """Every brief so far, in order."""
        self._name = name
        self._replies = deque(replies)

    @property
    def name(self) -> str:
        """What is shown and stored as the draft's author."""
        return self._name

    async def compose(self, brief: Brief) -> ModelReply:
        """The next reply of the script."""
        self.briefs.append(brief)
        if not self._replies:
            raise LookupError(
                f"The script of “{self._name}” has no reply for brief {len(self.briefs)}: give it one for each brief."
            )
        reply = self._replies.popleft()
        if isinstance(reply, Exception):
            raise reply
        if isinstance(reply, ModelAnswer):
            return ModelReply(answer=reply)
        return reply if isinstance(reply, ModelReply) else reply(brief)
