"""A workspace without a bot: cards are posted with the SDK."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.sandbox import Sandbox
from bot.sandbox.world import World
from tests.browser.page.cards import SAMPLES


@pytest_asyncio.fixture(loop_scope="session")
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(World.sample(samples=SAMPLES)) as sandbox:
        yield sandbox


@pytest.fixture
def bot(sandbox: Sandbox) -> AsyncWebClient:
    return AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url, retry_handlers=[])
