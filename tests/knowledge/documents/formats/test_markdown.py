"""Markdown as other systems write it."""

import time

import pytest

from knowledge.documents.formats.markdown import markdown_of_markdown


def lines(text: str, *, mdx: bool = True) -> list[str]:
    return [line.strip() for line in markdown_of_markdown(text, mdx=mdx).markdown.splitlines() if line.strip()]


@pytest.mark.parametrize(
    "text",
    [
        "---\n\nRefunds take 14 days.\n\n---\n\nMore.\n",
        "---\n# Refunds\nThey take 14 days.\n---\nMore.\n",
        "---\n- a: b\n---\n",
        "---\ntitle: [\n---\n",
        "---\n" + "[" * 40_000 + "\n---\n",
    ],
    ids=lambda text: text[4:12],
)
def test_what_is_no_front_matter_is_text(text: str) -> None:
    assert markdown_of_markdown(text).markdown == text


def test_front_matter_gives_the_title_and_is_left_out() -> None:
    page = markdown_of_markdown('---\r\ntags: [a, &b c]\r\ntitle: "A \\"big\\": title"\r\n---\r\n# Other\r\n')
    assert (page.title, page.markdown) == ('A "big": title', "# Other\r\n")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("```\n# install\n```\n\nRefunds\n=======\n\nText.\n", "Refunds"),
        ("## Small\n\n# The `big` **one** {#big}\n", "The big one"),
        ("No heading.\n", ""),
    ],
)
def test_the_title_is_the_first_main_heading(text: str, title: str) -> None:
    assert markdown_of_markdown(text).title == title


def test_the_marks_of_docusaurus_go_and_its_words_stay() -> None:
    text = """import Tabs from '@theme/Tabs';
import {
  A,
} from "./a"

export const x = {
  a: 1,
}

# Refunds

:::warning[Be quick]

Ask within 14 days.

:::

::: tip Mind this
Keep the receipt. {/* a note
of ours */}
:::

<Tabs groupId="os" values={[{label: 'Mac', value: 'm'}]}>
<TabItem value="m" label="On a Mac" default>

Press ⌘.

</TabItem>
</Tabs>

A <Badge text="new" /> thing.
"""
    assert lines(text) == [
        "# Refunds", "Be quick", "Ask within 14 days.", "Mind this", "Keep the receipt.", "On a Mac:", "Press ⌘.",
        "A  thing.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "```mdx\n:::note\n<Tabs>\nimport a from 'b'\n:::\n```",
        "Write `<Tabs>` and `{/* so */}` there.",
        "import the file from your computer.\nexport it later.",
        "Take the time 12:::30, <b>and</b> <BR> {so}.",
        "a < b, 5 > 3",
    ],
)
def test_what_is_no_mark_stays(text: str) -> None:
    assert markdown_of_markdown(text, mdx=True).markdown == text


def test_in_plain_markdown_only_what_stands_alone_is_a_component() -> None:
    assert lines("Replace <YourName> here.\n\n<Tabs>\n\nText.\n\n</Tabs>\n", mdx=False) == [
        "Replace <YourName> here.", "Text.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "piece", ["{/*", "<Ab ", '<Ab a="', "<Ab {", "import ", "`", "```\n", ":::a[", "export {", "---\n"]
)
def test_no_text_takes_long(piece: str) -> None:
    began = time.monotonic()
    markdown_of_markdown(piece * 100_000)
    assert time.monotonic() - began < 20
