"""Nothing in the helpdesks' room can write: not by its text, and not when it runs."""

import ast
from pathlib import Path

import pytest

import bot.helpdesks
import bot.ticket_reader

ROOM = sorted(Path(bot.helpdesks.__file__).parent.glob("*.py"))
TALKS = {"door.py"}
"""The only file that sends anything; `addresses.py` looks names up for it."""
WRITES = {"post", "put", "patch", "delete", "options", "request", "_request", "ws_connect", "ws", "upload", "send"}
LIBRARIES = {"aiohttp", "http", "httpx", "httpx2", "requests", "socket", "ssl", "subprocess", "urllib3", "slack_sdk"}


def parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("file", ROOM, ids=lambda file: file.name)
def test_no_verb_but_get_is_called_or_named(file: Path) -> None:
    named = {node.attr for node in ast.walk(parsed(file)) if isinstance(node, ast.Attribute)}
    texts = {
        node.value for node in ast.walk(parsed(file)) if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert named.isdisjoint(WRITES)
    assert texts.isdisjoint({verb.upper() for verb in WRITES})


@pytest.mark.parametrize("file", [file for file in ROOM if file.name not in TALKS], ids=lambda file: file.name)
def test_only_the_door_has_what_can_send(file: Path) -> None:
    tree = parsed(file)
    modules = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    modules |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    allowed = {"socket", "aiohttp.abc", "aiohttp.resolver"} if file.name == "addresses.py" else set[str]()
    assert {each for each in modules - allowed if each.split(".")[0] in LIBRARIES or each == "urllib.request"} == set()


def test_the_door_sends_with_one_call_and_that_is_get() -> None:
    (door,) = [file for file in ROOM if file.name in TALKS]
    calls = [
        node.func.attr
        for node in ast.walk(parsed(door))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and ast.unparse(node.func.value) == "self._session"
    ]
    assert calls == ["get"]
    assert "getattr" not in door.read_text(encoding="utf-8")
