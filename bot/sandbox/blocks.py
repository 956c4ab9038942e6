"""Blocks: what Slack refuses in Block Kit. The SDK's models check most limits, the rest is checked here."""

import copy
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.sandbox.elements import elements_of
from bot.sandbox.world import Json

MOST_IN_MESSAGE = 50
MOST_IN_VIEW = 100
MOST_TEXT = 13_000
"""Characters of text in all blocks of a message. Slack documents no number; this is where it was seen to refuse."""

_LONGEST = {
    "button": {"text": 75, "value": 2000, "url": 3000},
    "plain_text_input": {"initial_value": 3000, "placeholder": 150},
    "static_select": {"placeholder": 150},
    "header": {"text": 150},
    "section": {"text": 3000},
    "input": {"label": 2000, "hint": 2000},
    "image": {"alt_text": 2000, "image_url": 3000},
    "markdown": {"text": 12_000},
}
_COUNTS = {
    ("section", "fields"): (1, 10),
    ("context", "elements"): (1, 10),
    ("actions", "elements"): (1, 25),
    ("overflow", "options"): (2, 5),
    ("static_select", "options"): (1, 100),
    ("radio_buttons", "options"): (1, 10),
    ("checkboxes", "options"): (1, 10),
}
_CONFIRM = {"title": 100, "text": 300, "confirm": 30, "deny": 30}
_PLAIN = {"header": ("text",), "button": ("text",), "input": ("label", "hint"), "confirm": ("title", "confirm", "deny")}
_VIEW_TEXTS = {"title": 24, "submit": 24, "close": 24}
_VIEW_KEYS = frozenset("type title blocks submit close private_metadata callback_id external_id".split()) | {
    "clear_on_close",
    "notify_on_close",
    "submit_disabled",
}


class Problem(NamedTuple):
    """One thing that is wrong, and where."""

    message: str
    pointer: str

    def __str__(self) -> str:
        return f"[ERROR] {self.message} [json-pointer:{self.pointer}]"


def problems_of(blocks: object, *, most: int = MOST_IN_MESSAGE, at: str = "/blocks") -> list[Problem]:
    """Everything Slack would refuse in these blocks."""
    if not isinstance(blocks, list):
        return [Problem("must be an array", at)]
    found = [Problem(f"no more than {most} items allowed", at)] if len(blocks) > most else []
    for number, block in enumerate(blocks):
        found += _block_problems(block, f"{at}/{number}")
    if not found:
        found += _repeated(blocks, at)
    return found


def view_problems(view: object, kind: str) -> list[Problem]:
    """Everything Slack would refuse in a view of a kind: `modal` or `home`."""
    if not isinstance(view, dict):
        return [Problem("must provide an object", "/view")]
    found = [Problem(f"additional property: {key}", "/view") for key in view if key not in _VIEW_KEYS]
    if view.get("type") != kind:
        found.append(Problem(f"must be a valid view type: {kind}", "/view/type"))
    if not view.get("blocks"):
        found.append(Problem("missing required field: blocks", "/view"))
    if kind == "modal" and not view.get("title"):
        found.append(Problem("missing required field: title", "/view"))
    for key, longest in _VIEW_TEXTS.items():
        if view.get(key) is not None:
            found += _text_problems(view[key], longest, f"/view/{key}", plain=True)
    found += problems_of(view.get("blocks", []), most=MOST_IN_VIEW, at="/view/blocks")
    if not found:
        found += _by_the_models(lambda: View(**copy.deepcopy(view)).to_dict(), "/view")
    has_inputs = any(block.get("type") == "input" for block in view.get("blocks", []) if isinstance(block, dict))
    if kind == "modal" and has_inputs and not view.get("submit"):
        found.append(Problem("missing required field: submit", "/view"))
    return found


def too_long(blocks: Sequence[Json]) -> bool:
    """Whether there is more text in the blocks than a message can carry."""
    return sum(len(text) for text in texts_of(blocks)) > MOST_TEXT


def texts_of(value: object) -> Iterator[str]:
    """All texts in blocks, at whatever depth."""
    if isinstance(value, list):
        for each in value:
            yield from texts_of(each)
    elif isinstance(value, dict):
        for key, each in value.items():
            if key == "text" and isinstance(each, str):
                yield each
            else:
                yield from texts_of(each)


def named(blocks: Sequence[Json]) -> list[Json]:
    """The blocks as Slack keeps them: each block and action with an id, each text object with its defaults."""
    kept = copy.deepcopy(list(blocks))
    for number, block in enumerate(kept):
        block.setdefault("block_id", f"auto-{number}")
        for place, element in enumerate(elements_of(block)):
            if element.get("type") != "image":
                element.setdefault("action_id", f"auto-{place}")
    _fill(kept)
    return kept


def _fill(value: object) -> None:
    if isinstance(value, list):
        for each in value:
            _fill(each)
    elif isinstance(value, dict):
        if value.get("type") == "plain_text":
            value.setdefault("emoji", True)
        if value.get("type") == "mrkdwn":
            value.setdefault("verbatim", False)
        for each in value.values():
            _fill(each)


