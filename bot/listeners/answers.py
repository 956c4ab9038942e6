"""Private answers to a command or a click, through the address that came with it."""

from typing import Any
from urllib.parse import urlsplit

from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.listeners.services import Services

_SLACK = "hooks.slack.com"


async def answer(services: Services, body: dict[str, Any], *, text: str = "", **message: Any) -> None:
    """Tell the person alone. The address must be Slack's own; it is neither stored nor logged."""
    address = str(body.get("response_url") or "")
    if (urlsplit(address).hostname or "") not in (_SLACK, services.response_host):
        return
    client = AsyncWebhookClient(address, retry_handlers=[])
    await client.send(text=text, response_type="ephemeral", replace_original=False, **message)


async def dismiss(services: Services, body: dict[str, Any]) -> None:
    """Take a private notice away."""
    address = str(body.get("response_url") or "")
    if (urlsplit(address).hostname or "") in (_SLACK, services.response_host):
        await AsyncWebhookClient(address, retry_handlers=[]).send(delete_original=True)
