"""Page: one document as its source gives it, already Markdown; or why there is none."""

from collections.abc import AsyncIterator, Callable
from typing import Protocol

from knowledge.drafting.frozen import Frozen
from knowledge.sources import SourceSettings


class Page(Frozen):
    """A document of a source."""

    key: str
    """What makes it the same document next time: its path or id in the source, the same whatever its title."""
    title: str
    markdown: str
    url: str = ""
    """Where people read it; https, or empty."""
    asked: str = ""
    """The key of the place where it was asked for, if that is another: trouble there is trouble of this document."""
    name: str = ""
    """What a refusal calls it, if not its title."""
    listed: bool = True
    """Whether the source lists it itself, rather than have it found along links."""


class Refused(Frozen):
    """Something that is no document, or could not be read."""

    what: str
    """Its address, path or title."""
    reason: str
    """In a sentence, with a remedy."""
    key: str = ""
    """Its `Page.key`, where that is known: then of all that was read before only this stays. Otherwise all does."""
    keys: frozenset[str] = frozenset()
    """Further keys, where it speaks of several."""
    lasting: bool = False
    """Whether it is no document for good: then what was read of it before does not stay."""

    @property
    def speaks_of(self) -> frozenset[str]:
        """All its keys; none where it is not known of what it speaks."""
        return self.keys | {self.key} if self.key else self.keys


def reason_of(error: Exception, what: str) -> str:
    """What an error says of something, without its name in front of it."""
    return str(error).removeprefix(what).lstrip(": ")


Pages = AsyncIterator[Page | Refused]


class Source(Protocol):
    """A module of this room, named after the kind it reads."""

    def read(self, settings: SourceSettings, token: str, told: Callable[[int], None]) -> Pages:
        """The documents, as they come; `told` hears how many there will be, as far as is known.

        Raises `SourceError` where the source as a whole cannot be read: then nothing of it is taken to be gone.
        """
        ...
