import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.drafting.wording import Wording, plain

WORDS = st.lists(st.sampled_from(["refund", "plan", "14", "days", "Straße", "don't", "İzmir", "café"]), min_size=1)
DRESS = st.sampled_from(["{}", "**{}**", "_{}_", "`{}`", "\u200b{}", "[{}](https://x.example)", "{}\u00ad"])
GAP = st.sampled_from([" ", "\n", "  ", "\u00a0", " | ", "\n\n- "])


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("Refunds take **14 days**.", "take 14 days"),
        ("Refunds take\n14 days.", "Refunds take 14 days."),
        ("You don’t pay “twice”.", 'You don\'t pay "twice".'),
        ("See [the policy](https://x.example) first.", "see the policy first"),
        ("- Open **Settings**\n- Choose _Billing_", "Open Settings Choose Billing"),
        ("| Plan | Price |\n|---|---|\n| Team | $12 |", "Plan Price Team $12"),
        ("Re\u00adfund\u200bs", "refunds"),
        ("keep snake_case_names", "snake_case_names"),
        (r"Write \<id\> and 2 \* 3, or C:\new.", r"write <id> AND 2 * 3, or C:\new."),
    ],
    ids=lambda text: text[:18],
)
def test_the_same_words_are_found_whatever_their_dress(source: str, words: str) -> None:
    assert Wording(source).find(words) is not None


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("Refunds are paid.", "fund"),
        ("It costs 3.5 EUR.", "3"),
        ("It costs 1,500 EUR.", "500"),
        ("It costs 15 EUR.", "5 EUR"),
        ("Refunds are not paid.", "Refunds are paid"),
        ("Refunds are paid.", ""),
        ("Refunds are paid.", "**"),
    ],
)
def test_parts_of_words_and_of_numbers_are_not_found(source: str, words: str) -> None:
    assert Wording(source).find(words) is None


@given(data=st.data(), words=WORDS)
def test_any_run_of_dressed_words_is_found_at_its_own_place(data: st.DataObject, words: list[str]) -> None:
    source = "".join(data.draw(DRESS).format(word) + data.draw(GAP) for word in words)
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))

    span = Wording(source).find(" ".join(words[first : last + 1]))

    assert span is not None
    found = Wording(source[span[0] : span[1]].replace("](https://x.example)", "")).text
    assert re.sub(r"\W", "", found).casefold() == "".join(words[first : last + 1]).replace("'", "").casefold()


def test_plain_shows_what_was_escaped_without_its_backslash() -> None:
    assert plain(r"Call `/orders/\<id\>`, \*not\* 5 \| 6.") == "Call /orders/<id>, *not* 5 | 6."


def test_plain_keeps_steps_and_rows_on_lines_of_their_own() -> None:
    text = "To *cancel*:\n\n1. Open **Settings**,\nthen wait.\n2. Choose Cancel.\n- done"
    assert plain(text) == "To cancel:\n1. Open Settings, then wait.\n2. Choose Cancel.\n• done"
