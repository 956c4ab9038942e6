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


def counted(number: int, noun: str, many: str = "") -> str:
    """A number and its noun, such as `2 sources`."""
    return f"{number} {noun if number == 1 else many or noun + 's'}"


def spaced(name: str) -> str:
    """A name out of a desk's file in words, such as `billing dispute`."""
    return name.replace("_", " ")


def level(confidence: float) -> str:
    """A confidence in a word."""
    return next((word for least, word in _LEVELS if confidence >= least), "low")


def span(seconds: float) -> str:
    """A time that passed, in its largest unit, such as `12 min`."""
    for unit, length in (("d", 86_400), ("h", 3_600), ("min", 60)):
        if seconds >= length:
            return f"{seconds // length:.0f} {unit}"
    return f"{max(seconds, 0):.0f} s"


def day(on: date) -> str:
    """A day for people, such as `1 Mar 2027`."""
    return f"{on:%-d %b %Y}"
