from hypothesis import given
from hypothesis import strategies as st

from bot.cards.mrkdwn import inert
from bot.cards.pieces import pieces


@given(st.text(alphabet="ab .\n&<", max_size=400), st.integers(min_value=9, max_value=60))
def test_the_pieces_are_the_text_and_none_is_too_long(text: str, most: int) -> None:
    found = pieces(text, most, lambda piece: len(inert(piece)))
    assert "".join(found) == text
    assert all(0 < len(inert(piece)) <= most for piece in found)


def test_a_text_is_cut_after_a_paragraph_before_a_line_before_a_sentence_before_a_word() -> None:
    assert pieces("one two.\n\nthree. four\nfive", 15) == ("one two.\n\n", "three. four\n", "five")
    assert pieces("One two. Three four five", 14) == ("One two. ", "Three four ", "five")
    assert pieces("x" * 25, 10) == ("x" * 10, "x" * 10, "x" * 5)
    assert pieces("", 10) == ()
    assert pieces("short", 10) == ("short",)
