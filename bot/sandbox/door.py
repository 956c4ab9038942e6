"""The door for people: what the page in the browser asks and does. It binds this machine only and has no login."""

import mimetypes
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import NamedTuple

from aiohttp import web

from bot.sandbox.helpdesk import ADDRESS, PATH
from bot.sandbox.onlooker import CannotDo
from bot.sandbox.person import Person
from bot.sandbox.stream import Stream
from bot.sandbox.world import Channel, Json, Member, World

PAGE = Path(__file__).parent / "page"

_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; style-src 'self'; img-src 'self' data:; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
_LOCAL = ("127.0.0.1", "localhost")
_NO_PAGE = "<!doctype html><title>Local workspace</title><p>There is no such page here."

Act = Callable[[Person, Json], Awaitable[Json]]


class _File(NamedTuple):
    content: bytes
    kind: str


class Door:
    """Answers the page. People's mistakes come back as one sentence."""

    def __init__(self, world: World, person: Callable[[str], Person], stream: Stream) -> None:
        self._world = world
        self._person = person
        self._stream = stream
        # Read once: a file that is served from the disk stays open where the browser leaves in the middle.
        self._files = {file.name: _read(file) for file in PAGE.iterdir()}

    def add_to(self, app: web.Application) -> None:
        """Open the door in an application."""
        acts: dict[str, Act] = {
            "home_opened": _open_home,
            "message": _say,
            "edit": _edit,
            "delete": _delete,
            "react": _react,
            "action": _press,
            "shortcut": _shortcut,
            "view/submit": _submit,
            "view/close": _close,
        }
        for name, act in acts.items():
            app.router.add_post(f"/door/{name}", self._acting(act))
        looks: dict[str, Act] = {"messages": _messages, "thread": _thread, "home": _home}
        for name, look in looks.items():
            app.router.add_get(f"/door/{name}", self._looking(look))
        app.router.add_get("/door/workspace", self._looking(self._workspace, otherwise=self._first_person))
        app.router.add_get("/door/stream", self._watch)
        app.router.add_get("/", self._file)
        app.router.add_get("/page/{name}", self._file)
        app.middlewares.append(_only_here)
        app.on_response_prepare.append(_protect)

    def _acting(self, act: Act) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def answer(request: web.Request) -> web.Response:
            if not _from_the_page(request) or request.content_type != "application/json":
                return _sorry("Only the page of this workspace may do that.", 403)
            try:
                body = await request.json()
            except ValueError:
                return _sorry("This is not JSON.")
            return await self._answered(act, body if isinstance(body, dict) else {})

        return answer

    def _looking(
        self, look: Act, *, otherwise: Callable[[], Json] = dict
    ) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def answer(request: web.Request) -> web.Response:
            if not _from_the_page(request):
                return _sorry("Only the page of this workspace may do that.", 403)
            return await self._answered(look, {**otherwise(), **request.query})

        return answer

    async def _answered(self, act: Act, body: Json) -> web.Response:
        try:
            return web.json_response({"ok": True} | await act(self._person(_text(body, "as")), body))
        except CannotDo as reason:
            return _sorry(str(reason))

    def _first_person(self) -> Json:
        """Whom a page shows that has not been told: a world may be made of any people."""
        people = (each for each in self._everybody() if not each.is_bot)
        return {"as": next((each.id for each in people), "")}

    def _everybody(self) -> list[Member]:
        return [each for each in self._world.people.values() if each.id != self._world.app.user_id]

    async def _workspace(self, me: Person, _body: Json) -> Json:
        world = self._world
        app = world.app
        return {
            "workspace": {"id": world.team_id, "name": world.team_name},
            "me": me.id,
            "people": [_person(each) for each in self._everybody()],
            "groups": [{"id": each.id, "handle": each.handle, "name": each.name} for each in world.groups.values()],
            "channels": [_channel(each) for each in me.channels()],
            "helpdesk": {"address": ADDRESS, "path": PATH},
            "app": {"id": app.id, "user_id": app.user_id, "bot_id": app.bot_id, "name": app.name},
            "samples": [{"id": each.id, "label": each.label, "text": each.text} for each in world.samples],
            "commands": [each.__dict__ for each in world.commands],
            "shortcuts": [each.__dict__ for each in world.shortcuts],
        }

    async def _watch(self, request: web.Request) -> web.StreamResponse:
        if not _from_the_page(request):
            return _sorry("Only the page of this workspace may do that.", 403)
        try:
            person = self._person(request.query.get("as", ""))
        except CannotDo as reason:
            return _sorry(str(reason))
        return await self._stream.serve(request, person.id)

    async def _file(self, request: web.Request) -> web.Response:
        file = self._files.get(request.match_info.get("name", "index.html"))
        if file is None:
            return web.Response(text=_NO_PAGE, content_type="text/html", status=404)
        return web.Response(body=file.content, content_type=file.kind, charset="utf-8")


