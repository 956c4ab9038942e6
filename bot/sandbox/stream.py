"""The stream: tells each open page what has changed, as Server-Sent Events."""

import asyncio
import json
from collections import deque

from aiohttp import web

from bot.sandbox.objects import view_object
from bot.sandbox.workspace import Change, Workspace
from bot.sandbox.world import Json

_KEEP_ALIVE_SECONDS = 15.0
_PRIVATE = ("ephemeral", "home", "view", "view_closed", "notice")


class Viewer:
    """One open page, and what it has not been told yet."""

    def __init__(self, user: str) -> None:
        self.user = user
        self.news: asyncio.Queue[Json] = asyncio.Queue()


class Stream:
    """All open pages, and what Slack itself has told each person."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._viewers: set[Viewer] = set()
        self.notices: dict[str, deque[str]] = {}
        workspace.listen(self._changed)

    async def serve(self, request: web.Request, user: str) -> web.StreamResponse:
        """Tell one page everything that concerns its person, until it goes."""
        headers = {"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        response = web.StreamResponse(headers=headers)
        await response.prepare(request)
        viewer = Viewer(user)
        self._viewers.add(viewer)
        try:
            await _write(response, {"type": "hello"})
            while True:
                await self._next(viewer, response)
        except ConnectionError:
            return response
        finally:
            self._viewers.discard(viewer)

    async def _next(self, viewer: Viewer, response: web.StreamResponse) -> None:
        try:
            async with asyncio.timeout(_KEEP_ALIVE_SECONDS):
                news = await viewer.news.get()
        except TimeoutError:
            await response.write(b": still here\n\n")
        else:
            await _write(response, news)

    def _changed(self, change: Change) -> None:
        if change.kind == "notice":
            self.notices.setdefault(change.user, deque(maxlen=100)).append(change.detail["text"])
        for viewer in self._viewers:
            if self._concerns(change, viewer.user):
                viewer.news.put_nowait(self._news(change))

    def _concerns(self, change: Change, user: str) -> bool:
        if change.kind in _PRIVATE:
            return change.user == user
        channel = self._workspace.channel(change.channel)
        return channel is not None and user in channel.members and change.message is not None

    def _news(self, change: Change) -> Json:
        news: Json = {"type": change.kind}
        if change.message:
            message = change.message
            news |= {"channel": message.channel, "ts": message.ts}
            news |= {"thread_ts": message.thread_ts} if message.thread_ts else {}
        if change.modal:
            news["view"] = view_object(change.modal, self._workspace.world)
        if change.kind == "notice":
            news["text"] = change.detail["text"]
        return news


async def _write(response: web.StreamResponse, news: Json) -> None:
    await response.write(f"data: {json.dumps(news)}\n\n".encode())
