"""What listeners hand deliveries and questions to."""

from dataclasses import dataclass

from slack_sdk.web.async_client import AsyncWebClient

from bot.errands import Errands
from bot.parts import Parts
from bot.reception import Reception
from bot.status import Status


@dataclass(frozen=True)
class Services:
    """The parts of the desk that listeners use."""

    reception: Reception
    parts: Parts
    status: Status
    errands: Errands
    client: AsyncWebClient
    """For modals and the home tab, which need an answer within seconds."""
    bot_user: str
    """The bot's own user id."""
    response_host: str
    """The only host besides Slack's that may be answered to: that of the Web API."""
