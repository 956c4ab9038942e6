"""Addresses: asks Slack for the address of a socket, at its pace, and knows when there is no use in asking again."""

import asyncio
import time
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.errors import Undelivered
from bot.slack.client import outcome
from bot.slack.refusals import Limited, Refusal

_LONGEST_PAUSE = 30.0
_REFUSED = (
    "Slack does not accept the app token ({}); make one with the scope connections:write in the app's settings "
    "and set SLACK_APP_TOKEN to it."
)


class Addresses(AsyncWebClient):
    """What the SDK's connection asks for its addresses."""

    def __init__(self, client: AsyncWebClient) -> None:
        super().__init__(base_url=client.base_url, session=client.session, retry_handlers=[])
        self.proxy = client.proxy
        self.failed = asyncio.Event()
        self.failure: Undelivered | None = None
        """Why no connection will ever be made."""
        self._not_before = 0.0
        self._pause = 1.0

    async def apps_connections_open(self, *, app_token: str, **kwargs: Any) -> AsyncSlackResponse:
        """The address, asked for when Slack lets us. The SDK repeats what raises."""
        await asyncio.sleep(max(0.0, self._not_before - time.monotonic()))
        try:
            answer = await super().apps_connections_open(app_token=app_token, **kwargs)
        except SlackApiError as error:
            self._note(outcome(error))
            raise
        self._pause = 1.0
        return answer

    def hold(self, seconds: float) -> None:
        """Asks for nothing for a while."""
        self._not_before = max(self._not_before, time.monotonic() + seconds)

    def fail(self, failure: Undelivered) -> None:
        """Notes that there is no use in going on."""
        self.failure = failure
        self.failed.set()

    def _note(self, come_of_it: Undelivered) -> None:
        if isinstance(come_of_it, Refusal):
            self.fail(Undelivered(_REFUSED.format(come_of_it.code)))
        elif isinstance(come_of_it, Limited):
            self.hold(come_of_it.seconds)
        else:
            self.hold(self._pause)
            self._pause = min(self._pause * 2, _LONGEST_PAUSE)
