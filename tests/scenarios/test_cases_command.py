"""A support lead without old tickets makes test tickets, and measures the desk on them."""

from pathlib import Path

from knowledge.evals.cases import load_cases
from tests.conftest import Proofdesk

WORDS_ALONE = {"PROOFDESK_EMBEDDINGS": "none"}


def test_made_tickets_are_files_that_eval_reads(proofdesk: Proofdesk, desk_folder: Path) -> None:
    done = proofdesk("cases", "make", "--desk", desk_folder, "--count", "40", **WORDS_ALONE)
    assert done.code == 0
    made = desk_folder / "cases" / "synthetic"
    assert f"40 test tickets written to {made}." in done.out
    assert "2 of 2 documents have at least one." in done.out
    assert "5 of 5 escalation categories have at least one." in done.out
    cases = load_cases(made)
    assert len(cases) == 40
    assert all(case.synthetic and "synthetic" in case.tags and len(case.tags) == 2 for case in cases)
    assert any(case.expect.status is None and case.expect.escalations for case in cases)
    asked = proofdesk("eval", "--desk", desk_folder, "--tag", "how-to", **WORDS_ALONE)
    assert "synthetic" in asked.out


def test_what_is_there_stays_unless_force_is_said(proofdesk: Proofdesk, desk_folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "made"
    make = ("cases", "make", "--desk", desk_folder, "--out", out, "--count", "2")
    proofdesk(*make, **WORDS_ALONE)
    first = {file.name: file.read_text() for file in out.iterdir()}
    assert proofdesk(*make, **WORDS_ALONE).code == 0
    assert len(list(out.iterdir())) == 4
    for name, text in first.items():
        assert (out / name).read_text() == text
        (out / name).write_text(text + "tags_: []\n")
    assert "tags_" in proofdesk(*make, **WORDS_ALONE).err
    assert proofdesk(*make, "--force", **WORDS_ALONE).code == 0
    assert {name: (out / name).read_text() for name in first} == first


def test_a_place_that_is_no_folder_is_named(proofdesk: Proofdesk, desk_folder: Path) -> None:
    done = proofdesk("cases", "make", "--desk", desk_folder, "--out", desk_folder / "desk.yaml", **WORDS_ALONE)
    assert (done.code, done.err) == (
        2,
        f"proofdesk: {desk_folder / 'desk.yaml'} is a file; name a folder with --out.\n",
    )


def test_old_tickets_become_cases_to_complete_and_once(proofdesk: Proofdesk, desk_folder: Path, tmp_path: Path) -> None:
    export = tmp_path / "export.csv"
    export.write_text(
        "Subject,Requester,Description,Reply\n"
        'Refund,Dana Reyes,"When are yearly plans refunded in full? Dana, dana@x.example",Within 14 days Dana.\n'
        "Empty,Ben,,\n"
    )
    told = proofdesk("cases", "import", export, "--desk", desk_folder, PROOFDESK_EMBEDDINGS="none")
    assert "1 test ticket written" in told.out
    assert "export.csv row 3: says nothing in description" in told.err
    assert told.code == 2
    (file,) = (desk_folder / "cases" / "imported").glob("*.yaml")
    written = file.read_text(encoding="utf-8")
    assert "check it, correct it" in written
    assert "Dana" not in written
    assert "reference: Within 14 days [NAME_" in written
    again = proofdesk("cases", "import", export, "--desk", desk_folder, PROOFDESK_EMBEDDINGS="none")
    assert "0 test tickets written" in again.out
    assert "1 were there already" in again.out
    checked = proofdesk("eval", "--tag", "imported", "--desk", desk_folder, PROOFDESK_EMBEDDINGS="none")
    assert "1 test ticket" in checked.out


def test_a_wrong_map_and_a_file_that_is_not_there_are_one_sentence(
    proofdesk: Proofdesk, desk_folder: Path, tmp_path: Path
) -> None:
    missing = proofdesk("cases", "import", tmp_path / "none.csv", "--desk", desk_folder)
    assert "none.csv cannot be read (No such file or directory); check the path." in missing.err
    wrong = proofdesk("cases", "import", tmp_path / "none.csv", "--map", "body=Text", "--desk", desk_folder)
    assert "--map names subject, customer, name, reply" in wrong.err
