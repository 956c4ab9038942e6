"""The page of an evaluation, as a browser shows it."""

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import pytest_asyncio

from bot.reports.eval_page import page as eval_page
from knowledge.drafting.draft import Outcome
from knowledge.evals.report import Report
from knowledge.evals.scoring import Answer, Question
from knowledge.evals.thresholds import Thresholds
from tests.browser.conftest import PATIENCE_MS
from tests.browser.contrast import TOO_FAINT
from tests.knowledge.evals.results import a_result

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

expect = pytest.importorskip("playwright.async_api").expect
HOSTILE = (
    "<script>document.title = 'taken'</script><img src=x onerror=\"document.title='taken'\"> </p></article>"
    "<style>body{display:none}</style> {{ 7 * 7 }} &lt;b&gt; https://evil.example/" + "x" * 400 + " \u202egnp.exe"
)
SENTENCE = "Refunds take 14 days."


def a_report() -> Report:
    wrong = {Question.FACTS: Answer(right=False, reasons=("is answered, not partial", f"says '{HOSTILE}'"))}
    return Report(
        (
            a_result("good", "Refund?"),
            a_result("shaky", "Refund?", statuses=(Outcome.ANSWERED, Outcome.PARTIAL)),
            a_result("hostile", HOSTILE, score=wrong, reply=f"{SENTENCE} {HOSTILE}", paraphrases=(HOSTILE,)),
        ),
        Thresholds(),
    )


@pytest_asyncio.fixture(loop_scope="session", params=["light", "dark"])
async def page(browser: "Browser", tmp_path: Path, request: pytest.FixtureRequest) -> "AsyncIterator[Page]":
    """The page on a phone. In the end nothing was complained of and nobody was asked for anything."""
    file = tmp_path / "report.html"
    file.write_text(eval_page(a_report(), "Harborlight & <Co>", date(2026, 11, 1)), encoding="utf-8")
    options: dict[str, Any] = {"viewport": {"width": 360, "height": 700}, "color_scheme": request.param}
    context = await browser.new_context(**options)
    context.set_default_timeout(PATIENCE_MS)
    page, problems = await context.new_page(), []
    page.on("console", lambda message: problems.append(message.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("request", lambda asked: None if asked.url.startswith("file:") else problems.append(asked.url))
    await page.goto(file.as_uri())
    yield page
    await context.close()
    assert problems == []


async def test_a_phone_needs_no_sideways_scrolling_and_all_can_be_read_in_light_and_dark(page: "Page") -> None:
    for summary in await page.locator("article:not(.is-wrong) summary").all():
        await summary.click()
    assert await page.locator("details[open]").count() == 3
    assert await page.evaluate("document.documentElement.scrollWidth") <= 360
    assert await page.evaluate(TOO_FAINT) == []


async def test_hostile_words_stay_words(page: "Page") -> None:
    await expect(page).to_have_title("Test tickets of Harborlight & <Co>")
    case = page.locator("article", has=page.get_by_role("heading", name="hostile"))
    await expect(case.locator(".text").first).to_contain_text("<script>document.title = 'taken'</script>")
    await expect(case.locator(".text").nth(1)).to_contain_text("<img src=x")
    await expect(case.locator(".text").first).to_contain_text("{{ 7 * 7 }}")
    assert await page.locator("script, img, iframe, main style, article a").count() == 0
    assert "\u202e" not in await page.content()
    await expect(page.locator("article")).to_have_count(3)


async def test_what_went_wrong_comes_first_and_open_and_the_rest_is_chosen_without_a_script(page: "Page") -> None:
    names = page.locator("article:visible h2")
    await expect(names).to_have_text(["hostile", "shaky", "good"])
    assert await page.locator("article").first.locator("details").get_attribute("open") is not None
    await expect(page.get_by_text("is answered, not partial")).to_be_visible()
    await page.get_by_label("1 wrong").check()
    await expect(names).to_have_text(["hostile"])
    await page.get_by_label("2 right").check()
    await expect(names).to_have_text(["shaky", "good"])
    await page.get_by_label("1 not stable").check()
    await expect(names).to_have_text(["shaky"])
    await page.get_by_label("all 3").focus()
    await page.keyboard.press("Space")
    await expect(names).to_have_count(3)


async def test_each_draft_stands_beside_its_proofs_and_what_was_expected(page: "Page") -> None:
    case = page.locator("article", has=page.get_by_role("heading", name="good"))
    await case.locator("summary").click()
    await expect(case.get_by_text(f"{SENTENCE} [1]")).to_be_visible()
    await expect(case.locator("ol li")).to_contain_text(SENTENCE)
    await expect(case.locator("ol li")).to_contain_text("approved by Mara")
    await expect(case.get_by_role("row", name="cites refunds")).to_be_visible()
    await expect(case.get_by_role("row", name="Only approved facts? right")).to_be_visible()
    await expect(page.get_by_role("row", name="Only approved facts? 2 of 3 66 % 80 %")).to_be_visible()
    for table in await page.get_by_role("table").all():
        assert await table.locator("th[scope]").count() > 1
