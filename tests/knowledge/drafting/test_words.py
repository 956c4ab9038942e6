import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.drafting.words import stem, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I can't and won't.", ["i", "can", "not", "and", "will", "not"]),
        ("It’s 14-day, **bold**", ["it", "is", "14", "day", "bold"]),
        ("the owner's plan", ["the", "owner", "plan"]),
        ("isn't", ["is", "not"]),
        ("C++ and C#", ["c++", "and", "c#"]),
        ("a/b_c", ["a", "b", "c"]),
        ("", []),
    ],
)
def test_a_text_is_taken_apart(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    "forms",
    [
        "refund refunds refunded refunding",
        "cancel cancels cancelled cancelling cancellation",
        "copy copies copied",
        "invoice invoices invoiced invoicing",
        "pass passes passed",
        "box boxes",
    ],
)
def test_forms_of_one_word_have_one_stem(forms: str) -> None:
    assert len({stem(form) for form in forms.split()}) == 1


@pytest.mark.parametrize(("one", "other"), [("bill", "build"), ("plan", "plain"), ("user", "use"), ("card", "care")])
def test_different_words_keep_different_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@given(st.text(max_size=60))
def test_words_are_never_empty_and_always_folded(text: str) -> None:
    assert all(word and word == word.casefold() for word in words(text))
