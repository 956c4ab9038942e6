"""A support lead measures the desk on the team's own old tickets."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Outcome, Proofdesk

WORDS_ALONE = {"PROOFDESK_EMBEDDINGS": "none"}
REFUND = "When are yearly plans refunded in full?"
SENT = (
    "Hello, Thank you for writing to us. Yearly plans are refunded in full when you ask within 14 days of buying. "
    "Kind regards"
)
SHEET = f"""id;ticket;status;cites;contains;reference;paraphrases;tags
refund;{REFUND};answered;refunds;14 days;{SENT};;money
password;How do I reset my password?;answered;passwords;;No such luck today, sorry about that.;;access
shaky;{REFUND};answered;refunds;;;Colourless ideas sleep furiously?;money
moon;Do you ship to the moon?;unverified;;;;;
"""


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "old-tickets.csv"
    path.write_text(SHEET, encoding="utf-8-sig")
    return path


@pytest.fixture
def evaluated(proofdesk: Proofdesk, desk_folder: Path, sheet: Path) -> Any:
    """Runs `eval` on the sheet."""

    def run(*arguments: str | Path, columns: str = "200") -> Outcome:
        return proofdesk("eval", "--desk", desk_folder, "--cases", sheet, *arguments, COLUMNS=columns, **WORDS_ALONE)

    return run


def test_the_sheet_is_scored_and_only_what_went_wrong_is_told_in_detail(evaluated: Any) -> None:
    done = evaluated()
    assert done.code == 1
    assert "✗ shaky" in done.out
    assert "is unverified, not answered (in 1 of 2 drafts)" in done.out
    assert "✗ password" in done.out
    assert "of the words of the reply that was sent are different; light is at most 20 %" in done.out
    assert "refund\n" not in done.out
    assert "4 test tickets, 5 drafts: not enough are right." in done.out
    assert "All of these? 50 % are right, 80 % must be." in done.out
    assert "✓ refund" in evaluated("--all").out


def test_the_desks_own_thresholds_decide_what_is_enough(evaluated: Any, desk_folder: Path) -> None:
    desk = desk_folder / "desk.yaml"
    before = desk.read_text()
    desk.write_text(f"{before}\neval: {{facts: 75, overall: 50}}\n")
    assert evaluated().code == 0
    desk.write_text(f"{before}\neval: {{facts: 76, overall: 50}}\n")
    assert evaluated().code == 1
    desk.write_text(f"{before}\neval: {{facts: 75, overall: 50, light_edit: 19, sendable: 51}}\n")
    assert "Sendable after light editing? 50 % are right, 51 % must be." in evaluated().out


def test_a_narrow_terminal_folds_and_cuts_nothing_off(evaluated: Any) -> None:
    lines = evaluated(columns="40").out.splitlines()
    assert max(map(len, lines)) <= 40
    assert "…" not in "".join(lines)
    assert any(line.endswith("80 %") for line in map(str.rstrip, lines))


def test_synthetic_cases_are_counted_beside_the_others(evaluated: Any, sheet: Path) -> None:
    sheet.write_text("id,ticket,status,synthetic,tags\na,Hello?,unverified,true,limit-inside\nb,Hello?,unverified,,\n")
    assert "2 test tickets, 1 of them synthetic: enough are right." in evaluated().out


def test_cases_are_chosen_by_id_and_by_tag(evaluated: Any) -> None:
    assert "1 test ticket: enough are right." in evaluated("--only", "refund").out
    assert "2 test tickets" in evaluated("--only", "refund", "--only", "moon").out
    assert "2 test tickets" in evaluated("--tag", "money").out
    assert "1 test ticket:" in evaluated("--tag", "money", "--only", "refund").out


def test_repeats_name_what_is_not_the_same_each_time(evaluated: Any) -> None:
    done = evaluated("--repeat", "3", "--tag", "money")
    assert "2 test tickets, 9 drafts" in done.out
    assert "1 of 2 get the same draft each time." in done.out
    assert "~ shaky not the same: status, citations" in done.out


def test_json_holds_every_draft_its_proofs_and_the_answers(evaluated: Any, tmp_path: Path) -> None:
    printed = evaluated("--json", "-", "--only", "refund")
    assert printed.code == 0
    report = json.loads(printed.out)
    assert report["passed"] is True
    assert report["questions"]["facts"] == {
        "question": "Only approved facts?", "right": 1, "scored": 1, "percent": 100, "needed": 80, "met": True,
    }  # fmt: skip
    (case,) = report["cases"]
    assert case["expect"] == {"status": "answered", "cites": ["refunds"], "contains": ["14 days"]}
    assert case["answers"]["sendable"] == {"right": True, "reasons": []}
    assert case["drafts"][0]["statements"][0]["citations"][0]["document"] == "refunds"
    file = tmp_path / "report.json"
    assert evaluated("--json", file, "--only", "refund").out.startswith(" ")
    assert json.loads(file.read_text())["cases"][0]["id"] == "refund"


def test_the_page_is_written_beside_the_table(evaluated: Any, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    assert "not enough are right" in evaluated("--html", file).out
    page = file.read_text()
    assert "Yearly plans are refunded in full when you ask within 14 days of buying." in page
    assert page.index("<h2>shaky</h2>") < page.index("<h2>refund</h2>")
    assert "http" not in page.replace("http-equiv", "")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--only", "refunds"), "There is no test case 'refunds'; did you mean 'refund'?"),
        (("--tag", "mony"), "No test case has the tag 'mony'; did you mean 'money'?"),
        (("--tag", "access", "--only", "refund"), "None of these test cases has one of these tags"),
        (("--cases", "nowhere"), "nowhere: there is no such folder"),
        (("--html", "{tmp}"), "is a folder; name a file in it."),
        (("--html", "{tmp}/gone/report.html"), "its folder is not there; create it, or name another file."),
        (("--json", "{tmp}/gone/report.json"), "its folder is not there; create it, or name another file."),
        (("--repeat", "0"), "Invalid value for '--repeat'"),
    ],
)
def test_what_cannot_be_used_is_said_at_once_with_exit_code_two(
    evaluated: Any, tmp_path: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    done = evaluated(*(argument.format(tmp=tmp_path) for argument in arguments))
    assert done.code == 2
    assert sentence in done.err


def test_a_broken_sheet_and_a_broken_threshold_name_their_place(evaluated: Any, sheet: Path, desk_folder: Path) -> None:
    sheet.write_text(SHEET.replace(";unverified;", ";right;"))
    done = evaluated()
    assert done.code == 2
    assert "old-tickets.csv row 5 column status: status 'right' is not one of answered, partial, unverified" in done.err
    with (desk_folder / "desk.yaml").open("a") as desk:
        desk.write("\neval:\n  overal: 90\n")
    assert "unknown key 'overal'; did you mean 'overall'?" in evaluated().err
