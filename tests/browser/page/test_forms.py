"""Forms: modals filled in, refused, sent and closed."""

import json

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.sandbox import Sandbox
from tests.bot.sandbox.apps import endpoint
from tests.browser.conftest import Pages
from tests.browser.page.cards import FORM, card_shown, thread

expect = pytest.importorskip("playwright.async_api").expect


async def test_a_form_shows_what_is_wrong_at_the_field_and_sends_what_is_filled_in(
    sandbox: Sandbox, bot: AsyncWebClient, page_for: Pages
) -> None:
    page = await page_for(sandbox)
    async with endpoint(sandbox) as app:
        await card_shown(sandbox, bot, page)
        await thread(page).get_by_role("button", name="Edit").click()
        await sandbox.until(lambda: sandbox.last_interaction)
        await bot.views_open(trigger_id=sandbox.last_interaction["trigger_id"], view=FORM)
        form = page.get_by_role("dialog", name="Edit the draft")
        reply = form.get_by_role("textbox", name="Reply")
        await expect(reply).to_be_focused()
        await form.get_by_role("button", name="Save").click()
        await expect(form.locator(".error:visible")).to_have_text(["Please fill this in."] * 2)
        await reply.fill("Never promise")
        await expect(form.locator(".counter")).to_have_text("37")
        await form.get_by_label("Reason").select_option("fact")
        await form.get_by_role("radio", name="second").check()
        app.body = json.dumps({"response_action": "errors", "errors": {"reply": "This promises a refund."}})
        await form.get_by_role("button", name="Save").click()
        await expect(reply).to_have_attribute("aria-invalid", "true")
        await expect(reply).to_have_accessible_description("This promises a refund.")
        await expect(form.get_by_label("Reason")).to_have_value("fact")
        app.body = ""
        await reply.fill("Better")
        await form.get_by_role("button", name="Save").click()
        await expect(form).to_be_hidden()
        values = sandbox.last_interaction["view"]["state"]["values"]
        assert values["reply"]["text"]["value"] == "Better"
        assert values["reason"]["why"]["selected_option"]["value"] == "fact"
        assert values["sentence"]["which"]["selected_option"]["value"] == "second"
        await expect(thread(page).get_by_role("button", name="Edit")).to_be_focused()
        await sandbox.settled()


async def test_escape_closes_a_form_and_the_app_hears_of_it(
    sandbox: Sandbox, bot: AsyncWebClient, page_for: Pages
) -> None:
    page = await page_for(sandbox)
    async with endpoint(sandbox):
        ticket, _ = await card_shown(sandbox, bot, page)
        await thread(page).get_by_role("button", name="Edit").click()
        await sandbox.until(lambda: sandbox.last_interaction)
        await bot.views_open(trigger_id=sandbox.last_interaction["trigger_id"], view=FORM)
        await expect(page.get_by_role("dialog")).to_be_visible()
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("dialog")).to_be_hidden()
        await sandbox.until(lambda: sandbox.last_interaction["type"] == "view_closed")
        assert ticket in page.url
        await sandbox.settled()
