"""The manifest asks for what the code calls, and for no more."""

import json
import re
from pathlib import Path
from typing import Any

from bot.slack.scopes import EVENTS, METHODS, SCOPES

ROOT = Path(__file__).parents[2]
_METHOD = re.compile(r'"((?:apps|auth|bots|chat|conversations|files|reactions|usergroups|users|views)\.[A-Za-z.]+)"')
_SDK_CALL = re.compile(r"\bclient\.((?:auth|chat|conversations|reactions|usergroups|users|views)_[a-z_]+)\(")


def manifest() -> Any:
    return json.loads((ROOT / "manifest.json").read_text())


def sources() -> str:
    files = [path for room in ("slack", "listeners") for path in (ROOT / "bot" / room).rglob("*.py")]
    return "\n".join(path.read_text() for path in files if path.name != "scopes.py")


def test_the_manifest_asks_for_exactly_the_scopes_the_code_needs() -> None:
    assert manifest()["oauth_config"]["scopes"] == {"bot": sorted(SCOPES)}


def test_the_manifest_subscribes_to_exactly_the_events_the_code_listens_to() -> None:
    assert manifest()["settings"]["event_subscriptions"]["bot_events"] == sorted(EVENTS)
    listened = set(re.findall(r'app\.event\("([a-z_]+)"\)', sources()))
    assert listened == {name.split(".")[0] for name in EVENTS}


def test_each_method_the_code_calls_is_known_with_its_scope() -> None:
    called = set(_METHOD.findall(sources())) | {_dotted(name) for name in _SDK_CALL.findall(sources())}
    assert called - {"app_mention"} <= set(METHODS)
    assert {"chat.postMessage", "chat.update", "views.open", "users.info"} <= called


def test_the_manifest_has_each_command_and_shortcut_that_is_listened_to() -> None:
    features = manifest()["features"]
    assert {each["command"] for each in features["slash_commands"]} == set(
        re.findall(r'app\.command\("(/[a-z]+)"\)', sources())
    )
    assert {each["callback_id"] for each in features["shortcuts"]} == set(
        re.findall(r'app\.shortcut\("([a-z_]+)"\)', sources())
    )


def test_the_bot_asks_for_no_user_token_and_nothing_to_write_with_but_messages_and_its_charts() -> None:
    assert set(manifest()["oauth_config"]["scopes"]) == {"bot"}
    assert sorted(scope for scope in SCOPES if scope.endswith(":write") or "files" in scope or "email" in scope) == [
        "chat:write",
        "files:write",
    ]


def _dotted(name: str) -> str:
    family, _, rest = name.partition("_")
    return f"{family}.{rest}"
