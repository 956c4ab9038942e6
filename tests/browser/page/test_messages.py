"""Messages: writing, answering, reacting, changing them."""

import json
from typing import TYPE_CHECKING

import pytest

from bot.sandbox.sandbox import Sandbox
from tests.bot.sandbox.apps import endpoint
from tests.browser.conftest import Pages
from tests.browser.page.cards import ANA, INTAKE, thread, write

if TYPE_CHECKING:
    from playwright.async_api import Locator

expect = pytest.importorskip("playwright.async_api").expect


async def test_enter_sends_a_message_and_shift_enter_makes_a_line(sandbox: Sandbox, page_for: Pages) -> None:
    page = await page_for(sandbox)
    await write(page).press_sequentially("Two")
    await write(page).press("Shift+Enter")
    await write(page).press_sequentially("lines")
    await write(page).press("Enter")
    await expect(page.locator("#messages .body")).to_have_text("Two\nlines")
    await expect(write(page)).to_have_value("")
    assert [message["text"] for message in sandbox.person(ANA).messages(INTAKE)] == ["Two\nlines"]


async def test_a_sample_ticket_is_one_click_away_and_opens_its_thread(sandbox: Sandbox, page_for: Pages) -> None:
    page = await page_for(sandbox)
    await page.get_by_role("button", name="Refund, day 5").click()
    await expect(thread(page).locator(".body")).to_have_text(["Please refund my yearly plan."])
    assert "t=" in page.url
    await page.get_by_role("link", name="# random").click()
    await expect(page.get_by_role("group", name="Sample tickets")).to_be_hidden()
    await expect(page.get_by_role("complementary")).to_be_hidden()


async def test_a_double_click_on_a_sample_ticket_sends_it_once(sandbox: Sandbox, page_for: Pages) -> None:
    page = await page_for(sandbox)
    await expect(page.get_by_text("click a sample ticket: Proofdesk answers")).to_be_visible()
    await page.get_by_role("button", name="Hacked").dblclick()
    await expect(thread(page).locator(".body")).to_have_text(["Somebody took over!"])
    assert [message["text"] for message in sandbox.person(ANA).messages(INTAKE)] == ["Somebody took over!"]


async def test_the_newest_message_stays_in_sight_when_a_thread_opens_beside_it(
    sandbox: Sandbox, page_for: Pages
) -> None:
    for number in range(20):
        await sandbox.person(ANA).say(INTAKE, f"{number}: a message that needs two lines in a narrow list. " * 3)
    page = await page_for(sandbox)
    newest = page.locator("#messages .message").last
    await expect(newest).to_be_in_viewport(ratio=1)
    await newest.press("Enter")
    await expect(page.get_by_role("complementary")).to_be_visible()
    await expect(newest).to_be_in_viewport(ratio=1)


async def test_a_reply_stays_in_the_thread_and_the_channel_counts_it(sandbox: Sandbox, page_for: Pages) -> None:
    ticket = await sandbox.person("U0BEN").say(INTAKE, "Where is my invoice?")
    page = await page_for(sandbox)
    await page.locator("#messages .message").hover()
    await page.get_by_role("button", name="Reply in thread").click()
    reply = page.get_by_role("textbox", name="Reply…")
    await expect(reply).to_be_focused()
    await reply.fill("I am on it")
    await reply.press("Enter")
    await expect(thread(page).locator(".body")).to_have_text(["Where is my invoice?", "I am on it"])
    await expect(page.locator("#messages .message")).to_have_count(1)
    await expect(page.locator("#messages .summary")).to_contain_text("1 reply")
    assert sandbox.person(ANA).thread(INTAKE, ticket)[1]["text"] == "I am on it"


async def test_reactions_are_counted_and_taken_back(sandbox: Sandbox, page_for: Pages) -> None:
    ticket = await sandbox.person(ANA).say(INTAKE, "A ticket")
    await sandbox.person("U0BEN").react(INTAKE, ticket, "eyes")
    page = await page_for(sandbox)
    pill = page.locator("#messages [data-reaction=eyes]")
    await expect(pill).to_have_attribute("aria-pressed", "false")
    await pill.click()
    await expect(pill).to_have_attribute("aria-pressed", "true")
    await expect(pill).to_have_text("👀 2")
    await expect(pill).to_have_attribute("aria-label", "eyes, 2 people: Ben Okoro, Ana Lind")
    await pill.click()
    await expect(pill).to_have_text("👀 1")
    await page.locator("#messages").get_by_role("button", name="Add a reaction").click()
    await page.get_by_role("menuitemradio", name="white check mark").click()
    await expect(page.locator("#messages [data-reaction=white_check_mark]")).to_have_text("✅ 1")
    reactions = sandbox.person(ANA).messages(INTAKE)[0]["reactions"]
    assert {each["name"]: each["users"] for each in reactions} == {"eyes": ["U0BEN"], "white_check_mark": [ANA]}


