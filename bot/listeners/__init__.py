"""Listeners: thin translations of what Slack delivers, one file per thing people do.

They run before the acknowledgement and do nothing slow: commit what is to be done, open a window, or hand an errand
to the background.
"""

import logging
import re
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.listeners import actions, commands, home, messages, reactions, shortcuts, views
from bot.listeners.services import Services

__all__ = ["Services", "register"]

_log = logging.getLogger(__name__)
_HEARD = {"event_callback", "block_actions", "message_action", "shortcut", "view_submission"}
"""The kinds of deliveries that our listeners are asked about, besides commands."""


def register(app: AsyncApp, services: Services, team_id: str) -> None:
    """Give an app its listeners. What nobody listens to is acknowledged, or Slack would deliver it again."""

    async def ours(body: dict[str, Any], next_: Any) -> BoltResponse | None:
        if body.get("type") == "event_callback" and body.get("team_id") not in (team_id, None):
            _log.warning("event of another workspace dropped", extra={"event": body.get("event_id", "")})
            return BoltResponse(status=200, body="")
        if body.get("type") not in _HEARD and "command" not in body:
            # Bolt would answer 404 and write what it holds to the log.
            _log.info("delivery of no interest", extra={"kind": body.get("type", "")})
            return BoltResponse(status=200, body="")
        await next_()
        return None

    app.middleware(ours)
    for part in (messages, reactions, actions, commands, shortcuts, views, home):
        part.register(app, services)
    for listen in (app.event, app.command, app.shortcut, app.view):
        listen(re.compile(".*"))(_ignored)

    @app.error
    async def failed(error: Exception) -> BoltResponse:
        # Not acknowledged: Slack delivers it again, or shows the person that it failed.
        _log.error("delivery failed", extra={"error": type(error).__name__})
        return BoltResponse(status=503, body="")


async def _ignored(ack: AsyncAck, body: dict[str, Any]) -> None:
    _log.info("delivery of no interest", extra={"kind": body.get("type", ""), "event": body.get("event_id", "")})
    await ack()
