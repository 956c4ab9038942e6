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
