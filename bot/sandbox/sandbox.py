"""Sandbox: the local workspace as one running thing, with everything a test or a demo needs in hand."""

import asyncio
import copy
from collections.abc import Callable
from types import TracebackType
from typing import Self

import aiohttp
from aiohttp import web

from bot.sandbox.arguments import Refused
from bot.sandbox.delivery import Carrier, Delivery, Dispatcher
from bot.sandbox.door import Door
from bot.sandbox.events import Events, envelope
from bot.sandbox.faults import Faults
from bot.sandbox.helpdesk import PATH, SAMPLES, TOKEN, SampleHelpdesk
from bot.sandbox.interactions import Interactions
from bot.sandbox.limits import RealLimits
from bot.sandbox.methods import Desk
from bot.sandbox.onlooker import CannotDo
from bot.sandbox.person import Person
from bot.sandbox.pulse import Pulse
from bot.sandbox.signed_http import SignedHttp
from bot.sandbox.socket_mode import SocketMode
from bot.sandbox.stream import Stream
from bot.sandbox.tasks import Tasks
from bot.sandbox.web_api import Call, WebApi
from bot.sandbox.workspace import Change, Workspace
from bot.sandbox.world import Json, World

_HOST = "127.0.0.1"
_STOP_SECONDS = 0.2


