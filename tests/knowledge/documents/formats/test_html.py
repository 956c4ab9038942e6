import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.documents.document import DocumentStatus, DocumentVersion
from knowledge.documents.formats.html import markdown_of_html
from knowledge.documents.passages import cut
from knowledge.errors import DeskFileError

PAGES = Path(__file__).parent / "pages"


def body(html: str) -> str:
    """The Markdown of the main part of a page."""
    return markdown_of_html(f"<main>{html}</main>").markdown.strip()


@pytest.mark.parametrize("name", ["docusaurus", "intercom", "plain-site", "sphinx", "zendesk"])
def test_a_page_of_a_help_centre_is_its_text_and_nothing_around_it(name: str) -> None:
    page = markdown_of_html((PAGES / f"{name}.html").read_text())
    expected = (PAGES / f"{name}.md").read_text()
    assert page.markdown == expected
    assert expected.startswith(f"# {page.title}\n")


def test_passages_of_a_page_have_their_heading_path_and_tables_their_introduction() -> None:
    page = markdown_of_html((PAGES / "docusaurus.html").read_text())
    version = DocumentVersion(
        status=DocumentStatus.APPROVED,
        approved_by="Dana",
        effective_from=date(2025, 1, 1),
        id="refunds",
        title=page.title,
        path="refunds.html",
        text=page.markdown,
        body_start=0,
        hash="0" * 64,
    )
    passages = cut(version)
    assert [passage.headings for passage in passages] == [(), ("Refund window",), ("Refund window", "Ask for a refund")]
    assert passages[1].text.startswith("How long you can ask for a refund depends on your plan:\n\n| Plan |")


