"""The story of a link: the ticket is read, the customer writes again, the draft is out of date."""

import pytest

from tests.browser.conftest import Pages
from tests.browser.story.conftest import Screenshot
from tests.browser.story.scenes import DESKTOP, card
from tests.office import Office

expect = pytest.importorskip("playwright.async_api").expect


async def test_a_link_becomes_a_draft_and_the_ticket_is_one_click_away(
    office: Office, page_for: Pages, screenshot: Screenshot
) -> None:
    page = await page_for(office.sandbox, viewport=DESKTOP)
    await page.get_by_role("button", name="A ticket's link").click()
    await expect(card(page)).to_contain_text("Zendesk #4821: Refund for annual plan")
    await expect(card(page)).to_contain_text("within 14 days of purchase. [1]")
    await expect(card(page)).to_contain_text("Pictures and files were not read: receipt.png.")
    await screenshot(page, "link")

    async with page.context.expect_page() as opening:
        await card(page).get_by_role("link", name="Zendesk #4821").click()
    ticket = await opening.value
    await expect(ticket.get_by_role("heading", level=1)).to_have_text("#4821 Refund for annual plan")
    await screenshot(ticket, "ticket")
    await ticket.get_by_label("Write again as the customer").fill("And which browsers does Harborlight run in?")
    await ticket.get_by_role("button", name="Send as the customer").click()
    await expect(ticket.get_by_text("And which browsers does Harborlight run in?")).to_be_visible()
    await ticket.close()

    await card(page).get_by_role("button", name="Approve").click()
    await expect(card(page)).to_contain_text("Out of date. The customer wrote again.")
    await expect(card(page).get_by_role("button", name="Approve")).to_have_count(0)
    await screenshot(page, "out-of-date")
