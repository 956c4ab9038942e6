"""Metadata: what a form carries so that its submission finds its draft and its place."""

import json
from typing import NamedTuple

from bot.intents import Place

_LONGEST = 3_000


class Metadata(NamedTuple):
    """The draft, which names the version, and the place of its card."""

    draft: str
    place: Place


def pack(metadata: Metadata) -> str:
    """As a form's private metadata."""
    place = metadata.place
    packed = json.dumps(
        {"draft": metadata.draft, "channel": place.channel, "thread": place.thread, "message": place.message}
    )
    if len(packed) > _LONGEST:
        raise ValueError("The place of a form is longer than a form can carry.")
    return packed


def unpack(packed: str) -> Metadata:
    """What a submission brings back. Raises `ValueError` where it is not ours."""
    held = json.loads(packed)
    names = ("draft", "channel", "thread", "message")
    if not isinstance(held, dict) or not all(isinstance(held.get(name), str) for name in names):
        raise ValueError("The metadata of this form is not ours.")
    place = Place(channel=held["channel"], thread=held["thread"], message=held["message"])
    return Metadata(held["draft"], place)
