"""The page of the local workspace, in a real browser and without a bot: cards are posted with the SDK."""

import json
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any, Literal

import pytest
import pytest_asyncio
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.sandbox import Sandbox
from bot.sandbox.world import World
from tests.bot.sandbox.apps import endpoint
from tests.browser.conftest import Pages

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page

expect = pytest.importorskip("playwright.async_api").expect

Json = dict[str, Any]
ANA, OLI, INTAKE = "U0ANA", "U0OLI", "C0INTAKE"
SAMPLES = [("refund", "Refund, day 5", "Please refund my yearly plan."), ("hacked", "Hacked", "Somebody took over!")]
EXACT = "Hi Dana,\n  <b>exact</b> *words* & :tada: <https://evil.example|kept>"


@pytest_asyncio.fixture(loop_scope="session")
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(World.sample(samples=SAMPLES)) as sandbox:
        yield sandbox


@pytest.fixture
def bot(sandbox: Sandbox) -> AsyncWebClient:
    return AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url, retry_handlers=[])


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
    await expect(thread(page)).to_have_count(2)
    return ticket, posted["ts"]


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


MRKDWN = {
    "*bold* _it_ ~no~ `<b>`": "<strong>bold</strong> <em>it</em> <s>no</s> <code>&lt;b&gt;</code>",
    "2*3*4 snake_case_name a~b~c": "2*3*4 snake_case_name a~b~c",
    "*_both_*": "<strong><em>both</em></strong>",
    "&lt;b&gt; &amp;amp; &quot;": "&lt;b&gt; &amp;amp; &amp;quot;",
    "<b onclick='x()'>": "&lt;b onclick='x()'&gt;",
    "<@U0ANA> <#C0INTAKE> <!here>": (
        '<span class="mention">@Ana Lind</span> <span class="mention">#support-intake</span> '
        '<span class="mention">@here</span>'
    ),
    "<!subteam^S0X|@leads>": '<span class="mention">@leads</span>',
    "<javascript:alert(1)|click>": "<span>click</span>",
    "<data:text/html,x>": "<span>data:text/html,x</span>",
    "<slack://open|app>": "<span>app</span>",
    "javascript:alert(1)": "javascript:alert(1)",
    "see https://a.example/b?c=1&amp;d.": (
        'see <a href="https://a.example/b?c=1&amp;d" target="_blank" rel="noopener noreferrer">'
        "https://a.example/b?c=1&amp;d</a>."
    ),
    ":tada: :+1: :no_such_one: 10:30:45": "🎉 👍 :no_such_one: 10:30:45",
    "&gt; said\n&gt; so\nI": "<blockquote>said\nso</blockquote>I",
    "<!date^0^{nothing}|then>": "<time>{nothing}</time>",
}


async def test_mrkdwn_becomes_what_slack_shows_and_nothing_else(sandbox: Sandbox, page_for: Pages) -> None:
    page = await page_for(sandbox)
    shown = await page.evaluate(
        """async (texts) => {
            const { mrkdwn } = await import("/page/mrkdwn.js");
            const { Directory } = await import("/page/directory.js");
            const answer = await (await fetch("/door/workspace?as=U0ANA")).json();
            const html = (text) => {
                const box = document.createElement("div");
                box.append(...mrkdwn(text, new Directory(answer)));
                return box.innerHTML;
            };
            return Object.fromEntries(texts.map((text) => [text, html(text)]));
        }""",
        list(MRKDWN),
    )
    assert shown == MRKDWN


HOSTILE = [
    "<script>window.hit = 1</script>",
    "<img src=x onerror='window.hit = 1'>",
    "&lt;img src=x onerror=&quot;window.hit=1&quot;&gt;",
    "<javascript:window.hit=1|click>",
    "<JaVaScRiPt:window.hit=1>",
    "<data:text/html,<script>window.hit=1</script>|x>",
    "<slack://x|open>",
    "[x](javascript:window.hit=1)",
    "<!channel|<img src=x onerror=window.hit=1>>",
    "`<svg onload=window.hit=1>` *<svg onload=window.hit=1>*",
    "```<svg onload=window.hit=1>```",
]


