"""Asks the workspace something and hands back what it says to it, refusal or not."""

from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient


async def error_of(client: AsyncWebClient, method: str, **arguments: Any) -> str:
    """The error a call is answered with; `ok` if there is none."""
    return str((await answer_of(client, method, **arguments)).get("error", "ok"))


async def answer_of(client: AsyncWebClient, method: str, **arguments: Any) -> dict[str, Any]:
    """The whole answer to a call, in JSON, whatever it is."""
    try:
        answer = await client.api_call(method, json=arguments)
    except SlackApiError as refused:
        return dict(refused.response.data)
    return dict(answer.data)  # type: ignore[arg-type]