CASES = {
    "nested lists": (
        "<ul><li>a<ol start=3><li>b</ol><p>c</p></li><ul><li>d</ul><li></li><li><ul><li>e</ul></ul>",
        "- a\n\n  3. b\n\n  c\n  - d\n- e",
    ),
    "item with blocks": (
        "<ol><li><h3>Open</h3><p>the page</p><pre>x\n  y</pre></li><li value=7>Close</li></ol>",
        "1. Open\n\n   the page\n\n   ```\n   x\n     y\n   ```\n7. Close",
    ),
    "code": (
        "<p>Run <code>a|b <i>--c</i></code>: <kbd>Ctrl</kbd></p><pre><code><div>one</div><div>two</div></code></pre>",
        "Run `a|b --c`: `Ctrl`\n\n```\none\ntwo\n```",
    ),
    "breaks": ("one<br>two<br/>\n<br>three", "one  \ntwo\n\nthree"),
    "links and pictures": (
        '<p>See <a href="/x">the <b>terms</b></a>.</p><img alt="A red button"><img alt="IMG_1.png"><img>',
        "See the terms.\n\nA red button",
    ),
    "struck out and hidden": (
        (
            '<p>Pay <s>$20</s> <del>$15</del> <span style="text-decoration: line-through">$12</span> $10.</p>'
            '<p hidden>old</p><div style="display: none">old</div><p aria-hidden="true">old</p>'
        ),
        "Pay $10.",
    ),
    "folded": (
        (
            '<button aria-expanded="false">Can I cancel?</button><div class="accordion-panel" hidden>Yes.</div>'
            "<details><summary>And then?</summary>No.</details>"
        ),
        "Can I cancel?\n\nYes.\n\nAnd then?\n\nNo.",
    ),
    "raised figures": (
        "<p>2 m<sup>2</sup>, CO<sub>2</sub>, the 1<sup>st</sup>, 14 days<sup>1</sup>, free<sup><a href=#f>2</a></sup>",
        "2 m², CO₂, the 1st, 14 days¹, free",
    ),
    "asides": (
        (
            "<aside>Gift cards are not refunded.</aside><aside><a href=/a>Read</a> <a href=/b>More</a></aside>"
            '<div role="note">Only in the EU.</div>'
        ),
        "Gift cards are not refunded.\n\nOnly in the EU.",
    ),
    "contents and what to read next": (
        (
            "<p>In this article:</p><ul><li><a href=#a>A</a><li><a href=#b>B</a></ul><h2>A</h2><p>x</p>"
            "<h2>See also</h2><ul><li><a href=/b>B</a></ul>"
        ),
        "## A\n\nx",
    ),
    "links that are text": (
        "<p>We take:</p><ul><li><a href=/v>Visa</a><li><a href=/m>Mastercard</a></ul>",
        "We take:\n\n- Visa\n- Mastercard",
    ),
    "words about pages": (
        (
            "<h2>Contact us</h2><p>No.</p><p>Was this page helpful?</p><p>Updated 3 days ago</p>"
            "<h3>Updated prices for 2025</h3><p>Is the page cached?</p><p>Last updated on Feb 3, 2025 by dana</p>"
        ),
        "## Contact us\n\nNo.\n\n### Updated prices for 2025\n\nIs the page cached?",
    ),
    "slugs are no furniture": (
        '<section id="comments"><h2 id="share">Comments</h2><p class="meta">Kept 90 days.</p></section>',
        "## Comments\n\nKept 90 days.",
    ),
    "layout table": (
        "<table><tr><td><h2>Left</h2><p>a</p></td><td><p>b</p></td></tr><tr><td>c</td><td></td></tr></table>",
        "## Left\n\na\n\nb\n\nc",
    ),
    "table without heads": (
        "<table><tr><td>Price</td><td>5 | 6</td></tr><tr><td>Time</td><td><code>a|b</code></td></tr></table>",
        "|  |  |\n| --- | --- |\n| Price | 5 \\| 6 |\n| Time | `a\\|b` |",
    ),
    "table with spans": (
        "<table><tr><th>Plan<th colspan=2>Fee</tr><tr><td rowspan=2>Pro<td>1<td>2</tr><tr><td>3<td>4</tr></table>",
        "| Plan | Fee | Fee |\n| --- | --- | --- |\n| Pro | 1 | 2 |\n| Pro | 3 | 4 |",
    ),
    "table in words": (
        "<table><tr><td>Who<td>What<td>When</tr><tr><td>a<br>b<td><p>c.</p><p>d</p><p>e</p><td></tr></table>",
        "| Who | What | When |\n| --- | --- | --- |\n| a b | c. d; e |  |",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_tags_become_markdown(name: str) -> None:
    html, expected = CASES[name]
    assert body(html) == expected


TITLES = {
    "heading": ("<title>Other | Acme</title><main><h1> How <i>to</i> pay#</h1>x</main>", "How to pay#"),
    "site by its name": (
        '<meta property="og:site_name" content="Acme"><title>Pay - by card - Acme</title>x',
        "Pay - by card",
    ),
    "site by its address": ("<title>Pay | Acme Cloud</title>x", "Pay"),
    "site by what it is": ("<title>Pay – Other Help Center</title>x", "Pay"),
    "no site": ("<title>Pay | by card</title>x", "Pay | by card"),
    "for others": ('<title>t</title><meta property="og:title" content="Pay"><p>x', "Pay"),
    "logo": ("<title>Pay</title><header><h1>Acme</h1></header><main><p>By card.</main>", "Pay"),
    "heading outside": ("<title>Pay | Acme</title><div><h1>Pay</h1></div><main><p>x</main>", "Pay"),
    "none": ("<p>x", ""),
}


@pytest.mark.parametrize("name", TITLES)
def test_the_title_is_the_heading_or_what_the_head_says_without_the_site(name: str) -> None:
    html, title = TITLES[name]
    page = markdown_of_html(html, "https://help.acme.example/pay")
    assert page.title == title
    assert page.markdown.startswith(f"# {title}\n") is bool(title)


def test_links_in_a_menu_do_not_outweigh_a_short_text() -> None:
    menu = "".join(f"<li><a href=/{at}>Entry number {at} of the menu</a>" for at in range(200))
    html = f"<body><div class=x><ul>{menu}</ul></div><article><p>Refunds take 14 days.</p></article></body>"
    assert markdown_of_html(html).markdown == "Refunds take 14 days.\n"


def test_text_at_any_depth_is_read_and_a_megabyte_of_tags_is_no_matter() -> None:
    assert markdown_of_html("<div>" * 300 + "deep").markdown == "deep\n"
    assert markdown_of_html("<div>" * 190_000 + "deep" + "</div>" * 10_000).markdown == "deep\n"


@pytest.mark.parametrize(
    "tags",
    ["<ul><li>x", "<table><tr><td>x", "<b><p>", "<dl><dt>x<dd>", "<q>", "<form><p>", "<td rowspan=999 colspan=999>x"],
)
def test_unclosed_tags_take_time_in_proportion(tags: str) -> None:
    assert len(markdown_of_html(f"<table><tr>{tags * 10_000}").markdown) < 60 * len(tags) * 10_000


def test_what_is_too_large_is_refused_under_its_name() -> None:
    with pytest.raises(DeskFileError, match=r"^a\.html: the page has more than 400,000 tags; split it"):
        markdown_of_html("<p>" * 400_001, name="a.html")


TAGS = "a article aside b body br button code dd details div dl dt h1 h2 header html img li main meta nav ol p".split()
TAGS += "pre q script section span sub summary sup table td th thead title tr ul".split()
ATTRIBUTES = [
    "",
    " class=nav",
    " role=tablist",
    " role=tab",
    " role=tabpanel",
    " href=#x",
    " alt='x'",
    " colspan=9 rowspan=9",
    "<",
    "'",
]
TOKENS = st.one_of(
    st.builds("<{}{}>".format, st.sampled_from(TAGS), st.sampled_from(ATTRIBUTES)),
    st.builds("</{}>".format, st.sampled_from(TAGS)),
    st.sampled_from(
        ["Updated 1 day ago", "See also", "|", "`", "- x", "\n", "<!--", "<![CDATA[", "&nbsp;", "&#0;", "\0", "\ud800"]
    ),
    st.text(max_size=8),
)


@settings(max_examples=100, deadline=None)
@given(st.lists(TOKENS, max_size=40).map("".join))
def test_no_page_is_too_broken(html: str) -> None:
    page = markdown_of_html(html)
    assert not re.search(r"[\x00\ud800-\udfff]", page.markdown)
    assert page.markdown in {"", page.markdown.strip() + "\n"}
