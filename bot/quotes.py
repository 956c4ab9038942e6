"""Quotes: which approved replies quote words that a changed document does not say any more."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from bot.content import QuoteLost


class Effect(NamedTuple):
    """What a new text of a document means for the replies that quote it."""

    replies: int
    changed: int
    lost: tuple[QuoteLost, ...]


def effect(quotes: Sequence[tuple[str, str]], text: str) -> Effect:
    """What becomes of quotes, each with the id of its reply, where a document says `text`. White space is no matter."""
    said = " ".join(text.split())
    gone = {(reply, quote) for reply, quote in quotes if " ".join(quote.split()) not in said}
    counted = Counter(quote for _, quote in gone)
    return Effect(
        replies=len({reply for reply, _ in quotes}),
        changed=len({reply for reply, _ in gone}),
        lost=tuple(
            QuoteLost(quote=quote, replies=count)
            for quote, count in sorted(counted.items(), key=lambda each: (-each[1], each[0]))
        ),
    )
