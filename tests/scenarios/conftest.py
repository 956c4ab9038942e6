from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.settings import Settings
from tests.office import Office, open_office


@pytest.fixture
async def office(sample: Settings, tmp_path: Path) -> AsyncIterator[Office]:
    """The bot at work in the local workspace, over Socket Mode."""
    async with open_office(sample, tmp_path / "desk") as opened:
        yield opened
