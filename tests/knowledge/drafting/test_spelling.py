import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.drafting.spelling import mend, one_slip

KNOWN = ("refund", "password", "invoice", "member", "form", "from")


@pytest.mark.parametrize("slip", ["pasword", "passwword", "pasxword", "apssword"[1:], "passwrod"])
def test_one_slip_is_mended(slip: str) -> None:
    assert mend(f"My {slip}!", ("password",)) == "My password!"


@pytest.mark.parametrize("word", ["refnudd", "members", "REFUND", "inv", "frm", "xefund", "form"])
def test_other_words_stay_as_they_are(word: str) -> None:
    assert mend(word, KNOWN) == word


def test_a_slip_near_two_words_stays() -> None:
    assert mend("bild", ("bill", "bold", "build", "bald")) == "bild"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("cat", "cart", True),
        ("cat", "at", True),
        ("cat", "cut", True),
        ("cat", "act", True),
        ("cat", "cat", False),
        ("cat", "dog", False),
        ("ab", "abcd", False),
        ("abcd", "badc", False),
        ("", "a", True),
    ],
)
def test_a_slip_is_one_letter_or_one_swap(one: str, other: str, expected: bool) -> None:  # noqa: FBT001
    assert one_slip(one, other) is expected


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_a_slip_goes_both_ways(one: str, other: str) -> None:
    assert one_slip(one, other) == one_slip(other, one)
