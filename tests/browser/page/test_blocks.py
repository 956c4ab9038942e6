"""Blocks: cards as they are shown, used and copied."""

import json

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.reports.charts import Chart, Series, description, png
from bot.sandbox.sandbox import Sandbox
from tests.bot.sandbox.apps import endpoint
from tests.browser.conftest import Pages
from tests.browser.page.cards import ANA, CARD, EXACT, INTAKE, button, card_shown, options, section, thread, write

expect = pytest.importorskip("playwright.async_api").expect


async def test_a_card_is_shown_block_by_block(sandbox: Sandbox, bot: AsyncWebClient, page_for: Pages) -> None:
    page = await page_for(sandbox)
    _, ts = await card_shown(sandbox, bot, page)
    card = thread(page).last
    await expect(card.locator(".badge")).to_have_text("APP")
    await expect(card.get_by_role("heading", name="Draft reply")).to_be_visible()
    await expect(card.locator(".mention")).to_have_text(["@Sam Reyes", "@Mara Lindt"])
    await expect(card.locator("strong")).to_have_text(["billing dispute", "Topic"])
    await expect(card.locator(".context a")).to_have_attribute("href", "https://docs.example.com/a?b=1&c=2")
    await expect(card.locator(".context a")).to_have_attribute("rel", "noopener noreferrer")
    await expect(card.locator("pre")).to_have_text(EXACT)
    assert await card.locator("a").count() == 1
    await bot.chat_update(channel=INTAKE, ts=ts, text="Approved", blocks=[section("✅ Approved")])
    await expect(card.locator(".body")).to_have_text("✅ Approved")
    await bot.chat_delete(channel=INTAKE, ts=ts)
    await expect(thread(page)).to_have_count(1)


async def test_exact_text_goes_to_the_clipboard_as_it_is(
    sandbox: Sandbox, bot: AsyncWebClient, page_for: Pages
) -> None:
    page = await page_for(sandbox, permissions=["clipboard-read", "clipboard-write"])
    await card_shown(sandbox, bot, page)
    await thread(page).get_by_role("button", name="Copy").click()
    await expect(page.locator(".toast")).to_contain_text("Copied.")
    assert await page.evaluate("navigator.clipboard.readText()") == EXACT


async def test_where_the_clipboard_is_refused_copying_works_the_old_way(
    sandbox: Sandbox, bot: AsyncWebClient, page_for: Pages
) -> None:
    page = await page_for(sandbox)
    await card_shown(sandbox, bot, page)
    await page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    await thread(page).get_by_role("button", name="Copy").click()
    await expect(page.locator(".toast")).to_contain_text("Copied.")
    await write(page).focus()
    await page.keyboard.press("Control+V")
    await expect(write(page)).to_have_value(EXACT)


async def test_a_button_asks_first_when_it_should_and_a_menu_acts_on_the_choice(
    sandbox: Sandbox, bot: AsyncWebClient, page_for: Pages
) -> None:
    page = await page_for(sandbox)
    async with endpoint(sandbox):
        _, ts = await card_shown(sandbox, bot, page)
        approve = thread(page).get_by_role("button", name="Approve")
        await approve.click()
        await page.get_by_role("dialog", name="Approve?").get_by_role("button", name="Wait").click()
        await expect(approve).to_be_focused()
        assert not sandbox.last_interaction
        await approve.click()
        await page.get_by_role("button", name="Do it").click()
        await sandbox.until(lambda: sandbox.last_interaction)
        action = sandbox.last_interaction["actions"][0]
        assert (action["action_id"], action["block_id"], action["value"]) == ("approve", "decide", "7")
        await thread(page).get_by_role("button", name="Redraft").press("Enter")
        await page.keyboard.press("ArrowDown")
        await page.keyboard.press("Enter")
        await sandbox.until(lambda: sandbox.last_interaction["actions"][0]["action_id"] == "redraft")
        assert sandbox.last_interaction["actions"][0]["selected_option"]["value"] == "friendlier"
        assert sandbox.last_interaction["container"]["message_ts"] == ts
        await sandbox.settled()


async def test_the_last_checked_box_can_be_unchecked(sandbox: Sandbox, bot: AsyncWebClient, page_for: Pages) -> None:
    page = await page_for(sandbox)
    colours = options("red", "blue")
    boxes = {"type": "checkboxes", "action_id": "colours", "options": colours, "initial_options": colours[:1]}
    async with endpoint(sandbox):
        await bot.chat_postMessage(channel=INTAKE, text="?", blocks=[{"type": "actions", "elements": [boxes]}])
        await page.get_by_role("checkbox", name="red").uncheck()
        await sandbox.until(lambda: sandbox.last_interaction)
        assert sandbox.last_interaction["actions"][0]["selected_options"] == []
        await sandbox.settled()
    await expect(page.get_by_role("checkbox", checked=True)).to_have_count(0)


