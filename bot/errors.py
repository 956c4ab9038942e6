"""The errors of the bot, and the one place that turns errors into sentences for people.

BotError
    SettingsError    environment variables are missing or wrong
    UsageError       what was asked for cannot be done as asked
    Undelivered      the workspace refuses a message, or cannot be reached
        Unconfirmed  it cannot be known whether the workspace took a message
    HelpdeskError    a ticket cannot be read where it lives
    SourceError      documents cannot be read where they come from
"""

import traceback
from pathlib import Path

from knowledge.errors import KnowledgeError, ModelError
from storage.errors import StorageError

BAD_INPUT = 2
FAILED = 1


class BotError(Exception):
    """Base of this room's errors. The message is for people and names the next step."""


class SettingsError(BotError):
    """Environment variables are missing or wrong; all of them are named."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))


class UsageError(BotError):
    """What was asked for cannot be done as asked."""


class Undelivered(BotError):
    """The workspace refuses a message, or cannot be reached."""


class Unconfirmed(Undelivered):
    """It cannot be known whether the workspace took a message; posting again could make two."""


class SourceError(BotError):
    """Documents cannot be read where they come from."""


class HelpdeskError(BotError):
    """A ticket cannot be read where it lives."""


def explain(error: Exception) -> tuple[str, int]:
    """What to tell a person, and the exit code. Of an unforeseen error only where it happened."""
    if isinstance(error, BotError | KnowledgeError | StorageError):
        return str(error), FAILED if isinstance(error, ModelError) else BAD_INPUT
    # The message of a foreign error may hold customer text, so only its kind and its place are told.
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(frame.filename).name}:{frame.lineno}"
    return f"Proofdesk failed ({type(error).__name__} at {place}). Nothing was sent. Please report this line.", FAILED
