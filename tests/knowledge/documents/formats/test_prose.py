import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from knowledge.documents.formats.prose import Code, code_block, heading, line, paragraph

# As passages are cut.
MARKDOWN = MarkdownIt("commonmark", {"inline_definitions": True}).enable("table")
HARMLESS = {
    f"{name}{end}"
    for name in ("paragraph", "bullet_list", "ordered_list", "list_item", "inline")
    for end in ("_open", "_close", "")
}
WORDS = st.text(st.sampled_from("ab1 #*_`[]()<>!&;:|-+=~.\\/\n\"'"), max_size=25)
PIECES = st.lists(st.one_of(WORDS, st.text(st.sampled_from("ab `|\\*_<>"), max_size=6).map(Code)), max_size=4)


def read(markdown: str) -> tuple[set[str], str]:
    """What kinds of blocks Markdown makes, and the words that readers see."""
    tokens = MARKDOWN.parse(markdown)
    words = [token.info + token.markup for token in tokens if token.type == "list_item_open" and token.info]
    for token in tokens:
        words += [" " if child.type.endswith("break") else child.content for child in token.children or ()]
    return {token.type for token in tokens}, "".join(words)


@settings(max_examples=300, deadline=None)
@given(PIECES)
def test_words_stay_the_words_they_are(pieces: list[str]) -> None:
    kinds, words = read(paragraph(pieces))
    assert kinds <= HARMLESS
    # The marks of items are no words.
    assert sorted(re.sub(r"[-+*\s]", "", words)) == sorted(re.sub(r"[-+*\s]", "", "".join(pieces)))
    kinds, words = read(heading(2, pieces))
    assert kinds <= {"heading_open", "inline", "heading_close"}
    assert re.sub(r"\s", "", words) == re.sub(r"\s", "", "".join(pieces))


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("# of parcels", r"\# of parcels"),
        ("> 5 days", r"\> 5 days"),
        ("Terms\n===", "Terms  \n\\==="),
        ("a\n---", "a  \n\\---"),
        ("2024. It was", r"2024\. It was"),
        ("<b>bold</b> & &copy; 3 < 4", r"\<b>bold\</b> & \&copy; 3 < 4"),
        ("<!-- hidden -->", r"\<!-- hidden -->"),
        ("[label](target)", r"\[label\](target)"),
        ("[1] stays", "[1] stays"),
        ("Prices* include VAT", "Prices* include VAT"),
        ("*not* emphasis", r"\*not\* emphasis"),
        ("snake_case and 2 * 3 * 4", "snake_case and 2 * 3 * 4"),
        ("    far in", "far in"),
        (r"C:\dir and \*", r"C:\dir and \\*"),
        ("soft\u00adware\u200b, no\u00a0break", "software, no break"),
        ("• one\n• two", "- one  \n- two"),
        ("1. Open\n2) Close\n- # x", "1. Open  \n2) Close  \n- \\# x"),
    ],
)
def test_only_what_would_be_misread_gets_a_backslash(text: str, markdown: str) -> None:
    assert paragraph([text]) == markdown


def test_code_is_fenced_by_more_backticks_than_it_holds() -> None:
    assert line(["Type ", Code("a`b"), Code("c"), " or ", Code(" ``"), "."]) == "Type ``a`bc`` or ``` `` ```."
    assert code_block("\n```\nx  \n```\n") == "````\n```\nx\n```\n````"
    assert code_block(" \n ") == ""


@pytest.mark.parametrize("mark", ["*", "* a ", "_", "`", "[", "\\", "- ", "-\n", "#", "<a", "&a;", "](", "\u200b"])
def test_no_text_takes_long(mark: str) -> None:
    assert len(paragraph([mark * 50_000])) <= 250_000
