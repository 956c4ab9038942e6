"""Files: pictures of ours, brought to the workspace before the message that shows them."""

import json
import logging
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.content import Picture
from bot.errors import Undelivered
from bot.slack.client import call
from bot.slack.refusals import Refusal, Unanswered
from bot.slack.throttle import Throttle

_LOG = logging.getLogger(__name__)
_SLACKS = ".slack.com"


class Files:
    """Uploads pictures. One that no message shows in the end is seen by nobody."""

    def __init__(self, client: AsyncWebClient, throttle: Throttle) -> None:
        self._client = client
        self._throttle = throttle

    async def upload(self, picture: Picture) -> Picture:
        """The picture with its file, or without one where Slack does not take it: then it is told in words."""
        try:
            return picture.model_copy(update={"file": await self._upload(picture)})
        except Undelivered as error:
            _LOG.warning("picture_not_uploaded", extra={"reason": type(error).__name__})
            return picture

    async def _upload(self, picture: Picture) -> str:
        await self._throttle.turn("files.getUploadURLExternal")
        length = len(picture.png)
        ticket = await call(
            self._client, "files.getUploadURLExternal", filename=picture.name, length=length, alt_txt=picture.alt
        )
        file, address = str(ticket.get("file_id")), str(ticket.get("upload_url"))
        await self._send(address, picture.png)
        await self._throttle.turn("files.completeUploadExternal")
        await call(
            self._client, "files.completeUploadExternal", files=json.dumps([{"id": file, "title": picture.name}])
        )
        return file

    async def _send(self, address: str, content: bytes) -> None:
        """Send the bytes where Slack says. Without the token: the address is the permission."""
        at, ours = urlsplit(address), urlsplit(self._client.base_url)
        is_slacks = at.scheme == "https" and (at.hostname or "").endswith(_SLACKS)
        if not (is_slacks or (at.scheme, at.netloc) == (ours.scheme, ours.netloc)) or self._client.session is None:
            raise Refusal("foreign_upload_url")
        try:
            async with self._client.session.post(address, data=content, allow_redirects=False) as answer:
                if answer.status != 200:
                    raise Refusal(f"http_{answer.status}")
        except (aiohttp.ClientError, OSError, TimeoutError):
            raise Unanswered from None
