"""Identity: who we are in the workspace."""

from typing import NamedTuple

from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.client import call


class Own(NamedTuple):
    """Our own ids."""

    team_id: str
    user_id: str
    bot_id: str
    """What our messages are signed with."""


class Identity:
    """Our own ids, asked for once."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._own: Own | None = None

    async def read(self) -> Own:
        """Our ids. Raises `Undelivered`."""
        if self._own is None:
            answer = await call(self._client, "auth.test")
            self._own = Own(str(answer["team_id"]), str(answer["user_id"]), str(answer["bot_id"]))
        return self._own
