"""The page itself: light and dark, small, cut off, and on a first visit."""

from typing import Literal

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.sandbox import Sandbox
from bot.sandbox.world import World
from tests.browser.conftest import Pages
from tests.browser.contrast import TOO_FAINT
from tests.browser.page.cards import ANA, CARD, INTAKE, SAMPLES, card_shown, thread, write

expect = pytest.importorskip("playwright.async_api").expect


async def test_the_first_steps_are_ticked_off_and_stay_away_once_dismissed(
    sandbox: Sandbox, bot: AsyncWebClient, page_for: Pages
) -> None:
    page = await page_for(sandbox)
    steps = page.get_by_role("region", name="First steps")
    await expect(steps.locator("li")).to_have_count(5)
    await page.get_by_role("button", name="Hacked").click()
    await expect(steps.locator("li.done")).to_have_count(1)
    ticket = sandbox.person(ANA).messages(INTAKE)[0]["ts"]
    await bot.chat_postMessage(channel=INTAKE, thread_ts=ticket, text="A draft", blocks=CARD)
    await expect(steps.locator("[data-step=card].done")).to_be_visible()
    await thread(page).last.focus()
    await page.keyboard.press("+")
    await page.keyboard.press("Enter")
    await expect(steps.locator("[data-step=approve].done")).to_be_visible()
    await expect(steps.locator("[aria-current=step]")).to_contain_text("Become Oli Brandt")
    await steps.get_by_role("button", name="Dismiss").click()
    await page.reload()
    await expect(page.get_by_role("button", name="Hacked")).to_be_visible()
    await expect(steps).to_be_hidden()


async def test_light_and_dark_differ_and_both_can_be_read(
    sandbox: Sandbox, bot: AsyncWebClient, page_for: Pages
) -> None:
    page = await page_for(sandbox)
    await card_shown(sandbox, bot, page)
    await bot.chat_postEphemeral(channel=INTAKE, user=ANA, text="For `you` <@U0ANA>")
    await expect(page.locator(".ephemeral")).to_be_visible()
    await page.locator("#messages .message").first.hover()
    grounds = set()
    schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    for scheme in schemes:
        await page.emulate_media(color_scheme=scheme)
        grounds.add(await page.evaluate("getComputedStyle(document.body).backgroundColor"))
        assert await page.evaluate(TOO_FAINT) == []
    assert len(grounds) == 2


async def test_a_phone_shows_one_pane_at_a_time(sandbox: Sandbox, page_for: Pages) -> None:
    page = await page_for(sandbox, viewport={"width": 375, "height": 700})
    panes = page.locator("#sidebar:visible, #channel:visible, #thread:visible")

    async def only(name: str) -> None:
        await expect(panes).to_have_count(1)
        await expect(panes).to_have_id(name)
        assert await page.evaluate("document.documentElement.scrollWidth") <= 375

    await only("channel")
    await page.get_by_role("button", name="Hacked").click()
    await only("thread")
    await page.get_by_role("button", name="Back to the channel", exact=True).click()
    await only("channel")
    await page.get_by_role("button", name="Back to the channels").click()
    await only("sidebar")
    await page.get_by_role("link", name="# support-intake").click()
    await only("channel")


async def test_a_lost_connection_is_said_and_mends_itself(page_for: Pages) -> None:
    world = World.sample(samples=SAMPLES)
    async with Sandbox(world) as sandbox:
        page = await page_for(sandbox)
        port = int(sandbox.url.rsplit(":", 1)[1])
    await expect(page.get_by_text("Connection lost, trying again")).to_be_visible()
    await write(page).fill("Into the void")
    await write(page).press("Enter")
    await expect(page.locator(".toast")).to_contain_text("did not answer")
    await expect(write(page)).to_have_value("Into the void")
    page_for.problems.clear()
    async with Sandbox(world, port=port) as again:
        await again.person("U0BEN").say(INTAKE, "Back")
        await expect(page.get_by_text("Connection lost, trying again")).to_be_hidden(timeout=10_000)
        await expect(page.locator("#messages .body")).to_have_text(["Back"])
