"""Wishes: what a colleague says to the desk in a draft's thread. Everything else is talk between people."""

import re
from typing import NamedTuple

from bot.intents import Wish

ASIDE = "(aside)"
"""A message that starts so is never for the desk."""

_POLITE = r"(?:(?:please|pls|ok|okay|hi|hey|thanks|could you|can you|would you|try|now)[, ]+)*"
_LEAD = (
    r"(?:(?:make|draft|write|do|give)(?: (?:it|this|that|me|us|the draft|the reply|one))? )?"
    r"(?:a (?:bit|little|much) )?(?:a )?"
)
_TAIL = r"(?:,? (?:one|version|please|pls|again|reply|draft|thanks))*\W*"
_WISHES: tuple[tuple[Wish, str], ...] = (
    ("shorter", r"(?:shorter|more concise|briefer|too long)"),
    ("friendlier", r"(?:friendlier|warmer|more friendly|nicer|kinder)"),
    ("two_options", r"(?:(?:two|2) (?:options|versions|variants)|options)"),
    ("again", r"(?:redraft|re-draft|again|try again|redo(?: it| this)?|new (?:draft|version))"),
)  # fmt: skip
_COMPILED = tuple((wish, re.compile(_POLITE + _LEAD + words + _TAIL, re.IGNORECASE)) for wish, words in _WISHES)
_ADD = re.compile(r"(?:please )?add\s*:\s*(.+)", re.IGNORECASE | re.DOTALL)


class Addition(NamedTuple):
    """A sentence to put into the reply."""

    text: str


def read(text: str) -> Wish | Addition | None:
    """What a message wants of the desk, or none where it is not addressed to it in one of the known ways."""
    said = " ".join(text.split())
    if said.casefold().startswith(ASIDE):
        return None
    if added := _ADD.fullmatch(text.strip()):
        return Addition(added[1].strip())
    return next((wish for wish, pattern in _COMPILED if pattern.fullmatch(said)), None)
