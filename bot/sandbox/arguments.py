"""Arguments of a Web API call, read strictly: from the query, a form or JSON."""

import json
from typing import Any

from aiohttp import web

from bot.sandbox.world import Json

EVERYWHERE = frozenset({"team_id", "token"})
"""Arguments the SDK may add to any call."""


class Refused(Exception):
    """A call answered with `ok: false`."""

    def __init__(self, error: str, messages: list[str] | None = None, **more: Any) -> None:
        super().__init__(error)
        self.error = error
        self.body: Json = {"ok": False, "error": error, **more}
        if messages:
            self.body["response_metadata"] = {"messages": messages}


class Arguments:
    """What a call was given, by name and kind."""

    def __init__(self, given: Json) -> None:
        self.given = given

    def check(self, required: frozenset[str], optional: frozenset[str]) -> None:
        """Refuse what the method does not know, and calls that lack what it needs."""
        unknown = [f"[ERROR] unknown argument: {n}" for n in self.given if n not in required | optional | EVERYWHERE]
        missing = [f"[ERROR] missing required field: {n}" for n in required if self.given.get(n) in (None, "")]
        if unknown or missing:
            raise Refused("invalid_arguments", sorted([*unknown, *missing]))

    def text(self, name: str) -> str:
        """An argument as text; empty if it is not there."""
        value = self.given.get(name)
        if value is None:
            return ""
        if not isinstance(value, str | int | float):
            raise Refused("invalid_arguments", [f"[ERROR] must provide a string [json-pointer:/{name}]"])
        return str(value)

    def flag(self, name: str) -> bool:
        """An argument as a yes or no; no if it is not there."""
        return str(self.given.get(name, "")).lower() in ("1", "true")

    def number(self, name: str, default: int, most: int) -> int:
        """An argument as a count from 1 to the most allowed."""
        raw = self.given.get(name, default)
        number = int(raw) if str(raw).isdecimal() else 0
        if not 1 <= number <= most:
            raise Refused("invalid_limit" if name == "limit" else "invalid_arguments")
        return number

    def structure(self, name: str) -> Any:
        """An argument that is an object or array, given as such or as JSON text; None if it is not there."""
        value = self.given.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError:
            return value


async def read(request: web.Request) -> Json:
    """All arguments of a request, wherever they stand."""
    given: Json = dict(request.query)
    if request.content_type == "application/json":
        try:
            body = await request.json()
        except ValueError:
            raise Refused("invalid_json") from None
        if not isinstance(body, dict):
            raise Refused("json_not_object")
        return given | body
    if request.content_type in ("application/x-www-form-urlencoded", "multipart/form-data"):
        given |= {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    return given
