from datetime import date
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.documents.document import DocumentStatus
from knowledge.documents.front_matter import read_version
from knowledge.errors import DeskFileError

FULL = """---
id: refund-policy
title: Refund policy
status: approved
approved_by: Dana Cole
effective_from: 2025-03-01
effective_until: "2026-03-01"
review_by: 2025-09-01
owner: Finance
topic: refunds
url: https://help.example.com/refunds?x=1#top
supersedes: [refund-2024, refund-2023]
audience: finance
---
# Refunds

Yearly plans are refunded within 14 days.
"""


def problems(text: str) -> tuple[str, ...]:
    with pytest.raises(DeskFileError) as caught:
        read_version(text, "refunds.md")
    return caught.value.problems


def test_a_version_holds_what_its_front_matter_says() -> None:
    version = read_version(FULL, "refunds.md")
    assert version.model_dump(exclude={"text", "hash", "body_start"}) == {
        "id": "refund-policy",
        "title": "Refund policy",
        "status": DocumentStatus.APPROVED,
        "approved_by": "Dana Cole",
        "effective_from": date(2025, 3, 1),
        "effective_until": date(2026, 3, 1),
        "review_by": date(2025, 9, 1),
        "owner": "Finance",
        "topic": "refunds",
        "audience": "finance",
        "grace_days": 0,
        "refused": False,
        "url": "https://help.example.com/refunds?x=1#top",
        "supersedes": ("refund-2024", "refund-2023"),
        "superseded_from": None,
        "path": "refunds.md",
    }
    assert version.text == FULL
    assert version.text[version.body_start :].startswith("# Refunds")
    assert version.hash == sha256(FULL.encode()).hexdigest()


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_line_ends_stay_as_they_are_and_the_body_begins_behind_the_closing_line(line_end: str) -> None:
    text = FULL.replace("\n", line_end)
    version = read_version(text, "refunds.md")
    assert version.text == text
    assert version.text[version.body_start :].startswith("# Refunds" + line_end)
    assert version.title == "Refund policy"


def test_one_superseded_document_needs_no_list() -> None:
    assert read_version(FULL.replace("[refund-2024, refund-2023]", "2024"), "a.md").supersedes == ("2024",)


def test_a_proposed_document_needs_no_approver() -> None:
    text = FULL.replace("status: approved\napproved_by: Dana Cole", "status: proposed")
    assert read_version(text, "a.md").approved_by == ""


def test_a_document_may_end_with_its_front_matter() -> None:
    text = FULL[: FULL.index("# Refunds")].rstrip("\n")
    assert read_version(text, "a.md").body_start == len(text)


def test_a_rule_in_the_body_is_part_of_the_body() -> None:
    version = read_version(FULL + "\n---\nMore.\n", "a.md")
    assert version.text[version.body_start :].startswith("# Refunds")


def test_a_title_is_one_line() -> None:
    assert read_version(FULL.replace("Refund policy", "|\n  Refund\n  policy\n"), "a.md").title == "Refund policy"