async def _messages(me: Person, body: Json) -> Json:
    return {"messages": me.messages(_text(body, "channel"))}


async def _thread(me: Person, body: Json) -> Json:
    return {"messages": me.thread(_text(body, "channel"), _text(body, "ts"))}


async def _home(me: Person, _body: Json) -> Json:
    return {"view": me.home}


async def _open_home(me: Person, _body: Json) -> Json:
    await me.open_home()
    return {}


async def _say(me: Person, body: Json) -> Json:
    channel, text = _text(body, "channel"), _text(body, "text")
    thread_ts = _text(body, "thread_ts") if body.get("thread_ts") else None
    if not (text.startswith("/") and text[1:2].isalpha()):
        return {"ts": await me.say(channel, text, thread_ts)}
    command, _, rest = text.partition(" ")
    if thread_ts:
        raise CannotDo(f"{command} is not supported in threads. Sorry!")
    problem = await me.command(command, rest.strip(), channel)
    return {"ok": False, "error": problem} if problem else {"command": True}


async def _edit(me: Person, body: Json) -> Json:
    await me.edit(_text(body, "channel"), _text(body, "ts"), _text(body, "text"))
    return {}


async def _delete(me: Person, body: Json) -> Json:
    await me.delete(_text(body, "channel"), _text(body, "ts"))
    return {}


async def _react(me: Person, body: Json) -> Json:
    change = me.react if body.get("add") else me.unreact
    await change(_text(body, "channel"), _text(body, "ts"), _text(body, "name"))
    return {}


async def _press(me: Person, body: Json) -> Json:
    place, action, value = _object(body, "container"), _text(body, "action_id"), body.get("value")
    where = {
        "block_id": _text(body, "block_id"),
        # No checkbox is checked any more: that is a choice as well.
        "option": body.get("selected_options", body.get("selected_option")),
    }
    if place.get("type") == "view":
        await me.press_in(_text(place, "view_id"), action, value, **where)
    else:
        await me.press(_text(place, "channel"), _text(place, "ts"), action, value, **where)
    return {}


async def _shortcut(me: Person, body: Json) -> Json:
    await me.shortcut(_text(body, "callback_id"), _text(body, "channel"), _text(body, "ts"))
    return {}


async def _submit(me: Person, body: Json) -> Json:
    values = _object(body, "values")
    fields = {block_id: _object(values, block_id) for block_id in values}
    filled = {block_id: {name: _object(given, name) for name in given} for block_id, given in fields.items()}
    done = await me.submit(_text(body, "view_id"), filled)
    if done.errors:
        return {"ok": False, "errors": done.errors}
    if done.error:
        return {"ok": False, "error": done.error}
    return {"closed": done.closed}


async def _close(me: Person, body: Json) -> Json:
    await me.close(_text(body, "view_id"))
    return {}


def _read(file: Path) -> _File:
    kind, _ = mimetypes.guess_type(file.name)
    return _File(file.read_bytes(), kind or "application/octet-stream")


def _text(body: Json, name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not value:
        raise CannotDo(f"This request lacks its {name}.")
    return value


def _object(body: Json, name: str) -> Json:
    value = body.get(name)
    if not isinstance(value, dict):
        raise CannotDo(f"This request lacks its {name}.")
    return value


def _person(person: Member) -> Json:
    return {
        "id": person.id,
        "name": person.name,
        "label": person.real_name,
        "title": person.title,
        "guest": person.is_guest,
    }


def _channel(channel: Channel) -> Json:
    kind = "shared" if channel.is_ext_shared else channel.kind
    return {"id": channel.id, "name": channel.name, "kind": kind, "topic": channel.topic}


def _sorry(sentence: str, status: int = 400) -> web.Response:
    return web.json_response({"ok": False, "error": sentence}, status=status)


def _from_the_page(request: web.Request) -> bool:
    """Whether a request is not another site's doing."""
    return request.headers.get("Origin") in (None, f"http://{request.host}")


@web.middleware
async def _only_here(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Refuse requests that do not name this machine: another site's name may point here too."""
    if request.host.rsplit(":", 1)[0] not in _LOCAL:
        return _sorry("This workspace answers to this machine only.", 403)
    return await handler(request)


async def _protect(_request: web.Request, response: web.StreamResponse) -> None:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
