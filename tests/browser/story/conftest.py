"""One office for all stories, with the sample tickets of the demo; and where their screenshots are kept."""

import os
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from bot.demo import samples
from bot.sandbox.world import World
from bot.settings import Settings
from tests.office import Office, open_office

if TYPE_CHECKING:
    from playwright.async_api import Page

Screenshot = Callable[["Page", str], Awaitable[None]]


@pytest_asyncio.fixture(scope="package", loop_scope="session")
async def office(sample: Settings, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    """The bot at work in the local workspace; it takes seconds to start, so the stories share it."""
    folder = tmp_path_factory.mktemp("office") / "desk"
    async with open_office(sample, folder, world=World.sample(samples=samples(sample.desk))) as opened:
        yield opened


@pytest.fixture
def screenshot(tmp_path: Path) -> Screenshot:
    """Keeps what a page shows: in the folder PROOFDESK_SCREENSHOTS, or else among the test's own files."""
    folder = Path(os.environ.get("PROOFDESK_SCREENSHOTS") or tmp_path)

    async def keep(page: "Page", name: str) -> None:
        await page.screenshot(path=folder / f"{name}.png", animations="disabled")

    return keep