async def test_a_link_to_a_message_of_this_workspace_opens_it_here(
    sandbox: Sandbox, bot: AsyncWebClient, page_for: Pages
) -> None:
    page = await page_for(sandbox, channel="C0BILLING")
    ticket = await sandbox.person(ANA).say(INTAKE, "A ticket")
    posted = await bot.chat_postMessage(channel=INTAKE, thread_ts=ticket, text="A draft")
    link = (await bot.chat_getPermalink(channel=INTAKE, message_ts=posted["ts"]))["permalink"]
    elsewhere = link.replace("https://harborlight.slack.com", "https://other.slack.com").replace("&", "&amp;")
    as_slack_has_it = link.replace("&", "&amp;")
    text = f"<{as_slack_has_it}|Open the draft> <{elsewhere}|Another company's>"
    await bot.chat_postMessage(channel="C0BILLING", text=text)
    foreign = page.get_by_role("link", name="Another company's")
    await expect(foreign).to_have_attribute("target", "_blank")
    await page.get_by_role("link", name="Open the draft").click()
    await expect(thread(page).locator(".body")).to_have_text(["A ticket", "A draft"])
    await expect(page.get_by_role("heading", name="# support-intake")).to_be_visible()


async def test_the_focus_stays_on_a_button_while_the_card_changes(
    sandbox: Sandbox, bot: AsyncWebClient, page_for: Pages
) -> None:
    page = await page_for(sandbox)
    _, ts = await card_shown(sandbox, bot, page)
    await thread(page).get_by_role("button", name="Edit").focus()
    await bot.chat_update(channel=INTAKE, ts=ts, text="Changed", blocks=[section("Changed"), *CARD])
    await expect(thread(page).last).to_contain_text("Changed")
    await expect(thread(page).get_by_role("button", name="Edit")).to_be_focused()
    await expect(page.locator("#live")).to_have_text("Proofdesk: Changed")


async def test_the_home_of_the_app_is_shown_and_can_be_used(
    sandbox: Sandbox, bot: AsyncWebClient, page_for: Pages
) -> None:
    page = await page_for(sandbox)
    await page.get_by_role("link", name="Proofdesk").click()
    await expect(page.get_by_role("link", name="Home")).to_have_attribute("aria-current", "page")
    await expect(page.locator("#home")).to_have_text("Proofdesk shows nothing here yet.")
    async with endpoint(sandbox):
        blocks = [section("*2 drafts* wait"), {"type": "actions", "elements": [button("open", "Open")]}]
        await bot.views_publish(user_id=ANA, view={"type": "home", "blocks": blocks})
        await expect(page.locator("#home strong")).to_have_text("2 drafts")
        await page.locator("#home").get_by_role("button", name="Open").click()
        await sandbox.until(lambda: sandbox.last_interaction)
        assert sandbox.last_interaction["view"]["type"] == "home"
        await sandbox.settled()
    await page.get_by_role("link", name="Messages").click()
    await expect(page.get_by_role("textbox", name="Message Proofdesk")).to_be_visible()


async def test_a_picture_is_shown_with_its_words(sandbox: Sandbox, bot: AsyncWebClient, page_for: Pages) -> None:
    chart = Chart(title="Drafts", labels=("1 Nov", "8 Nov"), series=(Series(name="Approved", values=(3, 5)),))
    content = png(chart)
    ticket = await bot.files_getUploadURLExternal(filename="chart.png", length=len(content))
    async with aiohttp.ClientSession() as session, session.post(str(ticket["upload_url"]), data=content) as answer:
        assert answer.status == 200
    await bot.api_call("files.completeUploadExternal", params={"files": json.dumps([{"id": ticket["file_id"]}])})
    image = {"type": "image", "slack_file": {"id": ticket["file_id"]}, "alt_text": description(chart)}
    page = await page_for(sandbox, viewport={"width": 390, "height": 800}, color_scheme="dark")
    await bot.chat_postMessage(channel=INTAKE, text="Report", blocks=[image])
    picture = page.get_by_role("img", name="Drafts. Approved: 1 Nov 3, 8 Nov 5.")
    await expect(picture).to_be_visible()
    await page.wait_for_function("[...document.images].every((each) => each.complete && each.naturalWidth === 1200)")
    assert await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
