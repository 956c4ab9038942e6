"""What a person typed, from the form in which Slack delivers it."""

import html
import re

_LINK = re.compile(r"<(?P<target>(?:https?|mailto|tel):[^|>]+)(?:\|(?P<label>[^>]*))?>")
_REFERENCE = re.compile(r"<(?P<kind>[@#!])(?P<id>[^|>]+)(?:\|(?P<label>[^>]*))?>")
_SHOWN = {"@": "@", "#": "#", "!": "@"}


def plain_text(text: str, *, bot: str = "") -> str:
    """The text without Slack's brackets and entities. Naming the bot is addressing it and is left out."""
    without_bot = re.sub(rf"<@{re.escape(bot)}(?:\|[^>]*)?>[:,]?", "", text) if bot else text
    linked = _LINK.sub(_address, without_bot)
    return html.unescape(_REFERENCE.sub(_name, linked)).strip()


def mentions(text: str, person: str) -> bool:
    """Whether a message names a person."""
    return re.search(rf"<@{re.escape(person)}(?:\|[^>]*)?>", text) is not None


def names_somebody(text: str) -> bool:
    """Whether a message names anybody: then it is said to them."""
    return re.search(r"<[@!]", text) is not None


def begins_with_mention(text: str) -> bool:
    """Whether a message is said to somebody."""
    return re.match(r"\s*<[@!]", text) is not None


def _address(match: re.Match[str]) -> str:
    target = re.sub(r"^(?:mailto|tel):", "", match["target"])
    label = match["label"] or ""
    return target if not label or label in target or target in label else f"{label} ({target})"


def _name(match: re.Match[str]) -> str:
    return _SHOWN[match["kind"]] + (match["label"] or match["id"].split("^")[0])
