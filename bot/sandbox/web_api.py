"""The Web API: who may call what, what goes wrong on demand, and a record of every call."""

import asyncio
import time
from typing import NamedTuple

from aiohttp import web

from bot.sandbox.arguments import Arguments, Refused, read
from bot.sandbox.faults import ApiError, Cut, Faults, HttpStatus, LostAnswer, RateLimited, Slow
from bot.sandbox.limits import RealLimits
from bot.sandbox.methods import METHODS, Desk
from bot.sandbox.methods.access import need
from bot.sandbox.pulse import Pulse
from bot.sandbox.world import Json

_LIMITED = "ratelimited"


class Call(NamedTuple):
    """One call of the Web API, as it was answered."""

    method: str
    arguments: Json
    at: float
    answer: str
    """ok, the error, or how the call was broken: http_500, cut, lost_answer."""


class WebApi:
    """Answers calls as Slack does, strictly."""

    def __init__(self, desk: Desk, pulse: Pulse) -> None:
        self.faults = Faults()
        self.limits: RealLimits | None = None
        self.calls: list[Call] = []
        self._desk = desk
        self._world = desk.workspace.world
        self._pulse = pulse

    async def answer(self, request: web.Request) -> web.Response:
        """The answer to one call, or what a fault makes of it."""
        method = request.match_info["method"]
        given: Json = {}
        try:
            given = await read(request)
        except Refused as refused:
            return self._response(method, given, refused.body)
        token = _token(request)
        fault = self.faults.take(method, given)
        if isinstance(fault, LostAnswer) or getattr(fault, "done", False):
            self._answer(method, token, given)
        match fault:
            case Slow(seconds):
                self._pulse.beat()
                await asyncio.sleep(seconds)
            case HttpStatus(status):
                self._record(method, given, f"http_{status}")
                return web.Response(status=status, text="upstream error")
            case Cut():
                self._record(method, given, "cut")
                return _cut(request)
            case LostAnswer():
                self._record(method, given, "lost_answer")
                return _cut(request)
            case RateLimited(retry_after):
                return self._response(method, given, {"ok": False, "error": _LIMITED, "retry_after": retry_after})
            case ApiError(error):
                return self._response(method, given, {"ok": False, "error": error})
        return self._response(method, given, self._answer(method, token, given))

    def _answer(self, name: str, token: str, given: Json) -> Json:
        try:
            return {"ok": True, **self._do(name, token, given)}
        except Refused as refused:
            return refused.body

    def _do(self, name: str, token: str, given: Json) -> Json:
        """Do what the call asks for. Raises `Refused`."""
        method = METHODS.get(name)
        if method is None:
            raise Refused("unknown_method", req_method=name)
        self._admit(token, method.caller)
        wait = self.limits.wait(name, given) if self.limits else 0
        if wait:
            raise Refused(_LIMITED, retry_after=wait)
        need(self._world, method.scope)
        arguments = Arguments(given)
        arguments.check(method.required, method.optional)
        return method.answer(self._desk, arguments)

    def _admit(self, token: str, wanted: str) -> None:
        known = {self._world.bot_token: "bot", self._world.app_token: "app"}
        if wanted == "anybody":
            return
        if not token:
            raise Refused("not_authed")
        if token not in known:
            raise Refused("invalid_auth")
        if known[token] != wanted:
            raise Refused("not_allowed_token_type")
        if not self._world.app.installed:
            raise Refused("account_inactive")

    def _response(self, method: str, given: Json, body: Json) -> web.Response:
        self._record(method, given, "ok" if body["ok"] else body["error"])
        headers = {
            "x-oauth-scopes": ",".join(sorted(self._world.scopes)),
            "x-slack-req-id": f"sandbox-{len(self.calls)}",
        }
        if body.get("error") == _LIMITED:
            headers["Retry-After"] = str(body["retry_after"])
            return web.json_response({"ok": False, "error": _LIMITED}, status=429, headers=headers)
        if body.get("error") == "missing_scope":
            headers["x-accepted-oauth-scopes"] = str(body.get("needed", ""))
        return web.json_response(body, headers=headers)

    def _record(self, method: str, given: Json, answer: str) -> None:
        arguments = {name: value for name, value in given.items() if name != "token"}
        self.calls.append(Call(method, arguments, time.monotonic(), answer))
        self._pulse.beat()


def _token(request: web.Request) -> str:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if kind == "Bearer" else ""


def _cut(request: web.Request) -> web.Response:
    """Break the connection off. The response is for nobody."""
    if request.transport:
        request.transport.abort()
    return web.Response()