async def test_the_keyboard_alone_is_enough(sandbox: Sandbox, page_for: Pages) -> None:
    first, second = [await sandbox.person(ANA).say(INTAKE, text) for text in ("One", "Two")]
    page = await page_for(sandbox)
    rows = page.locator("#messages .message")
    await expect(rows).to_have_count(2)
    await page.keyboard.press("/")
    await expect(write(page)).to_be_focused()
    await rows.last.focus()
    await page.keyboard.press("ArrowUp")
    await expect(rows.first).to_be_focused()
    await page.keyboard.press("+")
    await page.keyboard.press("ArrowRight")
    await page.keyboard.press("Enter")
    await expect(rows.first.locator(".pill").first).to_have_text("✏️ 1")
    await expect(rows.first).to_be_focused()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(thread(page)).to_be_focused()
    assert second in page.url
    await page.keyboard.press("Escape")
    await expect(rows.last).to_be_focused()
    assert second not in page.url
    assert sandbox.person(ANA).messages(INTAKE)[0]["ts"] == first
    assert await page.locator("#messages [tabindex='0'].message").count() == 1


async def test_ones_own_messages_can_be_edited_and_deleted_and_only_those(sandbox: Sandbox, page_for: Pages) -> None:
    await sandbox.person("U0BEN").say(INTAKE, "Of Ben")
    await sandbox.person(ANA).say(INTAKE, "Ask @Ben & <him>")
    page = await page_for(sandbox)
    rows = page.locator("#messages .message")

    async def choices(row: "Locator") -> list[str]:
        await row.hover()
        await row.get_by_role("button", name="More actions").click()
        return await page.get_by_role("menuitem").all_inner_texts()

    assert not {"Edit message", "Delete message"} & set(await choices(rows.first))
    await page.keyboard.press("Escape")
    assert {"Edit message", "Delete message", "Draft a reply\nProofdesk"} <= set(await choices(rows.last))
    await page.get_by_role("menuitem", name="Edit message").click()
    box = page.get_by_role("textbox", name="Edit message")
    await expect(box).to_have_value("Ask @Ben Okoro & <him>")
    await sandbox.person("U0BEN").react(INTAKE, sandbox.person(ANA).messages(INTAKE)[1]["ts"], "eyes")
    await box.fill("Ask @Ben Okoro again")
    await box.press("Enter")
    await expect(rows.last.locator(".body")).to_have_text("Ask @Ben Okoro again (edited)")
    assert sandbox.person(ANA).messages(INTAKE)[1]["text"] == "Ask <@U0BEN> again"
    await choices(rows.last)
    await page.get_by_role("menuitem", name="Delete message").click()
    await page.get_by_role("button", name="Delete", exact=True).click()
    await expect(rows).to_have_count(1)


async def test_a_thread_whose_first_message_is_deleted_closes(sandbox: Sandbox, page_for: Pages) -> None:
    ticket = await sandbox.person("U0BEN").say(INTAKE, "A ticket")
    page = await page_for(sandbox)
    await page.locator("#messages .message").press("Enter")
    await thread(page).press("Enter")
    await expect(thread(page)).to_have_count(1)
    await sandbox.person("U0BEN").delete(INTAKE, ticket)
    await expect(page.get_by_role("complementary")).to_be_hidden()
    await expect(page.get_by_text("Nothing has been said here yet.")).to_be_visible()


async def test_commands_are_offered_and_a_refused_one_can_be_mended(sandbox: Sandbox, page_for: Pages) -> None:
    page = await page_for(sandbox)
    box = write(page)
    async with endpoint(sandbox) as app:
        app.body = json.dumps({"text": "Within 14 days"})
        await box.press_sequentially("/")
        await expect(page.get_by_role("option")).to_have_count(4)
        await box.press("ArrowDown")
        await expect(page.get_by_role("option", selected=True)).to_contain_text("/kb")
        await box.press("Enter")
        await expect(box).to_have_value("/kb ")
        await box.press_sequentially("refunds")
        await box.press("Enter")
        await expect(page.locator(".ephemeral .body")).to_have_text("Within 14 days")
        assert app.forms()[0]["text"] == "refunds"
        await sandbox.settled()
    await box.fill("/nothing at all")
    await box.press("Enter")
    await expect(page.locator(".toast")).to_contain_text("/nothing is not a valid command.")
    await expect(box).to_have_value("/nothing at all")


async def test_a_shortcut_is_sent_with_the_message_it_was_used_on(sandbox: Sandbox, page_for: Pages) -> None:
    ticket = await sandbox.person("U0BEN").say(INTAKE, "A ticket")
    page = await page_for(sandbox)
    async with endpoint(sandbox):
        row = page.locator("#messages .message")
        await row.focus()
        await row.get_by_role("button", name="More actions").press("Enter")
        await page.get_by_role("menuitem", name="Draft a reply").press("Enter")
        await sandbox.until(lambda: sandbox.last_interaction)
        assert sandbox.last_interaction["callback_id"] == "draft_reply"
        assert sandbox.last_interaction["message"]["ts"] == ticket
        await sandbox.settled()
