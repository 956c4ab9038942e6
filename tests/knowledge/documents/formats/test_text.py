import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from knowledge.documents.formats.prose import visible
from knowledge.documents.formats.text import markdown_of_text


def test_paragraphs_lists_and_a_title_are_found() -> None:
    page = markdown_of_text(
        "Refund policy\r\n=============\r\n\r\n"
        "Refunds take 14 days from the day on which you have\r\nasked us for one.\r\n\r\n"
        "You need:\r\n  * the invoice\r\n"
        "  * your name, as it stands in the settings of the account that\r\n    paid it\r\n"
        "-----\r\n\tWrite to:\r\n\tAcme Ltd\r\n\tDublin\r\n"
    )
    assert page.title == "Refund policy"
    assert page.markdown == (
        "# Refund policy\n\nRefunds take 14 days from the day on which you have  \nasked us for one.\n\n"
        "You need:  \n- the invoice  \n- your name, as it stands in the settings of the account that paid it\n\n"
        "Write to:  \nAcme Ltd  \nDublin\n"
    )


@pytest.mark.parametrize(
    "text", ["Refunds take 14 days.\n\nAsk us.", "- one\n\ntwo", "One\ntwo\n\nthree", "Alone", "x" * 81 + "\n\ny"]
)
def test_a_first_paragraph_that_says_something_is_no_title(text: str) -> None:
    assert markdown_of_text(text).title == ""


def test_nothing_is_markup() -> None:
    text = "# no heading\n> no quotation\n```\n| a | b |\n|---|---|\n<div>\n[x]: y\n    no code\n1986. A year"
    kinds = {token.type for token in MarkdownIt("commonmark").enable("table").parse(markdown_of_text(text).markdown)}
    assert kinds == {"paragraph_open", "paragraph_close", "inline"}


@settings(max_examples=100, deadline=None)
@given(st.text())
def test_no_letter_is_lost(text: str) -> None:
    markdown = markdown_of_text(text).markdown
    assert [*filter(str.isalpha, markdown)] == [*filter(str.isalpha, visible(text))]


def test_a_long_text_takes_time_in_proportion() -> None:
    line = "a line that is long enough to be taken for one that was wrapped\n"
    assert len(markdown_of_text(line * 20_000).markdown) == len(line) * 20_000
