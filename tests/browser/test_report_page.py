"""The report as a page, in a browser."""

from typing import TYPE_CHECKING, Literal

import pytest

from bot.reports.report import NamedDocument
from bot.reports.report_page import page as report_page
from knowledge.drafting.draft import DraftStatus
from tests.bot.reports.examples import FACTS, decided
from tests.bot.reports.test_sections import report
from tests.browser.contrast import TOO_FAINT

if TYPE_CHECKING:
    from playwright.async_api import Browser

HOSTILE = NamedDocument(title="<img src=x onerror=alert(1)> " + "verylongword" * 30, owner="Billing")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_it_is_readable_on_a_phone_and_runs_nothing(browser: "Browser", scheme: Literal["light", "dark"]) -> None:
    made = report(
        *(decided(DraftStatus.APPROVED, 5, f"t{n}", edits=(FACTS,) * 5) for n in range(9)),
        documents={"refund-policy": HOSTILE},
    )
    context = await browser.new_context(viewport={"width": 360, "height": 740}, color_scheme=scheme)
    problems: list[str] = []
    page = await context.new_page()
    page.on("console", lambda message: problems.append(message.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("request", lambda request: problems.append(request.url))
    await page.set_content(report_page(made))
    assert await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert await page.locator("img").count() == 0
    assert await page.get_by_text("<img src=x onerror=alert(1)>").count()
    assert await page.get_by_role("row").count() == 1 + 1 + 2 + 2
    assert await page.evaluate(TOO_FAINT) == []
    assert problems == []
    await context.close()
