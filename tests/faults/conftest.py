from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox.sandbox import Sandbox
from tests.faults.desks import small_desk


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A small desk's folder."""
    return small_desk(tmp_path / "desk")


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """A workspace."""
    async with Sandbox() as opened:
        yield opened