def _block_problems(block: object, at: str) -> list[Problem]:
    if not isinstance(block, dict):
        return [Problem("must be an object", at)]
    if block.get("type") == "input" and not isinstance(block.get("element"), dict):
        return [Problem("missing required field: element", at)]
    try:
        found = _part_problems(block, at)
        for place, element in enumerate(elements_of(block)):
            where = f"{at}/elements/{place}"
            found += _part_problems(element, where)
            if element.get("type") == "plain_text_input" and block.get("type") != "input":
                found.append(Problem("unsupported type: plain_text_input", where))
    except (TypeError, AttributeError):  # A number, or nothing, where an object belongs.
        return [Problem("failed to match all allowed schemas", at)]
    return found or _lost(block, at)


def _part_problems(part: Json, at: str) -> list[Problem]:
    """What is wrong with a block or an element by itself."""
    kind = str(part.get("type", ""))
    found = [
        Problem("must be between 1 and 255 characters", f"{at}/{key}")
        for key in ("block_id", "action_id")
        if key in part and not 0 < len(str(part[key])) <= 255
    ]
    for key, longest in _LONGEST.get(kind, {}).items():
        if part.get(key) is not None:
            found += _text_problems(part[key], longest, f"{at}/{key}", plain=key in _PLAIN.get(kind, ()))
    found += [
        Problem(f"must have {least} to {most} items", f"{at}/{key}")
        for (of, key), (least, most) in _COUNTS.items()
        if of == kind and key in part and not least <= len(part[key]) <= most
    ]
    if kind == "image" and not part.get("alt_text"):
        found.append(Problem("missing required field: alt_text", at))
    for number, field in enumerate(part.get("fields", ())):
        found += _text_problems(field, 2000, f"{at}/fields/{number}")
    for number, option in enumerate(part.get("options", ())):
        found += _text_problems(option.get("text"), 75, f"{at}/options/{number}/text")
    return found + (_confirm_problems(part["confirm"], f"{at}/confirm") if "confirm" in part else [])


def _confirm_problems(confirm: Json, at: str) -> list[Problem]:
    found = []
    for key, longest in _CONFIRM.items():
        if key in confirm or key in ("title", "text"):
            found += _text_problems(confirm.get(key), longest, f"{at}/{key}", plain=key in _PLAIN["confirm"])
    return found


def _text_problems(text: object, longest: int, at: str, *, plain: bool = False) -> list[Problem]:
    """What is wrong with a text object, or with a bare string where one is allowed."""
    if isinstance(text, dict):
        if text.get("type") not in (("plain_text",) if plain else ("plain_text", "mrkdwn")):
            return [Problem(f"unsupported type: {text.get('type')}", f"{at}/type")]
        text, at = text.get("text"), f"{at}/text"
        if not text:
            return [Problem("must be more than 0 characters", at)]
    elif plain:
        return [Problem("must provide an object", at)]
    if not isinstance(text, str):
        return [Problem("must provide a string", at)]
    return [Problem(f"must be less than {longest + 1} characters", at)] if len(text) > longest else []


def _repeated(blocks: list[Json], at: str) -> list[Problem]:
    found = []
    seen: set[str] = set()
    for number, block in enumerate(blocks):
        block_id = block.get("block_id")
        if block_id in seen:
            found.append(Problem(f"block_id already exists: {block_id}", f"{at}/{number}/block_id"))
        seen |= {block_id} if block_id else set()
        actions = [element["action_id"] for element in elements_of(block) if "action_id" in element]
        if len(actions) != len(set(actions)):
            found.append(Problem("action_id already exists in this block", f"{at}/{number}"))
    return found


def _lost(block: Json, at: str) -> list[Problem]:
    """What the SDK's models refuse, do not know, or drop."""
    kept: list[object] = []

    def parse() -> None:
        parsed = Block.parse(copy.deepcopy(block))
        kept.append(parsed.to_dict() if parsed else None)

    refused = _by_the_models(parse, at)
    if refused:
        return refused
    if kept[0] is None:
        return [Problem(f"unsupported type: {block.get('type')}", at)]
    return _dropped(block, kept[0], at)


def _by_the_models(build: Callable[[], object], at: str) -> list[Problem]:
    try:
        build()
    except SlackObjectFormationError as refused:
        return [Problem(str(refused), at)]
    except (TypeError, KeyError, AttributeError, ValueError):
        return [Problem("failed to match all allowed schemas", at)]
    return []


def _dropped(before: object, after: object, at: str) -> list[Problem]:
    if isinstance(before, dict):
        rest = after if isinstance(after, dict) else {}
        unknown = [
            Problem(f"additional property: {key}", at)
            for key, value in before.items()
            if key not in rest and value not in (None, "", [], {})
        ]
        return unknown + [p for key in rest if key in before for p in _dropped(before[key], rest[key], f"{at}/{key}")]
    if isinstance(before, list) and isinstance(after, list):
        if len(before) != len(after):
            return [Problem("has an item of an unknown kind", at)]
        return [
            p
            for n, (one, other) in enumerate(zip(before, after, strict=True))
            for p in _dropped(one, other, f"{at}/{n}")
        ]
    if after is None and before is not None:
        return [Problem("has an item of an unknown kind", at)]
    return []
