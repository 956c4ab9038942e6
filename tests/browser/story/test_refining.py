"""Stories of refining: a person's own words, and a word in the thread."""

import pytest

from tests.browser.conftest import Pages
from tests.browser.story.conftest import Screenshot
from tests.browser.story.scenes import ask, card, follow, question, told
from tests.office import Office

expect = pytest.importorskip("playwright.async_api").expect

OURS = "We will also call you tomorrow."


async def test_an_edited_sentence_is_marked_as_unproven_and_approved_after_a_question(
    office: Office, page_for: Pages, screenshot: Screenshot
) -> None:
    ana, ben = await page_for(office.sandbox), await page_for(office.sandbox, "U0BEN")
    asked = await ask(ana, "Refund, day 6")
    await (await follow(ben, asked)).get_by_role("button", name="Edit").click()
    form = question(ben, "Edit the reply")
    reply = form.get_by_role("textbox", name="Reply")
    before = await reply.input_value()
    await reply.fill(before.replace("Thank you for telling us about your payment.", OURS))
    await screenshot(ben, "editor")
    await form.get_by_role("button", name="Save").click()
    await expect(form).to_be_hidden()

    await expect(asked).to_contain_text("v2")
    await expect(asked).to_contain_text("edited by @Ben Okoro")
    await expect(asked.locator("blockquote, .rich")).to_contain_text([f"{OURS} [not proven]"])
    await expect(told(ben)).to_contain_text("not proven by an approved document")
    await expect(ana.locator("#replies .ephemeral")).to_have_count(0)
    await card(ben).get_by_role("button", name="Approve").click()
    await expect(question(ben, "Approve this reply?")).to_contain_text("1 sentence without a proof")
    await question(ben, "Approve this reply?").get_by_role("button", name="Approve").click()
    await expect(asked).to_contain_text("Approved by @Ben Okoro")
    await expect(asked.locator("pre")).to_contain_text(OURS)


async def test_a_word_in_the_thread_makes_a_shorter_version_and_the_first_stays_readable(
    office: Office, page_for: Pages, screenshot: Screenshot
) -> None:
    page = await page_for(office.sandbox)
    asked = await ask(page, "Two questions")
    left_out = "Thank you for getting in touch with us."
    await expect(asked).to_contain_text(left_out)
    reply = page.get_by_role("textbox", name="Reply…")
    await reply.fill("shorter")
    await reply.press("Enter")
    await expect(asked).to_contain_text("v2")
    await expect(asked).not_to_contain_text(left_out)
    await asked.get_by_role("button", name="Earlier versions").click()
    await expect(question(page, "Version")).to_contain_text(left_out)
    await screenshot(page, "version")
    await page.keyboard.press("Escape")
    await expect(question(page, "Version")).to_be_hidden()