class Sandbox:
    """A local Slack workspace, open while it is entered. It binds this machine only."""

    url: str
    interactions: Interactions
    _api: WebApi
    _runner: web.AppRunner
    _session: aiohttp.ClientSession

    def __init__(self, world: World | None = None, port: int = 0) -> None:
        self.world = world or World.sample()
        self.workspace = Workspace(self.world)
        self.helpdesk = SampleHelpdesk(copy.deepcopy(SAMPLES))
        self._port = port
        self._pulse = Pulse()
        self.socket_mode = SocketMode(self.world, self._pulse)
        self._carrier: Carrier = self.socket_mode
        self.dispatcher = Dispatcher(lambda: self._carrier, self._pulse)
        self._stream = Stream(self.workspace)
        self._tasks = Tasks()
        Events(self.workspace, self.dispatcher.announce)
        self.workspace.listen(lambda _change: self._pulse.beat())

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=4 * 1024**2)
        app.router.add_route("*", "/api/{method}", self._call)
        app.router.add_get("/link", self.socket_mode.connect)
        app.router.add_post("/response/{token}", self._response)
        app.router.add_post("/upload/{file}", self._upload)
        app.router.add_get("/file/{file}", self._file)
        self.helpdesk.add_to(app)
        Door(self.world, self.person, self._stream).add_to(app)
        self._session = aiohttp.ClientSession()
        self._runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=_STOP_SECONDS)
        await self._runner.setup()
        site = web.TCPSite(self._runner, _HOST, self._port)
        try:
            await site.start()
        except OSError:
            await self._close()
            raise
        self.url = f"http://{_HOST}:{self._runner.addresses[0][1]}"
        self.interactions = Interactions(self.workspace, self.dispatcher, self.url)
        desk = Desk(self.workspace, self.interactions, self.url, self.socket_mode.ticket)
        self._api = WebApi(desk, self._pulse)
        return self

    async def __aexit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        await self.dispatcher.stop()
        await self._tasks.stop()
        await self.socket_mode.stop()
        await self._close()

    @property
    def api_url(self) -> str:
        """The base URL of the Web API, for an SDK's client."""
        return self.url + "/api/"

    @property
    def helpdesk_url(self) -> str:
        """Where the sample helpdesk is."""
        return self.url + PATH

    @property
    def helpdesk_token(self) -> str:
        """What the sample helpdesk is read with."""
        return TOKEN

    @property
    def bot_token(self) -> str:
        """The app's bot token."""
        return self.world.bot_token

    @property
    def app_token(self) -> str:
        """The app's token for Socket Mode."""
        return self.world.app_token

    @property
    def signing_secret(self) -> str:
        """What deliveries over HTTP are signed with."""
        return self.world.signing_secret

    @property
    def faults(self) -> Faults:
        """What is to go wrong with calls of the Web API."""
        return self._api.faults

    @property
    def limits(self) -> RealLimits | None:
        """Slack's rate limits, if they are to be felt."""
        return self._api.limits

    @limits.setter
    def limits(self, limits: RealLimits | None) -> None:
        self._api.limits = limits

    @property
    def calls(self) -> list[Call]:
        """Every call of the Web API so far."""
        return self._api.calls

    @property
    def deliveries(self) -> list[Delivery]:
        """Every attempt at a delivery to the app so far."""
        return self.dispatcher.deliveries

    @property
    def retry_delays(self) -> tuple[float, ...]:
        """Seconds before each retry of an event."""
        return self.dispatcher.retry_delays

    @retry_delays.setter
    def retry_delays(self, delays: tuple[float, ...]) -> None:
        self.dispatcher.retry_delays = delays

    @property
    def last_interaction(self) -> Json:
        """The payload of the last click, command or form, as it was sent."""
        return self.interactions.last

    def count(self, method: str) -> int:
        """How often a method has been called."""
        return sum(call.method == method for call in self.calls)

    def person(self, user: str) -> Person:
        """Somebody in the workspace, to act as."""
        if user not in self.world.people:
            raise CannotDo("There is nobody here by this id.")
        return Person(user, self.workspace, self.interactions, self._stream)

    def deliver_to(self, url: str | None) -> None:
        """Deliver to a Request URL, signed; None returns to Socket Mode."""
        ack = self.socket_mode.ack_seconds
        self._carrier = SignedHttp(url, self.signing_secret, self._session, ack) if url else self.socket_mode

    def hide_from_replies(self, seconds: float) -> None:
        """Let each new post stay invisible to the reading methods for some seconds."""
        self.workspace.hide_seconds = seconds

    async def until(self, condition: Callable[[], object], timeout: float = 10.0) -> None:  # noqa: ASYNC109
        """Return once a condition on the workspace holds; it is looked at whenever something happens here."""
        try:
            await self._pulse.until(condition, timeout)
        except TimeoutError:
            calls = ", ".join(f"{call.method} {call.answer}" for call in self.calls[-8:])
            sent = ", ".join(f"{each.what} {each.status}" for each in self.deliveries[-8:])
            raise AssertionError(
                f"Waited {timeout:g} s in vain. Last calls: {calls or 'none'}. Last deliveries: {sent or 'none'}."
            ) from None

    async def settled(self, timeout: float = 10.0) -> None:  # noqa: ASYNC109
        """Return once no delivery is in flight."""
        await self.until(lambda: not self.dispatcher.in_flight, timeout)

    async def connected(self, links: int = 1) -> None:
        """Return once the app has so many Socket Mode connections; those that were asked to go do not count."""
        await self.until(lambda: self.socket_mode.in_use >= links)

    async def redeliver(self, event_id: str, times: int = 3) -> None:
        """Deliver an event again, all copies at once, each marked as a retry."""
        await asyncio.gather(*(self.dispatcher.again(event_id, number) for number in range(1, times + 1)))

    async def inject(self, event: Json, event_id: str | None = None) -> str:
        """Deliver any event, however strange. Returns its id once it is acknowledged or given up."""
        whole = envelope(event, self.world, event_id)
        await self.dispatcher.announce(whole)
        return str(whole["event_id"])

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        """Ask the app to reconnect, for one of Slack's reasons."""
        await self.socket_mode.disconnect(reason)

    async def cut(self) -> None:
        """Break all Socket Mode connections off."""
        self.socket_mode.cut()

    def silence(self) -> None:
        """Keep the Socket Mode connections open and say nothing on them."""
        self.socket_mode.silence()

    def share(self, channel: str, with_team: str = "T0PARTNER") -> None:
        """Share a channel with another company."""
        self.world.channels[channel].is_ext_shared = True
        self.workspace.announce(Change("shared", channel, detail={"connected_team_id": with_team}))

    def unfurl(self, channel: str, ts: str) -> None:
        """Let Slack show a preview under a message; the app hears of a change that is none."""
        message = self.workspace.messages.find(channel, ts)
        if message is None:
            raise CannotDo("This message is not there any more.")
        self.workspace.unfurl(message, {"id": 1, "from_url": "https://example.com/", "title": "A preview"})

    def join(self, channel: str, user: str) -> None:
        """Let somebody into a channel."""
        self.workspace.join(self.world.channels[channel], user)

    def uninstall(self) -> None:
        """Remove the app: it hears of it, and its tokens are worth nothing."""
        self.world.app.installed = False
        self.workspace.announce(Change("uninstalled"))

    async def _call(self, request: web.Request) -> web.Response:
        # An app that hangs up does not undo its call.
        return await self._tasks.run(self._api.answer(request))

    async def _response(self, request: web.Request) -> web.Response:
        try:
            body = await request.json()
            self.interactions.response_urls.answer(request.match_info["token"], body)
        except Refused as refused:
            return web.json_response(refused.body, status=404 if refused.error.endswith("_url") else 200)
        except ValueError:
            return web.json_response({"ok": False, "error": "invalid_payload"}, status=400)
        return web.json_response({"ok": True})

    async def _upload(self, request: web.Request) -> web.Response:
        """The bytes of a file, as many as were announced."""
        file = self.workspace.files.find(request.match_info["file"])
        content = await request.read()
        if file is None or file.content or len(content) != file.length:
            return web.Response(status=400, text="wrong file or length")
        file.content = content
        return web.Response(text=f"OK - {len(content)}")

    async def _file(self, request: web.Request) -> web.Response:
        """A file for the page."""
        file = self.workspace.files.find(request.match_info["file"])
        if file is None or not file.completed:
            return web.Response(status=404, text="no such file")
        return web.Response(body=file.content, content_type="image/png")

    async def _close(self) -> None:
        await self._session.close()
        await self._runner.cleanup()
