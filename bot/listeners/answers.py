"""Private answers to a command or a click, through the address that came with it."""

import logging
from typing import Any
from urllib.parse import urlsplit

from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.content import Notice
from bot.errors import Undelivered
from bot.intents import Place
from bot.listeners.services import Services
from bot.slack.client import call

_LOG = logging.getLogger(__name__)
_NOT_OPENED = Notice(text="Slack did not open the window in time. Please press the button again.")
_SLACK = "hooks.slack.com"


async def answer(services: Services, body: dict[str, Any], *, text: str = "", **message: Any) -> None:
    """Tell the person alone. The address must be Slack's own; it is neither stored nor logged."""
    address = str(body.get("response_url") or "")
    if (urlsplit(address).hostname or "") not in (_SLACK, services.response_host):
        return
    client = AsyncWebhookClient(address, retry_handlers=[])
    await client.send(text=text, response_type="ephemeral", replace_original=False, **message)


async def open_window(services: Services, body: dict[str, Any], view: dict[str, Any], place: Place) -> None:
    """Open a window for who pressed or said something; they are told where Slack does not open it."""
    try:
        await call(services.client, "views.open", trigger_id=body["trigger_id"], view=view)
    except Undelivered as error:
        _LOG.warning("window_not_opened", extra={"reason": type(error).__name__})
        person = body.get("user_id") or body["user"]["id"]
        services.errands.run(services.parts.messenger.whisper(place, person, _NOT_OPENED))


async def dismiss(services: Services, body: dict[str, Any]) -> None:
    """Take a private notice away."""
    address = str(body.get("response_url") or "")
    if (urlsplit(address).hostname or "") in (_SLACK, services.response_host):
        await AsyncWebhookClient(address, retry_handlers=[]).send(delete_original=True)
