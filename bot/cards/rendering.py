"""Rendering: what is handed to Slack."""

from typing import Any, NamedTuple


class Block(NamedTuple):
    """A block and the live things that our own code put into it."""

    data: dict[str, Any]
    live: frozenset[str] = frozenset()
    """Links, mentions and dates, as they stand between `<` and `>`."""
    entries: int = 1
    """How many things it tells of, for the line that says how many are left."""


class Rendering(NamedTuple):
    """A card as messages: usually one; a long draft continues in others."""

    text: str
    """What the notification says of the first message."""
    parts: tuple[list[dict[str, Any]], ...]
    """The blocks of each message."""
    live: frozenset[str] = frozenset()
    """The only links, mentions and dates the blocks may hold."""
