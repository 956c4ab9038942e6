"""Stories of a stranger: the first steps, a question to the documents, the app's home."""

import pytest

from tests.browser.conftest import Pages
from tests.browser.story.conftest import Screenshot
from tests.browser.story.scenes import ask, become, card, react, told, write
from tests.office import Office

expect = pytest.importorskip("playwright.async_api").expect


async def test_the_first_steps_are_ticked_off_one_by_one(
    office: Office, page_for: Pages, screenshot: Screenshot
) -> None:
    page = await page_for(office.sandbox, "")
    await expect(page.get_by_role("button", name="You are Ana Lind")).to_be_visible()
    steps = page.get_by_role("region", name="First steps")
    next_one = steps.locator("[aria-current=step]")
    await expect(next_one).to_contain_text("Click a sample ticket")
    await page.get_by_role("button", name="Refund, day 6").click()
    await expect(next_one).to_contain_text("Approve it")
    await react(card(page), "approve")
    await expect(card(page)).to_contain_text("Approved by @Ana Lind")
    await expect(next_one).to_contain_text("Become Oli Brandt")
    await expect(steps.get_by_role("heading")).to_have_text("Try this (3 of 5 done)")
    await screenshot(page, "first-steps")
    await become(page, "Oli Brandt")
    await react(card(page), "approve")
    await expect(told(page)).to_contain_text("Guests do not decide on drafts")
    await expect(next_one).to_contain_text("/kb how long is the refund window")
    await become(page, "Ana Lind")
    await write(page).fill("/kb how long is the refund window")
    await write(page).press("Enter")
    await expect(steps.locator("li.done")).to_have_count(5)
    await expect(steps.get_by_role("heading")).to_contain_text("That was it")
    await expect(page.locator("#messages .ephemeral").last).to_contain_text("14 days")


async def test_an_answer_from_the_documents_is_private_until_it_is_shared(
    office: Office, page_for: Pages, screenshot: Screenshot
) -> None:
    ana, ben = await page_for(office.sandbox), await page_for(office.sandbox, "U0BEN")
    await write(ana).fill("/kb which browsers are supported")
    await write(ana).press("Enter")
    answer = ana.locator("#messages .ephemeral").last
    await expect(answer).to_contain_text("which browsers are supported")
    await expect(answer).to_contain_text("[1]")
    await expect(ben.get_by_text("which browsers are supported")).to_have_count(0)
    await answer.get_by_role("button", name="Share in channel").click()
    shared = ben.locator("#messages .message").last
    await expect(shared).to_contain_text("which browsers are supported")
    await expect(shared).to_contain_text("Shared by @Ana Lind")
    await screenshot(ben, "shared")


async def test_the_home_of_the_app_lists_what_one_has_asked_for(
    office: Office, page_for: Pages, screenshot: Screenshot
) -> None:
    page = await page_for(office.sandbox)
    await ask(page, "Hacked account")
    await page.get_by_role("link", name="Proofdesk").click()
    home = page.get_by_role("region", name="App home")
    await expect(home).to_contain_text("The desk is on.")
    await expect(home).to_contain_text("Asked for by you")
    await expect(home).to_contain_text("“URGENT somebody is in my account”")
    await screenshot(page, "home")
