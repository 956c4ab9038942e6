"""MessageText: what somebody wrote in one message, without markup, quoted history and signature."""

import re
from typing import NamedTuple


class MessageText(NamedTuple):
    """A message as plain text."""

    text: str
    folded: int
    """Lines of quoted history and signature that were left out."""


def message_text(text: str, html: str = "") -> MessageText:
    """A message as plain text, from its HTML where there is any."""
    return MessageText(re.sub("<[^>]*>", "", html or text).strip(), 0)
