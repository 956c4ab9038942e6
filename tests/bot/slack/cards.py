"""Cards the tests of this room show, and how they look in the workspace."""

from typing import Any

from bot.content import DraftCard, Failed
from bot.intents import Place
from bot.sandbox.sandbox import Sandbox
from bot.slack.posting import Checkpoint
from knowledge.drafting.draft import Draft, DraftStatus, Outcome

FIRST = Failed(title="Refund", reason="First words.")
SECOND = Failed(title="Refund", reason="Second words.")
THIRD = Failed(title="Refund", reason="Third words.")


def a_draft(characters: int) -> DraftCard:
    sentence = "Yearly plans are refunded in full when you ask within 14 days of buying. "
    reply = "\n\n".join([(sentence * 8).strip()] * (characters // len(sentence * 8) + 1))
    draft = Draft(status=Outcome.ANSWERED, reply=reply, acknowledgement="", statements=(), confidence=0.9)
    return DraftCard(title="Refund", id="D1", number=1, draft=draft, status=DraftStatus.AWAITING)


def said(sandbox: Sandbox, place: Place) -> list[dict[str, Any]]:
    """Our own messages in a thread."""
    return [m for m in sandbox.person("U0ANA").thread(place.channel, place.thread) if m.get("bot_id")]


def words(message: dict[str, Any]) -> str:
    """All that the blocks of a message say."""
    return str(message["blocks"])


class Crash(BaseException):
    """The process ends here."""


def crash_at(name: str) -> Checkpoint:
    def checkpoint(reached: str) -> None:
        if reached == name:
            raise Crash(name)

    return checkpoint
