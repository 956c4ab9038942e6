"""The gate: the last look at finished blocks, whoever built them. What it does not know does not pass."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block as SlackBlock
from slack_sdk.models.views import View

from bot.cards.actions import Action
from bot.cards.errors import CardWithheld
from bot.cards.layout import MOST_BLOCKS, MOST_CHARACTERS, characters
from bot.cards.rendering import Rendering

_MOST_VIEW_BLOCKS = 100
_MOST_TEXT = 2_900
_MOST_VALUE = 2_000
_LONGEST_NOTICE = 300
_ELEMENTS = 5

_VIEW_BLOCKS = frozenset({"section", "context", "divider", "actions", "rich_text", "header", "input"})
_MESSAGE_BLOCKS = _VIEW_BLOCKS - {"header", "input"} | {"image"}
_RICH = frozenset({"rich_text_section", "rich_text_quote", "rich_text_preformatted", "text"})
_FILE = re.compile(r"F[A-Z0-9]{2,30}")
_INNER = _RICH | {"mrkdwn", "plain_text", "button", "static_select", "plain_text_input"}
# Everything a block may say of itself; an address, an image or a name to call is not among it.
_KEYS = frozenset(
    "type text verbatim emoji elements block_id accessory action_id value style confirm title deny placeholder options "
    "label element optional hint multiline initial_value max_length min_length initial_option".split()
)
_STYLES = frozenset({"primary", "danger"})
_TOKEN = re.compile(r"<([^<>]*)>")
_TOKEN_KIND = re.compile(r"https://|@[UW]|!subteam\^S|!date\^")
# What Slack would make live outside the brackets.
_LOOSE = re.compile(
    r"[<>]|https?:|(?<!(?<![\w+.-])hxxp)(?<!(?<![\w+.-])hxxps)://|(?<!\w)@(?:here|channel|everyone)\b|(?<!\d):[\w+'-]+:",
    re.IGNORECASE,
)
_SHOWN = re.compile(r"(?<![\w+.-])hxxps?://", re.IGNORECASE)


def gate(rendering: Rendering) -> Rendering:
    """The rendering itself. Raises `CardWithheld` where it is too much, or live and not made by our code."""
    _refuse_if(bool(_LOOSE.search(rendering.text)), "its notification holds something live")
    _refuse_if(
        not rendering.text.strip() or len(rendering.text) > _LONGEST_NOTICE, "its notification has no fit length"
    )
    _refuse_if(not rendering.parts, "it is empty")
    for blocks in rendering.parts:
        _refuse_if(not 0 < len(blocks) <= MOST_BLOCKS, "it has no fit number of blocks")
        _refuse_if(characters(blocks) > MOST_CHARACTERS, "it has too much text")
        _check(blocks, _MESSAGE_BLOCKS, rendering.live)
    return rendering


def gate_view(view: dict[str, Any], live: frozenset[str] = frozenset()) -> dict[str, Any]:
    """The form or the home page itself; raises as `gate` does."""
    _refuse_if(len(view["blocks"]) > _MOST_VIEW_BLOCKS, "it has too many blocks")
    _check(view["blocks"], _VIEW_BLOCKS, live)
    forms = any(block["type"] == "input" for block in view["blocks"])
    _refuse_if(forms and "submit" not in view, "it is a form without an end")
    try:
        taken = View(**view).to_dict() == view
    except (SlackObjectFormationError, TypeError):
        taken = False
    _refuse_if(not taken, "Slack would not take it")
    return view


def _check(blocks: Sequence[dict[str, Any]], kinds: frozenset[str], live: frozenset[str]) -> None:
    for block in blocks:
        _refuse_if(block.get("type") not in kinds, "it holds a block of an unknown kind")
        for part in () if block["type"] == "image" else _inside(block):
            _known(part)
            _text(part, live)
            _quoted(part)
            _pressed(part)
        _pictured(block)
        _taken_by_slack(block)
    _unique(block["block_id"] for block in blocks if "block_id" in block)


def _inside(part: Any) -> Iterator[dict[str, Any]]:
    """Every object in a block, the block first."""
    if isinstance(part, dict):
        yield part
        part = list(part.values())
    if isinstance(part, list):
        for each in part:
            yield from _inside(each)


def _known(part: dict[str, Any]) -> None:
    """That nothing is said which our builders never say."""
    kind = part.get("type")
    if "code" in part:
        _refuse_if(part != {"code": True}, "it holds a style that is not ours")
        return
    _refuse_if(not part.keys() <= _KEYS, "it holds something that is not ours")
    _refuse_if(kind is not None and kind not in _INNER and kind not in _VIEW_BLOCKS, "it holds an unknown element")
    _refuse_if(part.get("verbatim") is not True and kind == "mrkdwn", "its text is not verbatim")


def _pictured(block: dict[str, Any]) -> None:
    """That a picture is a file in the workspace, told in words as well, and nothing else."""
    if block["type"] != "image":
        return
    file = str((block.get("slack_file") or {}).get("id"))
    ours = {"type": "image", "slack_file": {"id": file}, "alt_text": block.get("alt_text")}
    _refuse_if(block != ours or not _FILE.fullmatch(file), "its picture is not one of ours")
    _refuse_if(not 0 < len(str(block["alt_text"])) <= _MOST_VALUE, "its picture is not told in words")


def _text(part: dict[str, Any], live: frozenset[str]) -> None:
    text = part.get("text")
    if not isinstance(text, str):
        return
    _refuse_if(not 0 < len(text) <= _MOST_TEXT, "one of its texts has no fit length")
    if part["type"] == "mrkdwn":
        tokens = _TOKEN.findall(text)
        _refuse_if(not live.issuperset(tokens), "it holds a link or a name that our code did not make")
        _refuse_if(not all(map(_TOKEN_KIND.match, tokens)), "it holds a link or a name of an unknown kind")
        _refuse_if(bool(_LOOSE.search(_TOKEN.sub(" ", text))), "it holds something live")
    elif part["type"] == "plain_text":
        _refuse_if(part.get("emoji") is not False or bool(_LOOSE.search(text)), "it holds something live")


def _quoted(part: dict[str, Any]) -> None:
    """That no address stands in a quote; only a text to copy has its addresses as they are."""
    if part.get("type") == "rich_text_quote":
        _refuse_if(any("://" in _SHOWN.sub("", run["text"]) for run in part["elements"]), "it quotes a live address")


def _pressed(part: dict[str, Any]) -> None:
    kind = part.get("type")
    if kind == "actions":
        _refuse_if(not 0 < len(part["elements"]) <= _ELEMENTS, "it has too many buttons")
        _unique(element["action_id"] for element in part["elements"])
    if kind == "button":
        _refuse_if(part.get("action_id") not in set(Action), "it has a button that nothing answers")
        _refuse_if(part.get("style", "primary") not in _STYLES, "it has a button of an unknown kind")
    if isinstance(part.get("value"), str):
        _refuse_if(len(part["value"]) > _MOST_VALUE, "one of its buttons carries too much")


def _taken_by_slack(block: dict[str, Any]) -> None:
    try:
        parsed = SlackBlock.parse(block)
        taken = parsed is not None and parsed.to_dict() == block
    except (SlackObjectFormationError, TypeError):
        taken = False
    _refuse_if(not taken, "Slack would not take it")


def _unique(names: Iterable[str]) -> None:
    known = list(names)
    _refuse_if(len(set(known)) < len(known), "two of its parts have one name")


def _refuse_if(refused: bool, rule: str) -> None:  # noqa: FBT001 - a condition reads best in its place.
    if refused:
        raise CardWithheld(rule)
