"""What the tests of the page post and look at: a card, a form, and where things stand on the page."""

from typing import TYPE_CHECKING, Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.sandbox import Sandbox

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page

Json = dict[str, Any]
ANA, OLI, INTAKE = "U0ANA", "U0OLI", "C0INTAKE"
SAMPLES = [("refund", "Refund, day 5", "Please refund my yearly plan."), ("hacked", "Hacked", "Somebody took over!")]
EXACT = "Hi Dana,\n  <b>exact</b> *words* & :tada: <https://evil.example|kept>"


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def section(text: str, **more: Any) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}, **more}


def options(*values: str) -> list[Json]:
    return [{"text": plain(value), "value": value} for value in values]


def button(action: str, label: str, **more: Any) -> Json:
    return {"type": "button", "action_id": action, "text": plain(label), "value": "7", **more}


SURE = {"title": plain("Approve?"), "text": plain("It is a dispute."), "confirm": plain("Do it"), "deny": plain("Wait")}
CARD = [
    {"type": "header", "text": plain("Draft reply")},
    section(":warning: *billing dispute* → <@U0SAM>", accessory=button("right", "Right")),
    {"type": "divider"},
    section(
        "Yearly plans are refunded, see https://bare.example [1]",
        fields=[{"type": "mrkdwn", "text": "*Topic*\nbilling"}],
    ),
    {
        "type": "context",
        "elements": [{"type": "mrkdwn", "text": "[1] <https://docs.example.com/a?b=1&amp;c=2|Refunds>"}],
    },
    {
        "type": "rich_text",
        "elements": [
            {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": EXACT}]},
            {
                "type": "rich_text_list",
                "style": "bullet",
                "elements": [{"type": "rich_text_section", "elements": [{"type": "user", "user_id": "U0MARA"}]}],
            },
        ],
    },
    {
        "type": "actions",
        "block_id": "decide",
        "elements": [
            button("approve", "Approve", style="primary", confirm=SURE),
            button("edit", "Edit"),
            {
                "type": "static_select",
                "action_id": "redraft",
                "placeholder": plain("Redraft"),
                "options": options("shorter", "friendlier"),
            },
        ],
    },
]
FORM = {
    "type": "modal",
    "callback_id": "edited",
    "notify_on_close": True,
    "title": plain("Edit the draft"),
    "submit": plain("Save"),
    "blocks": [
        {
            "type": "input",
            "block_id": "reply",
            "label": plain("Reply"),
            "element": {"type": "plain_text_input", "action_id": "text", "multiline": True, "max_length": 50},
        },
        {
            "type": "input",
            "block_id": "reason",
            "label": plain("Reason"),
            "element": {"type": "static_select", "action_id": "why", "options": options("tone", "fact")},
        },
        {
            "type": "input",
            "block_id": "sentence",
            "label": plain("Sentence"),
            "optional": True,
            "element": {"type": "radio_buttons", "action_id": "which", "options": options("first", "second")},
        },
    ],
}


def write(page: "Page") -> "Locator":
    return page.get_by_role("textbox", name="Message # support-intake")


def thread(page: "Page") -> "Locator":
    return page.locator("#replies .message")


async def card_shown(sandbox: Sandbox, bot: AsyncWebClient, page: "Page") -> tuple[str, str]:
    """A ticket of Ana's with a card under it, its thread open; the time stamps of both."""
    ticket = await sandbox.person(ANA).say(INTAKE, "A ticket")
    posted = await bot.chat_postMessage(channel=INTAKE, thread_ts=ticket, text="Draft for a ticket", blocks=CARD)
    await page.locator("#messages .summary").last.click()
    await thread(page).nth(1).wait_for()
    return ticket, posted["ts"]
