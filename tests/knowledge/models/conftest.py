from collections.abc import AsyncIterator

import pytest

from tests.knowledge.models.completions_server import CompletionsServer


@pytest.fixture
async def server() -> AsyncIterator[CompletionsServer]:
    async with CompletionsServer() as running:
        yield running
