"""What browser tests share: one Chromium, and pages that must have nothing to complain about.

The browser lives as long as the session, so everything here runs in the session's event loop: tests in this folder are
marked for it below, and an async fixture beside them says `loop_scope="session"`.
"""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import pytest_asyncio

from bot.sandbox.sandbox import Sandbox

if TYPE_CHECKING:
    from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page, Request

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PATIENCE_MS = 10_000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents and pytest_asyncio.is_async_test(item):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> "AsyncIterator[Browser]":
    """Chromium, started once."""
    api = pytest.importorskip("playwright.async_api", reason="Playwright is not installed.")
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        pytest.skip("There is no Chromium on the PATH.")
    api.expect.set_options(timeout=PATIENCE_MS)
    async with api.async_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-dev-shm-usage"]
        browser = await playwright.chromium.launch(executable_path=program, args=arguments)
        yield browser
        await browser.close()


class Pages:
    """Opens the local workspace in the browser, each page with storage of its own, and collects what goes wrong."""

    def __init__(self, browser: "Browser") -> None:
        self.problems: list[str] = []
        """Errors in the console, failed requests, requests to anybody else. A test that expects some clears them."""
        self._browser = browser
        self._contexts: list[BrowserContext] = []

    async def __call__(
        self, sandbox: Sandbox, person: str = "U0ANA", *, channel: str = "", wait: bool = True, **options: Any
    ) -> "Page":
        """A page that shows the workspace as a person sees it; options are those of a browser context."""
        context = await self._browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **options})
        context.set_default_timeout(PATIENCE_MS)
        self._contexts.append(context)
        page = await context.new_page()
        self._watch(page, sandbox.url)
        await page.goto(f"{sandbox.url}/#as={person}" + (f"&c={channel}" if channel else ""))
        if wait:
            await page.locator("#sidebar .you").wait_for(state="attached")
        return page

    async def close(self) -> None:
        """Close every page."""
        for context in self._contexts:
            await context.close()

    def _watch(self, page: "Page", url: str) -> None:
        def complained(message: "ConsoleMessage") -> None:
            # The stream ends whenever the workspace does; the page says so itself.
            if message.type in ("error", "warning") and "/door/stream" not in message.location["url"]:
                self.problems.append(f"{message.type}: {message.text}")

        def failed(request: "Request") -> None:
            if "/door/stream" not in request.url and request.failure != "net::ERR_ABORTED":
                self.problems.append(f"{request.method} {request.url}: {request.failure}")

        def asked(request: "Request") -> None:
            if not request.url.startswith((url, "data:")):
                self.problems.append(f"Asked somebody else: {request.url}")

        page.on("console", complained)
        page.on("pageerror", lambda error: self.problems.append(f"exception: {error}"))
        page.on("requestfailed", failed)
        page.on("request", asked)


@pytest_asyncio.fixture(loop_scope="session")
async def page_for(browser: "Browser") -> AsyncIterator[Pages]:
    """`await page_for(sandbox, "U0OLI", color_scheme="dark")` opens a page; nothing may have gone wrong in the end."""
    pages = Pages(browser)
    yield pages
    await pages.close()
    assert not pages.problems, "\n".join(pages.problems)
