"""MessageText: what somebody wrote in one message, without markup, quoted history and signature."""

import re
from html import unescape
from typing import NamedTuple

from bot.helpdesks.history import without_history
from bot.helpdesks.lines import Line, lines_of_text, text_of_lines
from bot.helpdesks.markup import lines_of_html
from bot.helpdesks.signature import without_signature

_TAG = re.compile(r"<[a-z/!]", re.IGNORECASE)


class MessageText(NamedTuple):
    """A message as plain text."""

    text: str
    folded: int
    """Lines of quoted history and signature that were left out."""


def message_text(text: str, html: str = "") -> MessageText:
    """A message as plain text, from its HTML where there is any. Nothing is left out of one that is but a quotation."""
    lines = lines_of_html(html) if _TAG.search(html) else lines_of_text(unescape(html))
    lines = lines or lines_of_text(text)
    # Twice: a signature may stand below the last quotation, or above it.
    own = _own(_own(lines))
    return MessageText(text_of_lines(own), len(lines) - len(own))


def _own(lines: list[Line]) -> list[Line]:
    return without_signature(without_history(lines))
