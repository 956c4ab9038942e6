"""What Slack would make live in finished blocks: a reader of its own, which shares nothing with the cards."""

import re
from collections.abc import Iterator
from typing import Any

_SCHEME = re.compile(
    r"(?i)(?<![\w+.-])(?!hxxps?:)([a-z][a-z0-9+.-]{1,20}://\S+|(?:https?|javascript|vbscript|mailto|data):\S+)"
)
_HOST = re.compile(
    r"(?i)(?<![\w-])[\w-]++(?:[.。．｡][\w-]++)*?[.。．｡](?:com|net|org|io|example|test|dev|app|zip|mov|co|de|uk|ru|is|md|py|xyz|info|biz|рф|онлайн)"
    r"(?![^\W_])"
)
_MAIL = re.compile(r"(?<![^\s@])[^\s@]++@[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}")
_BROADCAST = re.compile(r"(?i)(?<!\w)@(?:here|channel|everyone)(?!\w)")
_EMOJI = re.compile(r"(?<![\w]):[\w+'-]+:")
_TOKEN = re.compile(r"<([^<>]+)>")
_ADDRESS_KEYS = {"url", "image_url", "slack_file", "thumb_url", "video_url", "title_url", "external_id"}
_HARMLESS = {"section", "context", "divider", "actions", "header", "input", "rich_text"} | {
    "rich_text_section", "rich_text_quote", "rich_text_preformatted", "text",
    "mrkdwn", "plain_text", "button", "static_select", "plain_text_input",
}  # fmt: skip


def live_in(blocks: Any) -> Iterator[str]:
    """Everything live in blocks: `link https://…`, `user U1`, `auto evil.example`, `block image`."""
    if isinstance(blocks, list):
        for each in blocks:
            yield from live_in(each)
    elif isinstance(blocks, dict):
        kind = blocks.get("type")
        if kind is not None and kind not in _HARMLESS:
            yield f"block {kind}"
        yield from (f"address {key}" for key in blocks.keys() & _ADDRESS_KEYS)
        text = blocks.get("text", "")
        if kind == "mrkdwn":
            yield from live_in_text(text)
            yield from () if blocks.get("verbatim") is True else ["not verbatim"]
        elif kind == "plain_text":
            yield from (f"emoji {found}" for found in _EMOJI.findall(text) if blocks.get("emoji") is not False)
        for value in blocks.values():
            yield from live_in(value)


def live_in_text(text: str) -> Iterator[str]:
    """Everything live in mrkdwn: between brackets, and what Slack finds by itself where it is not told not to."""
    for token in _TOKEN.findall(text):
        target = token.split("|")[0]
        match target[0]:
            case "@":
                yield f"user {target[1:]}"
            case "#":
                yield f"channel {target[1:]}"
            case "!" if target.startswith("!date^"):
                yield "date"
            case "!":
                yield f"special {target[1:]}"
            case _:
                yield f"link {target}"
    loose = _TOKEN.sub(" ", text)
    yield from ("bracket" for _ in re.findall("[<>]", loose))
    yield from auto(loose)
    yield from (f"emoji {found}" for found in _EMOJI.findall(loose))


def auto(text: str) -> Iterator[str]:
    """What becomes an address or a name without brackets."""
    for pattern in (_SCHEME, _HOST, _MAIL, _BROADCAST):
        yield from (f"auto {found[0]}" for found in pattern.finditer(text))


def quoted_texts(blocks: list[dict[str, Any]], kind: str) -> list[str]:
    """The text of each quote, or of each preformatted block."""
    elements = [element for block in blocks if block["type"] == "rich_text" for element in block["elements"]]
    return [
        "".join(run["text"] for run in each["elements"]) for each in elements if each["type"] == f"rich_text_{kind}"
    ]


def quoted_text(blocks: list[dict[str, Any]], kind: str) -> str:
    """All of them as one."""
    return "".join(quoted_texts(blocks, kind))


def shown(blocks: Any) -> str:
    """All the words of blocks, each text on a line of its own."""
    if isinstance(blocks, list):
        return "\n".join(shown(each) for each in blocks)
    if isinstance(blocks, dict):
        own = [blocks["text"]] if isinstance(blocks.get("text"), str) else []
        return "\n".join([*own, *(shown(value) for value in blocks.values() if isinstance(value, dict | list))])
    return ""


def pressable(blocks: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The buttons and choices by their action."""
    return {each["action_id"]: each for block in blocks if block["type"] == "actions" for each in block["elements"]}
