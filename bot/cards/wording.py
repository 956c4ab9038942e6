"""Wording: small turns of speech of the cards."""

from datetime import date

from bot.cards.mrkdwn import clip
from knowledge.drafting.review import RejectReason

REASONS = {
    RejectReason.FACTUAL_ERROR: "Factual error",
    RejectReason.WRONG_POLICY: "Wrong policy",
    RejectReason.TONE: "Tone",
    RejectReason.MISSING_INFORMATION: "Missing information",
    RejectReason.NOT_NEEDED: "Not needed",
}
LONGEST_TITLE = 80
_LEVELS = ((0.66, "high"), (0.4, "medium"))


def named(title: str) -> str:
    """A title between quotation marks, for a notification."""
    words = clip(title, LONGEST_TITLE).replace('"', "'")
    return f'"{words}"'


def spaced(name: str) -> str:
    """A name out of a desk's file in words, such as `billing dispute`."""
    return name.replace("_", " ")


def level(confidence: float) -> str:
    """A confidence in a word."""
    return next((word for least, word in _LEVELS if confidence >= least), "low")


def day(on: date) -> str:
    """A day for people, such as `1 Mar 2027`."""
    return f"{on:%-d %b %Y}"
