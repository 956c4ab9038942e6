"""Stories of deciding: approved, refused, approved by two, rejected."""

import re

import pytest

from bot.sandbox.faults import Fault
from tests.browser.conftest import Pages
from tests.browser.story.conftest import Screenshot
from tests.browser.story.scenes import DESKTOP, ask, become, card, follow, question, react, told
from tests.office import Office

expect = pytest.importorskip("playwright.async_api").expect

CLIPBOARD = ["clipboard-read", "clipboard-write"]


async def test_ana_asks_and_ben_approves_and_copies_the_reply(
    office: Office, page_for: Pages, screenshot: Screenshot
) -> None:
    page = await page_for(office.sandbox, viewport=DESKTOP, permissions=CLIPBOARD)
    office.sandbox.faults.add("chat.update", Fault.SLOW(1))
    await page.get_by_role("button", name="Refund, day 6").click()
    await expect(card(page)).to_contain_text("Drafting a reply")
    await expect(card(page)).to_contain_text("within 14 days of purchase. [1]")
    source = card(page).get_by_role("link", name="Refund policy › Yearly plans").first
    await expect(source).to_have_attribute("href", re.compile("^https://"))
    await expect(card(page)).to_contain_text("approved by Priya Raman")
    await screenshot(page, "draft")

    await become(page, "Ben Okoro")
    await react(card(page), "approve")
    await expect(card(page)).to_contain_text("Approved by @Ben Okoro")
    await expect(card(page).get_by_role("button", name="Approve")).to_have_count(0)
    await card(page).get_by_role("button", name="Copy").click()
    ts = await card(page).get_attribute("data-ts")
    reply = (await office.draft({"ts": ts})).draft.reply
    assert await page.evaluate("navigator.clipboard.readText()") == reply
    assert reply.startswith("Hi Dana,")
    await screenshot(page, "approved")


async def test_the_approval_of_a_guest_is_refused_and_only_the_guest_is_told(
    office: Office, page_for: Pages, screenshot: Screenshot
) -> None:
    ana, oli = await page_for(office.sandbox), await page_for(office.sandbox, "U0OLI")
    asked = await ask(ana, "Refund, day 6")
    await react(await follow(oli, asked), "approve")
    await expect(told(oli)).to_contain_text("Guests do not decide on drafts")
    await expect(told(oli)).to_contain_text("Only visible to you")
    await screenshot(oli, "refused")
    await expect(asked.locator("[data-reaction=white_check_mark]")).to_have_text("✅ 1")
    await expect(ana.locator("#replies .ephemeral")).to_have_count(0)
    await expect(asked.get_by_role("button", name="Approve")).to_be_visible()


async def test_a_risky_draft_is_approved_by_two_after_a_question_each(
    office: Office, page_for: Pages, screenshot: Screenshot
) -> None:
    ana, ben, sam = [await page_for(office.sandbox, each, viewport=DESKTOP) for each in ("U0ANA", "U0BEN", "U0SAM")]
    asked = await ask(ana, "Chargeback")
    await expect(asked).to_contain_text("billing dispute")
    await asked.get_by_role("button", name="Approve").click()
    await expect(question(ana, "Approve this reply?")).to_contain_text("billing dispute")
    await screenshot(ana, "question")
    await question(ana, "Approve this reply?").get_by_role("button", name="Approve").click()
    await expect(told(ana)).to_contain_text("somebody else must approve it")

    await (await follow(ben, asked)).get_by_role("button", name="Approve").click()
    await question(ben, "Approve this reply?").get_by_role("button", name="Back").click()
    await expect(card(ben).get_by_role("button", name="Approve")).to_be_focused()
    await card(ben).get_by_role("button", name="Approve").press("Enter")
    await question(ben, "Approve this reply?").get_by_role("button", name="Approve").click()
    await expect(asked).to_contain_text("1 of 2 · approved by @Ben Okoro")

    await (await follow(sam, asked)).get_by_role("button", name="Approve (second)").click()
    await question(sam, "Approve this reply?").get_by_role("button", name="Approve").click()
    for page in (ana, ben, sam):
        await expect(card(page)).to_contain_text("Approved by @Ben Okoro and @Sam Reyes")


async def test_a_rejection_for_a_factual_error_names_the_sentence(
    office: Office, page_for: Pages, screenshot: Screenshot
) -> None:
    ana, ben = await page_for(office.sandbox), await page_for(office.sandbox, "U0BEN")
    asked = await ask(ana, "Refund, day 6")
    await (await follow(ben, asked)).get_by_role("button", name="Reject").click()
    form = question(ben, "Reject the draft")
    await form.get_by_role("button", name="Reject").click()
    await expect(form.get_by_label("Why?")).to_have_accessible_description("Please fill this in.")
    await form.get_by_label("Why?").select_option("factual_error")
    await form.get_by_role("button", name="Reject").click()
    sentence = form.get_by_label("Which sentence?")
    await expect(sentence).to_have_accessible_description("Please say which sentence is wrong.")
    await screenshot(ben, "reject")
    await sentence.select_option("1")
    await form.get_by_role("button", name="Reject").click()
    await expect(form).to_be_hidden()
    await expect(asked).to_contain_text("Rejected by @Ben Okoro")
    await expect(asked).to_contain_text("Sentence 2: “A yearly plan is not refunded")

    # Taken back, the passage is not reported any more, and the tickets of the other tests are as before.
    await card(ben).get_by_role("button", name="Undo").click()
    await expect(asked).not_to_contain_text("Rejected by @Ben Okoro")
    await expect(asked).not_to_contain_text("Reported as wrong")
