"""What people in the stories do again and again, and where on the page they look."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page

DESKTOP = {"width": 1400, "height": 900}
PATIENCE_MS = 30_000
"""For what the bot has to do first; other tests may keep the machine busy."""


def write(page: "Page") -> "Locator":
    return page.get_by_role("textbox", name="Message # support-intake")


def card(page: "Page") -> "Locator":
    """The card in the open thread."""
    return page.locator("#replies .message.from-app:not(.ephemeral)").first


def told(page: "Page") -> "Locator":
    """What the bot said last in the open thread to the person who looks, and to nobody else."""
    return page.locator("#replies .message.ephemeral").last


def question(page: "Page", name: str) -> "Locator":
    """A modal, or a question before something is done."""
    return page.get_by_role("dialog", name=name)


async def ask(page: "Page", sample: str) -> "Locator":
    """Click a sample ticket; gives back its card once it can be decided on."""
    await page.get_by_role("button", name=sample, exact=True).click()
    return await filled(page)


async def follow(page: "Page", asked: "Locator") -> "Locator":
    """Open the thread of a colleague's card; gives back the same card as this person sees it."""
    ticket = await asked.page.locator("#replies .message").first.get_attribute("data-ts")
    await page.locator(f"#messages [data-ts='{ticket}'] .summary").click()
    return await filled(page)


async def filled(page: "Page") -> "Locator":
    await card(page).get_by_role("button", name="Redraft").wait_for(timeout=PATIENCE_MS)
    return card(page)


async def become(page: "Page", name: str) -> None:
    await page.get_by_role("button", name="You are").click()
    await page.get_by_role("menuitemradio", name=name).click()
    await page.get_by_role("button", name=f"You are {name}").wait_for()


async def react(message: "Locator", meaning: str) -> None:
    await message.hover()
    await message.get_by_role("button", name="Add reaction").click()
    await message.page.get_by_role("menuitemradio", name=f"({meaning})").click()
