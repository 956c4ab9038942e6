"""Text: what Slack makes live becomes so, and nothing else does."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.sandbox import Sandbox
from tests.browser.conftest import Pages
from tests.browser.page.cards import ANA, INTAKE, SURE, Json, button, plain, section

expect = pytest.importorskip("playwright.async_api").expect


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
    "<!subteam^S0SENIORS> <!subteam^S0X|@leads>": (
        '<span class="mention">@support-seniors</span> <span class="mention">@leads</span>'
    ),
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
