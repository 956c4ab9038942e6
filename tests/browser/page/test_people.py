"""People: whose eyes one looks through, and what each sees."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.sandbox import Sandbox
from bot.sandbox.world import World
from tests.browser.conftest import Pages
from tests.browser.page.cards import ANA, INTAKE, OLI, thread, write

expect = pytest.importorskip("playwright.async_api").expect


async def test_one_becomes_somebody_else_in_the_same_place(sandbox: Sandbox, page_for: Pages) -> None:
    await sandbox.person(ANA).say(INTAKE, "Said by Ana")
    page = await page_for(sandbox)
    await page.locator("#messages .message").focus()
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="You are Ana Lind").click()
    await expect(page.get_by_role("menuitemradio")).to_have_count(5)
    await page.get_by_role("menuitemradio", name="Sam Reyes Senior support agent").click()
    await expect(page.get_by_role("button", name="You are Sam Reyes")).to_be_focused()
    await expect(thread(page)).to_have_count(1)
    await write(page).fill("Said by Sam")
    await write(page).press("Enter")
    await expect(page.locator("#messages .author")).to_have_text(["Ana Lind", "Sam Reyes"])
    await page.reload()
    await expect(page.get_by_role("button", name="You are Sam Reyes")).to_be_visible()


async def test_whoever_comes_first_in_the_world_is_who_one_is_at_first(page_for: Pages) -> None:
    world = World()
    world.add_person("U0BOT", "helper", "Helper", is_bot=True)
    kim = world.add_person("U0KIM", "kim", "Kim Asare").id
    world.add_channel("C0TICKETS", "tickets-intake", [kim])
    async with Sandbox(world) as sandbox:
        page = await page_for(sandbox, "")
        await expect(page.get_by_role("button", name="You are Kim Asare")).to_be_visible()
        await expect(page.get_by_role("heading", name="# tickets-intake")).to_be_visible()
        assert "as=U0KIM" in page.url
        await page.close()  # Before the workspace goes, which it may still be reading from.


async def test_who_is_remembered_from_another_workspace_is_forgotten(sandbox: Sandbox, page_for: Pages) -> None:
    page = await page_for(sandbox)
    await page.evaluate("localStorage.setItem('workspace.person', JSON.stringify('U0GONE'))")
    await page.goto("about:blank")
    await page.goto(sandbox.url)
    await expect(page.get_by_role("button", name="You are Ana Lind")).to_be_visible()
    await expect(page.locator(".toast")).to_have_count(0)
    assert page_for.problems == [
        "error: Failed to load resource: the server responded with a status of 400 (Bad Request)"
    ]
    page_for.problems.clear()


async def test_who_may_not_look_lands_where_tickets_are(sandbox: Sandbox, page_for: Pages) -> None:
    page = await page_for(sandbox, channel="C0BILLING")
    await expect(page.get_by_role("heading", name="# billing-leads")).to_be_visible()
    await page.get_by_role("button", name="You are").click()
    await page.get_by_role("menuitemradio", name="Oli Brandt").click()
    await expect(page.get_by_role("heading", name="# support-intake")).to_be_visible()
    await expect(page.locator(".toast")).to_contain_text("Oli Brandt is not in # billing-leads.")
    await expect(page.get_by_role("link", name="# billing-leads")).to_have_count(0)


async def test_two_pages_are_two_people_who_see_each_other_at_once(sandbox: Sandbox, page_for: Pages) -> None:
    ana, sam = await page_for(sandbox), await page_for(sandbox, "U0SAM", channel="C0RANDOM")
    await write(ana).fill("Is anybody here?")
    await write(ana).press("Enter")
    intake = sam.get_by_role("link", name="# support-intake")
    await expect(intake.get_by_role("img", name="new messages")).to_be_visible()
    await intake.click()
    await expect(sam.locator("#messages .body")).to_have_text("Is anybody here?")
    await expect(intake.get_by_role("img", name="new messages")).to_have_count(0)
    await sandbox.person(ANA).say(INTAKE, "Second <b>one</b>")
    await expect(sam.locator("#live")).to_have_text("Ana Lind: Second <b>one</b>")


async def test_what_only_one_may_see_is_seen_by_one_and_can_be_dismissed(
    sandbox: Sandbox, bot: AsyncWebClient, page_for: Pages
) -> None:
    ana, oli = await page_for(sandbox), await page_for(sandbox, OLI)
    await bot.chat_postEphemeral(channel=INTAKE, user=OLI, text="Guests may *not* approve.")
    await sandbox.person(ANA).say(INTAKE, "For all")
    whisper = oli.locator(".message.ephemeral")
    await expect(whisper).to_contain_text("Only visible to you")
    await expect(whisper.locator(".body")).to_have_text("Guests may not approve.")
    await expect(ana.locator("#messages .body")).to_have_text(["For all"])
    await whisper.get_by_role("button", name="Dismiss").click()
    await expect(oli.locator("#messages .body")).to_have_text(["For all"])
    await oli.reload()
    await expect(oli.locator("#messages .body")).to_have_text(["For all"])


async def test_markup_in_the_address_or_an_unknown_person_is_refused_in_a_sentence(
    sandbox: Sandbox, page_for: Pages
) -> None:
    page = await page_for(sandbox, "<img src=x onerror=window.hit=1>", wait=False)
    await expect(page.locator(".toast")).to_contain_text("nobody here by this id")
    assert page_for.problems == [
        "error: Failed to load resource: the server responded with a status of 400 (Bad Request)"
    ]
    page_for.problems.clear()
