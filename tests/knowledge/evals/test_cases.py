from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.drafting.draft import Outcome
from knowledge.errors import DeskFileError
from knowledge.evals.cases import Case, Expectation, load_cases

FULL = """id: refund-too-late
ticket: |
  Subject: Refund

  May I have my money back?
on: 2025-03-01
reference: No, sorry.
paraphrases: [Give me my money back]
synthetic: true
tags: [limit-inside]
expect:
  status: partial
  asks: [invoice_number]
  escalations: [billing_dispute]
  cites: [refund-policy]
  contains: [14 days, no]
  excludes: [30 days]
"""
SHORT = "id: {}\nticket: Hello\nexpect: {{status: unverified}}\n"


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def problems(folder: Path) -> tuple[str, ...]:
    with pytest.raises(DeskFileError) as caught:
        load_cases(folder)
    return caught.value.problems


def test_a_case_holds_what_its_file_says(tmp_path: Path) -> None:
    (case,) = load_cases(write(tmp_path, {"a.yaml": FULL}))
    assert case == Case(
        id="refund-too-late",
        ticket="Subject: Refund\n\nMay I have my money back?\n",
        on=date(2025, 3, 1),
        expect=Expectation(
            status=Outcome.PARTIAL,
            asks=frozenset({"invoice_number"}),
            escalations=frozenset({"billing_dispute"}),
            cites=frozenset({"refund-policy"}),
            contains=("14 days", "no"),
            excludes=("30 days",),
        ),
        reference="No, sorry.",
        paraphrases=("Give me my money back",),
        synthetic=True,
        tags=frozenset({"limit-inside"}),
    )
    assert case.text == case.ticket


def test_cases_come_in_the_order_of_their_files_and_other_files_are_left_alone(tmp_path: Path) -> None:
    files = {name: SHORT.format(name[0]) for name in ("b.yaml", "a.yml", "c/d.yaml", ".hidden.yaml", "README.md")}
    assert [case.id for case in load_cases(write(tmp_path, files))] == ["a", "b", "c"]


def test_a_ticket_may_be_empty(tmp_path: Path) -> None:
    (case,) = load_cases(write(tmp_path, {"a.yaml": SHORT.format("a").replace("Hello", "''")}))
    assert case.text == ""


@pytest.mark.parametrize("length", [5, 6, 7, 8, 100, 20_000])
def test_a_ticket_is_padded_to_its_exact_length(length: int, tmp_path: Path) -> None:
    (case,) = load_cases(write(tmp_path, {"a.yaml": SHORT.format("a") + f"pad_to: {length}"}))
    assert len(case.text) == length
    assert case.text.startswith("Hello")


BAD = {
    "no id": (FULL.replace("id: refund-too-late\n", ""), "a.yaml line 1: id is missing; add a line 'id: ...'."),
    "no ticket": ("id: a\nexpect: {status: partial}", "a.yaml line 1: ticket is missing; add a line 'ticket: ...'."),
    "nothing expected": ("id: a\nticket: b", "a.yaml line 1: expect is missing; add a line 'expect: ...'."),
    "no status": (
        FULL.replace("  status: partial\n", ""),
        "a.yaml line 11: status is missing; add a line 'status: ...'.",
    ),
    "unknown status": (
        FULL.replace("partial", "right"),
        "line 12: status 'right' is not one of answered, partial, unv",
    ),
    "misspelt key": (FULL.replace("cites", "cite"), "a.yaml line 15: unknown key 'cite'; did you mean 'cites'?"),
    "id with spaces": (FULL.replace("refund-too-late", "Too late"), "line 1: id 'Too late' is not an id; write lower"),
    "text for a list": (
        FULL.replace("[invoice_number]", "plan"),
        "line 13: asks must be a list, not 'plan'; write each",
    ),
    "blank item": (FULL.replace("14 days", "''"), "a.yaml line 16: contains item 1 is blank; write its text."),
    "impossible day": (FULL.replace("2025-03-01", "2025-02-29"), "line 6: on '2025-02-29' is not a date; write a day"),
    "shorter than the ticket": (
        FULL + "pad_to: 3",
        "line 18: pad_to 3 is less than the 43 characters of the ticket; w",
    ),
    "tag with spaces": (
        FULL.replace("limit-inside", "Limit inside"),
        "line 10: tags item 1 'Limit inside' is not an id",
    ),
    "neither yes nor no": (FULL.replace("true", "perhaps"), "line 9: synthetic 'perhaps' is neither true nor false"),
    "no padding": (FULL + "pad_to: 0", "a.yaml line 18: pad_to '0' is too small; write 1 or more."),
    "too much padding": (FULL + "pad_to: 9999999", "line 18: pad_to '9999999' is too large; write 1000000 or less."),
    "huge number": (FULL + f"pad_to: {'9' * 5000}", "a.yaml line 18: pad_to '9999"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_problem_names_file_line_and_remedy(name: str, tmp_path: Path) -> None:
    text, expected = BAD[name]
    (problem,) = problems(write(tmp_path, {"a.yaml": text}))
    assert problem.startswith("a.yaml line ")
    assert expected in problem


def test_the_problems_of_all_files_are_reported_together(tmp_path: Path) -> None:
    write(tmp_path, {"a.yaml": FULL, "b.yaml": "{}", "c.yaml": "# a comment\n" + FULL})
    (tmp_path / "d.yaml").write_bytes(b"\xff")
    assert problems(tmp_path) == (
        "b.yaml line 1: id is missing; add a line 'id: ...'.",
        "b.yaml line 1: ticket is missing; add a line 'ticket: ...'.",
        "b.yaml line 1: expect is missing; add a line 'expect: ...'.",
        "c.yaml line 2: id 'refund-too-late' is also the id of a.yaml; give each case an id of its own.",
        "d.yaml line 1: this is not text in UTF-8; save it as UTF-8.",
    )


def test_an_empty_folder_is_a_sentence(tmp_path: Path) -> None:
    assert problems(tmp_path) == (f"{tmp_path}: there is no case in it; add a YAML file for each case, or a CSV file.",)


def test_a_missing_folder_is_a_sentence(tmp_path: Path) -> None:
    assert "there is no such folder; create it with a YAML file for each case" in problems(tmp_path / "cases")[0]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.binary(max_size=60), st.text(max_size=40).map(lambda t: (FULL + f"pad_to: {t}\n").encode())))
def test_whatever_a_file_holds_gives_cases_or_sentences(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.yaml").write_bytes(content)
    try:
        load_cases(tmp_path)
        found: tuple[str, ...] = ()
    except DeskFileError as error:
        found = error.problems or ("nothing said",)
    assert all(problem.startswith("a.yaml ") and "\n" not in problem for problem in found)