def hostile_blocks(text: str) -> list[Json]:
    """The text at every place that a block has for one."""
    raw = {"type": "text", "text": text}
    return [
        section(text, fields=[{"type": "mrkdwn", "text": text}, plain(text)]),
        {"type": "header", "text": plain(text)},
        {"type": "context", "elements": [{"type": "mrkdwn", "text": text}, plain(text)]},
        {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [raw]}]},
        {"type": "rich_text", "elements": [{"type": "rich_text_preformatted", "elements": [raw]}]},
        {"type": "actions", "elements": [button("ask", text, confirm=SURE | {"text": plain(text)})]},
    ]


async def test_hostile_text_stays_text_wherever_it_stands(
    sandbox: Sandbox, bot: AsyncWebClient, page_for: Pages
) -> None:
    for text in HOSTILE:
        await bot.chat_postMessage(channel=INTAKE, text=text, blocks=hostile_blocks(text))
        await bot.chat_postMessage(channel=INTAKE, text=text)
        await sandbox.person(ANA).say(INTAKE, text)
    page = await page_for(sandbox)
    rows = page.locator("#messages .message")
    await expect(rows).to_have_count(3 * len(HOSTILE))
    for number, text in enumerate(HOSTILE):
        card = rows.nth(3 * number)
        await expect(card.locator("pre").last).to_have_text(text)
        await card.locator(".actions button").click()
        await expect(page.get_by_role("dialog")).to_contain_text(text)
        await page.keyboard.press("Escape")
    assert await page.locator("#messages :is(a, img, script, svg, iframe, style)").count() == 0
    assert await page.evaluate("window.hit") is None


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


async def test_commands_are_offered_and_a_refused_one_can_be_mended(sandbox: Sandbox, page_for: Pages) -> None:
    page = await page_for(sandbox)
    box = write(page)
    async with endpoint(sandbox) as app:
        app.body = json.dumps({"text": "Within 14 days"})
        await box.press_sequentially("/")
        await expect(page.get_by_role("option")).to_have_count(3)
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


async def test_a_thread_whose_first_message_is_deleted_closes(sandbox: Sandbox, page_for: Pages) -> None:
    ticket = await sandbox.person("U0BEN").say(INTAKE, "A ticket")
    page = await page_for(sandbox)
    await page.locator("#messages .message").press("Enter")
    await thread(page).press("Enter")
    await expect(thread(page)).to_have_count(1)
    await sandbox.person("U0BEN").delete(INTAKE, ticket)
    await expect(page.get_by_role("complementary")).to_be_hidden()
    await expect(page.get_by_text("Nothing has been said here yet.")).to_be_visible()


async def test_the_home_of_the_app_is_shown_and_can_be_used(
    sandbox: Sandbox, bot: AsyncWebClient, page_for: Pages
) -> None:
    page = await page_for(sandbox, channel="D0ANA")
    await page.get_by_role("link", name="Home").click()
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


TOO_FAINT = """() => {
    const light = (colour) => {
        const [r, g, b] = colour.match(/[\\d.]+/g).map(Number).map((c) => {
            const s = c / 255;
            return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const behind = (node) => {
        for (let at = node; at; at = at.parentElement) {
            const colour = getComputedStyle(at).backgroundColor;
            if (!/, 0\\)$/.test(colour)) return colour;
        }
    };
    const seen = [...document.querySelectorAll("body *")].filter((node) =>
        node.checkVisibility() && [...node.childNodes].some((part) => part.nodeType === 3 && part.data.trim()));
    return seen.map((node) => {
        const [a, b] = [light(getComputedStyle(node).color), light(behind(node))].sort((x, y) => y - x);
        return [(a + 0.05) / (b + 0.05), node.className + " " + node.textContent.slice(0, 40)];
    }).filter(([ratio]) => ratio < 4.5);
}"""


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


async def test_markup_in_the_address_or_an_unknown_person_is_refused_in_a_sentence(
    sandbox: Sandbox, page_for: Pages
) -> None:
    page = await page_for(sandbox, "<img src=x onerror=window.hit=1>", wait=False)
    await expect(page.locator(".toast")).to_contain_text("nobody here by this id")
    assert page_for.problems == [
        "error: Failed to load resource: the server responded with a status of 400 (Bad Request)"
    ]
    page_for.problems.clear()
