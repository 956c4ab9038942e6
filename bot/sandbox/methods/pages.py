"""Pages: long answers come in parts, each with a cursor to the next."""

import base64
import binascii
from collections.abc import Sequence
from typing import TypeVar

from bot.sandbox.arguments import Arguments, Refused
from bot.sandbox.world import Json

Item = TypeVar("Item")


def cut(found: Sequence[Item], arguments: Arguments, most: int) -> tuple[list[Item], Json]:
    """One page of what was found, and what Slack says about the rest."""
    start = _place(arguments.text("cursor"))
    end = start + arguments.number("limit", 100, most)
    more = end < len(found)
    cursor = base64.b64encode(f"next:{end}".encode()).decode() if more else ""
    return list(found[start:end]), {"has_more": more, "response_metadata": {"next_cursor": cursor}}


def _place(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        return int(base64.b64decode(cursor, validate=True).decode().removeprefix("next:"))
    except (binascii.Error, ValueError):
        raise Refused("invalid_cursor") from None
