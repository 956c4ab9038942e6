"""The composer: what a person types becomes what Slack sends. Mentions, links and escapes."""

import re
from collections.abc import Iterator

from bot.sandbox.world import Json, World

_CODE = re.compile(r"(```.*?```|`[^`\n]+`)", re.DOTALL)
_URL = re.compile(r"https?://[^\s<>|`]+[^\s<>|`.,;:!?)'\"\]]")
_EMAIL = re.compile(r"(?<![\w.@/+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b")
_AT = re.compile(r"(?<![\w.@/])@([\w.-]+(?: [\w.-]+)?)")
_CHANNEL = re.compile(r"(?<![\w&#/])#([a-z0-9_-]+)")
_TOKEN = re.compile(r"(<[^<>\s][^<>]*>)")
_EVERYBODY = ("channel", "here", "everyone")


def typed(text: str, world: World) -> str:
    """The message text that Slack makes of typed text. Code is escaped and else left alone."""
    parts = _CODE.split(text)
    return "".join(_escaped(part) if index % 2 else _prose(part, world) for index, part in enumerate(parts))


def rich_text(text: str) -> list[Json]:
    """The rich text block that Slack sends along with what a person typed."""
    section = {"type": "rich_text_section", "elements": list(_elements(text))}
    return [{"type": "rich_text", "block_id": "typed", "elements": [section]}] if text else []


def _prose(text: str, world: World) -> str:
    pieces = []
    at = 0
    for link in _URL.finditer(text):
        pieces += [_names(text[at : link.start()], world), f"<{_escaped(link.group())}>"]
        at = link.end()
    return "".join([*pieces, _names(text[at:], world)])


def _names(text: str, world: World) -> str:
    text = _EMAIL.sub(lambda found: f"<mailto:{found.group()}|{found.group()}>", _escaped(text))
    text = _AT.sub(lambda found: _mention(found.group(1), world) or found.group(), text)
    return _CHANNEL.sub(lambda found: _channel(found.group(1), world) or found.group(), text)


def _mention(words: str, world: World) -> str:
    """The mention that the word or two after an @ make; empty if they name nobody."""
    first = words.partition(" ")[0]
    for name in (words, words.rstrip(".-"), first, first.rstrip(".-")):
        rest = words[len(name) :]
        if name in _EVERYBODY:
            return f"<!{name}>{rest}"
        for person in world.people.values():
            known = (person.id, person.name, person.real_name, person.real_name.split(" ")[0])
            if name.casefold() in (each.casefold() for each in known):
                return f"<@{person.id}>{rest}"
        for group in world.groups.values():
            if name == group.handle:
                return f"<!subteam^{group.id}>{rest}"
    return ""


def _channel(name: str, world: World) -> str:
    found = (channel for channel in world.channels.values() if channel.name == name)
    return next((f"<#{channel.id}|{channel.name}>" for channel in found), "")


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _elements(text: str) -> Iterator[Json]:
    for piece in _TOKEN.split(text):
        if not piece:
            continue
        yield _element(piece[1:-1]) if _TOKEN.fullmatch(piece) else {"type": "text", "text": _plain(piece)}


def _element(inside: str) -> Json:
    target, _, label = inside.partition("|")
    if target.startswith("@"):
        return {"type": "user", "user_id": target[1:]}
    if target.startswith("#"):
        return {"type": "channel", "channel_id": target[1:]}
    if target.startswith("!subteam^"):
        return {"type": "usergroup", "usergroup_id": target.removeprefix("!subteam^")}
    if target.startswith("!"):
        return {"type": "broadcast", "range": target[1:]}
    return {"type": "link", "url": _plain(target), **({"text": _plain(label)} if label else {})}


def _plain(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def mentions(text: str, user: str) -> bool:
    """Whether a message's text mentions somebody."""
    return f"<@{user}>" in text or f"<@{user}|" in text
