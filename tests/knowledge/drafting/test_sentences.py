import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.drafting.sentences import points_back, readable, sentences, units, widen

LIST = "You may not:\n\n- Share your account.\n- Export data. It is private.\n\nAsk us."
TABLE = "| Plan | Price |\n|---|---|\n| Starter | $5 |\n| Team | $12 |\n"
LINES = st.lists(
    st.sampled_from(
        [
            "Refunds are paid. Ask us!",
            "To cancel:",
            "- Open Settings",
            "1. Choose e.g. Billing. Wait.",
            "| Plan | Price |",
            "|---|---|",
            "| Team | $12 |",
            "# Heading",
            "",
            "   ",
            "Dr. Who pays?",
            "- You may not:",
            "  - Share it",
        ]
    ),
    max_size=12,
).map("\n".join)


def cut(text: str) -> list[str]:
    return [text[s.start : s.end] for s in sentences(text)]


def test_a_text_is_cut_into_sentences_steps_and_rows() -> None:
    assert cut(LIST) == ["You may not:", "- Share your account.", "- Export data.", "It is private.", "Ask us."]
    assert cut(TABLE) == ["| Starter | $5 |", "| Team | $12 |"]


@pytest.mark.parametrize("text", ["Pay e.g. by card.", "Ask Dr. Who.", "Version 2.5 is here.", "It costs $1.50 now."])
def test_an_abbreviation_or_number_ends_no_sentence(text: str) -> None:
    assert cut(text) == [text]


def test_steps_know_their_lead_and_rows_their_header() -> None:
    assert [s.lead for s in sentences(LIST)] == ["", "You may not:", "You may not:", "You may not:", ""]
    assert {s.lead for s in sentences(TABLE)} == {"| Plan | Price |"}


def test_a_nested_list_keeps_the_line_that_turns_it_round() -> None:
    nested = "- You may not:\n  - Export data"
    assert [s.lead for s in sentences(nested)] == ["", "- You may not:"]
    assert len(units(nested)) == 1


def test_a_list_behind_a_table_does_not_take_its_header_for_a_lead() -> None:
    assert sentences(TABLE + "- Ask us")[-1].lead == ""


def test_a_row_above_a_line_of_blanks_is_no_header() -> None:
    assert "| Team | $12 |" in cut(TABLE + "   \nAsk us.")


def test_a_list_can_be_quoted_only_with_its_lead() -> None:
    assert [readable(LIST, unit) for unit in units(LIST)] == [
        "You may not:\n• Share your account.\n• Export data. It is private.",
        "Ask us.",
    ]


def test_a_row_is_read_with_its_column_names() -> None:
    assert readable(TABLE, sentences(TABLE)[1]) == "Plan Team: Price $12."


def test_a_quote_is_widened_to_the_sentences_it_touches() -> None:
    text = "One is here. Two is here. Three is here."
    assert [text[s.start : s.end] for s in widen(text, 8, 16)] == ["One is here.", "Two is here."]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [("They are free.", True), ("However, ask us.", True), ("Italy is fine.", False), ("Plans are free.", False)],
)
def test_a_sentence_points_back_by_its_first_word(sentence: str, expected: bool) -> None:  # noqa: FBT001
    assert points_back(sentence) is expected


@pytest.mark.parametrize("of", [sentences, units])
@given(text=LINES | st.text(max_size=80))
def test_spans_are_ordered_apart_and_inside_the_text(of: type, text: str) -> None:
    end = 0
    for span in of(text):
        assert end <= span.start < span.end <= len(text)
        end = span.end


@given(text=LINES)
def test_every_word_but_headings_and_table_headers_is_in_a_sentence(text: str) -> None:
    covered = set().union(*(range(s.start, s.end) for s in sentences(text)))
    lines = text.splitlines()
    place = 0
    for number, line in enumerate(text.splitlines(keepends=True)):
        header = line.startswith("#") or ("|" in line and lines[number + 1 : number + 2] == ["|---|---|"])
        if not header:
            assert all(place + m.start() in covered for m in re.finditer(r"\w+", line))
        place += len(line)