BAD = {
    "no front matter": (FULL[4:], 1, "there is no front matter; begin the file with a line '---'"),
    "empty file": ("", 1, "there is no front matter; begin the file with"),
    "blank line first": ("\n" + FULL, 1, "there is no front matter; begin the file with"),
    "not closed": (FULL.replace("---\n# Refunds", "# Refunds"), 1, "not closed; put a line '---' behind its last key"),
    "only an opening line": ("---", 1, "not closed; put a line '---' behind its last key"),
    "no id": (FULL.replace("id: refund-policy\n", ""), 1, "id is missing; add a line 'id: ...'"),
    "no title": (FULL.replace("title: Refund policy\n", ""), 1, "title is missing; add a line"),
    "no status": (FULL.replace("status: approved\n", ""), 1, "status is missing; add a line"),
    "no start": (FULL.replace("effective_from: 2025-03-01\n", ""), 1, "effective_from is missing; add a line"),
    "no approver": (
        FULL.replace("approved_by: Dana Cole\n", ""),
        1,
        "approved_by is missing; name the person who approved this version.",
    ),
    "blank approver": (FULL.replace("Dana Cole", "' '"), 5, "approved_by is missing; name the person who approved"),
    "approver in a comment": (
        FULL.replace("Dana Cole", "#dana"),
        5,
        "approved_by is empty; write its value, in quotes",
    ),
    "withdrawn without approver": (
        FULL.replace("status: approved\napproved_by: Dana Cole", "status: withdrawn"),
        1,
        "approved_by is missing; name",
    ),
    "unknown status": (
        FULL.replace(": approved", ": final"),
        4,
        "status 'final' is not one of proposed, approved, with",
    ),
    "unknown key": (
        FULL.replace("review_by", "reviewed_by"),
        8,
        "unknown key 'reviewed_by'; did you mean 'review_by'?",
    ),
    "twice": (FULL.replace("topic: refunds", "owner: Ops"), 10, "'owner' stands already on line 9; keep one"),
    "capitals in the id": (
        FULL.replace("refund-policy", "Refund Policy"),
        2,
        "write lowercase letters, digits and hyphens, such as refund-policy",
    ),
    "blank title": (FULL.replace("Refund policy", "''"), 3, "title is blank; write its text"),
    "impossible day": (FULL.replace("2025-03-01", "2025-02-30"), 6, "'2025-02-30' is not a date; write a day"),
    "ends before it starts": (
        FULL.replace("2026-03-01", "2024-03-01"),
        7,
        "effective_until 2024-03-01 is before effective_from 2025-03-01; correct one of the two",
    ),
    "review before it starts": (
        FULL.replace("2025-09-01", "2025-02-28"),
        8,
        "review_by 2025-02-28 is before effective_from 2025-03-01; correct",
    ),
    "http": (FULL.replace("https:", "http:"), 11, "is not a link readers can open; write an address that begins with"),
    "script": (FULL.replace("https://help.example.com/refunds?x=1#top", "javascript:x()"), 11, "write an address that"),
    "user name in the link": (FULL.replace("https://", "https://bank.example@"), 11, "write an address that begins"),
    "markup in the link": (FULL.replace("refunds?x=1", "a|b>"), 11, "write an address that begins with https://"),
    "superseded id": (FULL.replace("refund-2023", "Refund 2023"), 12, "supersedes item 2 'Refund 2023' is not an id"),
    "audience": (
        FULL.replace("finance", "Partners!"),
        FULL[: FULL.index("audience")].count("\n") + 1,
        "audience 'Partners!' is not an id; write lower",
    ),
    "syntax": (
        FULL.replace("Refund policy", "Refunds: policy"),
        3,
        "a ':' stands where none may; put the text in quotes",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_problem_names_file_line_and_remedy(name: str) -> None:
    text, line, words = BAD[name]
    found = problems(text)
    assert len(found) == 1
    assert found[0].startswith(f"refunds.md line {line}: ")
    assert words in found[0]


def test_all_problems_are_reported_together() -> None:
    text = FULL.replace("approved_by: Dana Cole\n", "").replace("https:", "http:").replace("id: r", "id: R")
    assert [problem.split(":")[0] for problem in problems(text)] == [f"refunds.md line {n}" for n in (1, 2, 10)]


def test_an_unclosed_front_matter_is_found_quickly_in_a_large_file() -> None:
    assert "not closed" in problems("---\r\n" + "x\r\n" * 200_000)[0]


@settings(deadline=None)
@given(st.text(max_size=100), st.sampled_from(["{}", "---\n{}", "---\n{}\n---\n", FULL.replace("Refund policy", "{}")]))
def test_whatever_is_written_gives_a_version_or_sentences(text: str, around: str) -> None:
    whole = around.replace("{}", text)
    try:
        assert read_version(whole, "refunds.md").text == whole
    except DeskFileError as error:
        found = error.problems
    else:
        found = ("refunds.md line ",)
    assert all(problem.startswith("refunds.md line ") for problem in found)
