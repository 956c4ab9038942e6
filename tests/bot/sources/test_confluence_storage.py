"""Confluence's storage format as HTML."""

import pytest

from bot.sources.confluence_storage import html_of_storage

ADF = (
    '<ac:adf-extension><ac:adf-node type="panel"><ac:adf-attribute key="panel-type">note</ac:adf-attribute>'
    "<ac:adf-content><p>Once.</p></ac:adf-content></ac:adf-node>"
)
TASK = "<ac:task-id>7</ac:task-id><ac:task-status>complete</ac:task-status><ac:task-body>Ask</ac:task-body>"
PAGE = '<ri:page ri:content-title="Fees &amp; costs" />'


def macro(name: str, body: str = "", **parameters: str) -> str:
    told = "".join(f'<ac:parameter ac:name="{key}">{value}</ac:parameter>' for key, value in parameters.items())
    return f'<ac:structured-macro ac:name="{name}">{told}{body}</ac:structured-macro>'


def rich(html: str) -> str:
    return f"<ac:rich-text-body>{html}</ac:rich-text-body>"


def plain(text: str) -> str:
    return f"<ac:plain-text-body><![CDATA[{text}]]></ac:plain-text-body>"


CASES = {
    "what a macro would look up": (macro("toc", maxLevel="3") + "<p>In&nbsp;force</p>", "<p>In\u00a0force</p>"),
    "a page that a macro includes": (macro("include", page=f"<ac:link>{PAGE}</ac:link>") + "<p>x</p>", "<p>x</p>"),
    "a box with its title": (
        macro("warning", rich("<p>Not on Sundays.</p>"), icon="true", title="Mind"),
        "<p>Mind</p><div><p>Not on Sundays.</p></div>",
    ),
    "a box in a box": (macro("panel", rich(macro("tip", rich("<p>x</p>")))), "<div><div><p>x</p></div></div>"),
    "code": (macro("code", plain("a < b && c > d"), language="sh"), "<pre>a &lt; b &amp;&amp; c &gt; d</pre>"),
    "a drawing in words": (macro("mermaid", plain("graph TD;")) + "<p>x</p>", "<p>x</p>"),
    "a status": (f"<p>{macro('status', title='VALID', colour='Green')}</p>", "<p><span>VALID</span></p>"),
    "a link by its page's title": (f"<p>See <ac:link>{PAGE}</ac:link>.</p>", "<p>See Fees &amp; costs.</p>"),
    "a link by its own words": (
        f"<ac:link>{PAGE}<ac:plain-text-link-body><![CDATA[the <fees>]]></ac:plain-text-link-body></ac:link>",
        "the &lt;fees&gt;",
    ),
    "a date": ('<p>Since <time datetime="2025-01-31" />.</p>', "<p>Since 2025-01-31.</p>"),
    "a task": (f"<ac:task-list><ac:task>{TASK}</ac:task></ac:task-list>", "<ul><li>Ask</li></ul>"),
    "what is told twice": (
        f"{ADF}<ac:adf-fallback><p>Once.</p></ac:adf-fallback></ac:adf-extension>",
        "<p>Once.</p>",
    ),
    "what is told once": (f"{ADF}</ac:adf-extension>", "<p>Once.</p>"),
    "a tick": ('<td><ac:emoticon ac:name="tick" /></td>', "<td>✅</td>"),
    "an image": (
        '<ac:image ac:alt="The form"><ri:attachment ri:filename="f.png" /></ac:image>',
        '<img alt="The form">',
    ),
    "what is left open": ("<p>Left <ac:link><b>open</p>", "<p>Left <b>open</p>"),
}


@pytest.mark.parametrize("case", CASES)
def test_the_storage_format_keeps_its_text_and_nothing_for_the_editor(case: str) -> None:
    storage, html = CASES[case]
    assert html_of_storage(storage) == html
