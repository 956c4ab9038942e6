"""Response URLs: what lets the app answer an interaction for half an hour, five times."""

import secrets
import time
from dataclasses import dataclass

from bot.sandbox.arguments import Refused
from bot.sandbox.blocks import named, problems_of
from bot.sandbox.messages import Message
from bot.sandbox.workspace import Workspace
from bot.sandbox.world import Json

_SECONDS = 1800.0
_USES = 5


@dataclass
class _Issued:
    user: str
    channel: str
    thread_ts: str
    message: Message | None
    until: float
    uses: int = 0


class ResponseUrls:
    """The response URLs that were handed out."""

    def __init__(self, workspace: Workspace, url: str) -> None:
        self._workspace = workspace
        self._url = url
        self._issued: dict[str, _Issued] = {}

    def issue(self, user: str, channel: str, thread_ts: str = "", *, message: Message | None = None) -> str:
        """An address for answers to what a person did at a place, on a message or not."""
        token = secrets.token_urlsafe(18)
        self._issued[token] = _Issued(user, channel, thread_ts, message, time.monotonic() + _SECONDS)
        return f"{self._url}/response/{token}"

    def answer(self, token: str, body: Json) -> None:
        """Do what the app asks for at one of the addresses."""
        issued = self._issued.get(token)
        if issued is None:
            raise Refused("invalid_url")
        if issued.uses >= _USES:
            raise Refused("used_url")
        if time.monotonic() > issued.until:
            raise Refused("expired_url")
        issued.uses += 1
        text, blocks = str(body.get("text") or ""), body.get("blocks") or []
        if body.get("delete_original"):
            self._delete(issued)
        elif problems_of(blocks):
            raise Refused("invalid_blocks", [str(problem) for problem in problems_of(blocks)])
        elif not text and not blocks:
            raise Refused("no_text")
        elif body.get("replace_original") and issued.message:
            if self._original(issued) is None:
                raise Refused("message_not_found")
            self._workspace.edit(issued.message, text=text, blocks=named(blocks))
        else:
            self._say(issued, text, blocks, body)

    def _delete(self, issued: _Issued) -> None:
        original = self._original(issued)
        if original:
            self._workspace.delete(original)

    def _original(self, issued: _Issued) -> Message | None:
        """The message that was clicked on, if it is still there."""
        message = issued.message
        return self._workspace.find(message.channel, message.ts, message.only_for) if message else None

    def _say(self, issued: _Issued, text: str, blocks: list[Json], body: Json) -> None:
        thread = str(body.get("thread_ts") or issued.thread_ts)
        message = Message(issued.channel, self._workspace.world.app.user_id, text, thread_ts=thread, by_app=True)
        message.blocks = named(blocks)
        if body.get("response_type") == "in_channel":
            self._workspace.post(message)
        else:
            message.only_for = issued.user
            self._workspace.whisper(message)
