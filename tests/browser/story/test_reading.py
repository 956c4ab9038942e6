"""Stories of reading: on a phone, in the dark, without a mouse."""

from typing import TYPE_CHECKING, Literal

import pytest

from tests.browser.conftest import Pages
from tests.browser.contrast import TOO_FAINT
from tests.browser.story.conftest import Screenshot
from tests.browser.story.scenes import PATIENCE_MS, ask, card
from tests.office import Office

if TYPE_CHECKING:
    from playwright.async_api import Page

expect = pytest.importorskip("playwright.async_api").expect

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
TOO_WIDE = """() => [...document.querySelectorAll("html, #replies, #replies *")]
    .filter((node) => node.scrollWidth > Math.ceil(node.getBoundingClientRect().width) && node.clientWidth > 1)
    .map((node) => node.className || node.tagName)"""


async def test_a_real_card_can_be_read_on_a_phone_in_light_and_dark(
    office: Office, page_for: Pages, screenshot: Screenshot
) -> None:
    page = await page_for(office.sandbox, viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    asked = await ask(page, "Hacked account")
    await expect(asked.get_by_role("button", name="Approve")).to_be_visible()
    for scheme in SCHEMES:
        await page.emulate_media(color_scheme=scheme)
        assert await page.evaluate("document.documentElement.scrollWidth") == 390
        assert await page.evaluate(TOO_WIDE) == []
        assert await page.evaluate(TOO_FAINT) == []
        await screenshot(page, f"phone-{scheme}")


async def test_a_decided_card_can_be_read_in_the_dark(office: Office, page_for: Pages, screenshot: Screenshot) -> None:
    page = await page_for(office.sandbox, "U0BEN", color_scheme="dark")
    asked = await ask(page, "Refund, day 6")
    await asked.get_by_role("button", name="Approve").click()
    await expect(asked).to_contain_text("Approved by @Ben Okoro")
    assert await page.evaluate(TOO_FAINT) == []
    await screenshot(page, "dark")


async def tab_to(page: "Page", selector: str, key: str = "Tab") -> None:
    """Press a key until something has the focus."""
    for _ in range(60):
        if await page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
            return
        await page.keyboard.press(key)
    pytest.fail(f"{key} does not lead to {selector}.")


async def test_a_ticket_is_sent_claimed_and_approved_without_a_mouse(office: Office, page_for: Pages) -> None:
    page = await page_for(office.sandbox)
    await page.keyboard.press("/")
    await page.keyboard.type("Hello, which browsers do you support?")
    await page.keyboard.press("Enter")
    sent = page.locator("#messages .message", has_text="which browsers do you support?").last
    await expect(sent.locator(".summary")).to_be_visible(timeout=PATIENCE_MS)
    await tab_to(page, "#messages .message", "Shift+Tab")
    await page.keyboard.press("End")
    await page.keyboard.press("Enter")
    await expect(card(page).get_by_role("button", name="Approve")).to_be_visible(timeout=PATIENCE_MS)
    await tab_to(page, "#replies .message")
    await page.keyboard.press("End")
    await page.keyboard.press("+")
    for _ in range(5):
        await page.keyboard.press("ArrowRight")
    await page.keyboard.press("Enter")
    await expect(card(page)).to_contain_text("@Ana Lind is on it")
    await tab_to(page, "#replies .button.primary")
    await page.keyboard.press("Enter")
    await expect(card(page)).to_contain_text("Approved by @Ana Lind")
