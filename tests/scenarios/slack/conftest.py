"""One office for each story; a story that changes the desk's files or its world opens offices of its own."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from functools import partial
from pathlib import Path

import pytest
import pytest_asyncio

from bot.settings import Settings
from tests.office import Office, open_office

Opened = Callable[..., AbstractAsyncContextManager[Office]]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def office(sample: Settings, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    """The bot at work in the local workspace, shared by the tests of a file."""
    async with open_office(sample, tmp_path_factory.mktemp("office") / "desk") as opened:
        yield opened


@pytest.fixture
def opened(sample: Settings, tmp_path: Path) -> Opened:
    """Opens an office for one test alone."""
    return partial(open_office, sample, tmp_path / "desk")
