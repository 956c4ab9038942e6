import os
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.documents.folder import FolderReading, fingerprint, read_folder
from knowledge.errors import DeskFileError


def document(id_: str, *lines: str, start: str = "2025-01-01", status: str = "approved") -> str:
    keys = [
        f"id: {id_}",
        "title: Refunds",
        f"status: {status}",
        "approved_by: Dana",
        f"effective_from: {start}",
        *lines,
    ]
    return "\n".join(["---", *keys, "---", "Refunds take 14 days.", ""])


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def problems(folder: Path) -> tuple[str, ...]:
    try:
        return read_folder(folder).problems
    except DeskFileError as error:
        return error.problems


def test_markdown_files_are_read_in_order_and_other_files_are_named(tmp_path: Path) -> None:
    files = ["b.md", "a/z.markdown", "a/y.MD", "notes.txt", "a/scan.pdf", ".hidden.md", ".git/c.md", "c.md~"]
    write(tmp_path, {name: document(f"d-{number}") for number, name in enumerate(files)})
    reading = read_folder(tmp_path)
    assert [version.path for version in reading.versions] == ["a/y.MD", "a/z.markdown", "b.md"]
    assert reading.skipped == ("a/scan.pdf", "c.md~", "notes.txt")


def test_line_ends_stay_and_a_byte_order_mark_is_not_text(tmp_path: Path) -> None:
    text = document("a").replace("\n", "\r\n")
    write(tmp_path, {"a.md": b"\xef\xbb\xbf" + text.encode()})
    (version,) = read_folder(tmp_path).versions
    assert version.text == text
    assert version.text[version.body_start :] == "Refunds take 14 days.\r\n"


def started(reading: FolderReading) -> dict[str, date | None]:
    return {version.id: version.superseded_from for version in reading.versions}


def test_a_replaced_document_ends_when_the_first_approved_successor_starts(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "old.md": document("old"),
            "late.md": document("late", "supersedes: [old]", start="2025-06-01"),
            "early.md": document("early", "supersedes: old", start="2025-05-01"),
            "proposed.md": document("proposed", "supersedes: old", start="2025-02-01", status="proposed"),
            "withdrawn.md": document("withdrawn", "supersedes: old", start="2025-03-01", status="withdrawn"),
        },
    )
    day = date(2025, 5, 1)
    assert started(read_folder(tmp_path)) == dict.fromkeys(["early", "late", "proposed", "withdrawn"]) | {"old": day}


BAD: dict[str, tuple[dict[str, str | bytes], list[tuple[str, str]]]] = {
    "same id": (
        {"a.md": document("x"), "b.md": document("x")},
        [("b.md line 2: ", "id 'x' is also the id of a.md; give each document an id of its own")],
    ),
    "same id three times": (
        {"a.md": document("x"), "b.md": document("x"), "c.md": document("x")},
        [("b.md line 2: ", "also the id of a.md; give"), ("c.md line 2: ", "also the id of a.md; give")],
    ),
    "misspelt superseded id": (
        {"a.md": document("refund-2024"), "b.md": document("b", "supersedes: refnd-2024")},
        [("b.md line 7: ", "'refnd-2024', which is not the id of a document; did you mean 'refund-2024'?")],
    ),
    "unknown superseded id": (
        {"b.md": document("b", "supersedes: [zzz]")},
        [("b.md line 7: ", "supersedes 'zzz', which is not the id of a document; add that document or remove its id")],
    ),
    "supersedes itself": (
        {"a.md": document("a", "supersedes: a")},
        [("a.md line 7: ", "supersedes goes round in a circle, a → a; remove it")],
    ),
    "circle of two": (
        {"a.md": document("a", "supersedes: b"), "b.md": document("b", "supersedes: a"), "c.md": document("c")},
        [(".md line 7: ", "supersedes goes round in a circle, ")],
    ),
    "two circles": (
        {
            "a.md": document("a", "supersedes: a"),
            "b.md": document("b", "supersedes: c"),
            "c.md": document("c", "supersedes: d"),
            "d.md": document("d", "supersedes: [a, b]"),
        },
        [("a.md line 7: ", "circle, a → a"), (".md line 7: ", " → ")],
    ),
    "problem and consequence": (
        {"a.md": document("a").replace("Dana", "''"), "b.md": document("b", "supersedes: a")},
        [("a.md line 5: ", "approved_by is missing; name the person")],
    ),
    "several files": (
        {"a.md": "no", "b.md": b"\xff", "c.md": document("c", "supersedes: zzz"), "d/e.md": document("E")},
        [
            ("a.md line 1: ", "there is no front matter; begin"),
            ("b.md line 1: ", "save it as UTF-8"),
            ("d/e.md line 2: ", "'E' is not an id; write lowercase"),
            ("c.md line 7: ", "'zzz', which is not the id"),
        ],
    ),
    "latin-1": (
        {"a.md": document("a").encode() + b"caf\xe9"},
        [("a.md line 9: ", "not text in UTF-8; save it as UTF-8")],
    ),
    "utf-16": ({"a.md": document("a").encode("utf-16")}, [("a.md line 1: ", "save it as UTF-8")]),
    "utf-16 without mark": ({"a.md": document("a").encode("utf-16-le")}, [("a.md line 1: ", "save it as UTF-8")]),
    "binary": ({"a.md": document("a").encode() + b"\0\1"}, [("a.md line 9: ", "save it as UTF-8")]),
    "too large": (
        {"a.md": document("a") + "x" * 2_000_000},
        [("a.md: ", "larger than 2 MB; split it into smaller ones")],
    ),
    "name with a line break": ({"a\nb.md": "no"}, [("'a\\nb.md' line 1: ", "there is no front matter")]),
    "only other files": (
        {"a.txt": "no"},
        [("", "there is no Markdown document in this folder; put approved .md files")],
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_problems_name_file_line_and_remedy(name: str, tmp_path: Path) -> None:
    files, expected = BAD[name]
    found = problems(write(tmp_path, files))
    assert len(found) == len(expected)
    for problem, (place, words) in zip(found, expected, strict=True):
        assert place in problem
        assert words in problem


def test_an_empty_folder_is_one_sentence(tmp_path: Path) -> None:
    assert problems(tmp_path) == (
        f"{tmp_path}: there is no Markdown document in this folder; put approved .md files there.",
    )


def test_a_missing_folder_is_one_sentence(tmp_path: Path) -> None:
    assert "there is no such folder; create it" in problems(tmp_path / "documents")[0]


def test_a_link_that_leads_outside_is_refused(tmp_path: Path) -> None:
    write(tmp_path, {"secret.md": document("secret"), "desk/a.md": document("a")})
    (tmp_path / "desk/link.md").symlink_to(tmp_path / "secret.md")
    assert problems(tmp_path / "desk") == (
        "link.md: this link leads outside the documents folder; copy the file into it.",
    )


def test_links_inside_the_folder_are_followed_for_files_only(tmp_path: Path) -> None:
    write(tmp_path, {"desk/.data/a.md": document("a"), "outside/b.md": document("b")})
    (tmp_path / "desk/a.md").symlink_to(Path(".data/a.md"))
    (tmp_path / "desk/outside").symlink_to(tmp_path / "outside")
    (tmp_path / "desk/round").symlink_to(tmp_path / "desk")
    reading = read_folder(tmp_path / "desk")
    assert [version.path for version in reading.versions] == ["a.md"]
    assert reading.skipped == ("outside", "round")


def test_a_folder_that_is_itself_a_link_is_read(tmp_path: Path) -> None:
    write(tmp_path, {"real/a.md": document("a")})
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert len(read_folder(tmp_path / "link").versions) == 1


@pytest.mark.parametrize("target", ["nothing.md", "link.md"])
def test_a_link_to_nothing_or_to_itself_is_a_sentence(target: str, tmp_path: Path) -> None:
    (tmp_path / "link.md").symlink_to(Path(target))
    (problem,) = problems(tmp_path)
    assert problem.startswith("link.md: the file cannot be read (")
    assert "check that it is there" in problem


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.md")
    assert problems(tmp_path) == ("a.md: this is not an ordinary file; put one in its place.",)


def test_a_name_that_is_not_utf_8_is_shown_safely(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_text("x")
    write(tmp_path, {"a.md": document("a")})
    assert read_folder(tmp_path).skipped == ("'caf\\udce9.txt'",)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_folder_that_may_not_be_listed_is_a_problem(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": document("a"), "closed/b.md": document("b")})
    (tmp_path / "closed").chmod(0)
    assert "the folder cannot be read" in problems(tmp_path)[0]


def changed(folder: Path, steps: Iterable[str]) -> list[bool]:
    """Whether each step changes the folder's fingerprint."""
    found = []
    before = fingerprint(folder)
    for step in steps:
        path = folder / step
        path.unlink() if path.exists() else write(folder, {step: "x"})
        after = fingerprint(folder)
        found.append(before != after)
        before = after
    return found


def test_a_fingerprint_changes_with_any_visible_file(tmp_path: Path) -> None:
    assert changed(tmp_path, ["a.md", "b/c.txt", ".hidden", ".git/x", "a.md"]) == [True, True, False, False, True]
    path = tmp_path / "b/c.txt"
    before = fingerprint(tmp_path)
    assert fingerprint(tmp_path) == before
    os.utime(path, ns=(1, 1))
    touched = fingerprint(tmp_path)
    path.rename(tmp_path / "b/d.txt")
    assert len({before, touched, fingerprint(tmp_path)}) == 3


def test_a_fingerprint_needs_no_folder(tmp_path: Path) -> None:
    (tmp_path / "link.md").symlink_to("nothing")
    assert fingerprint(tmp_path / "nothing") != fingerprint(tmp_path)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.binary(max_size=80), st.binary(max_size=40).map(lambda b: document("a", "owner: ").encode() + b)))
def test_whatever_bytes_a_file_holds_give_versions_or_sentences(tmp_path: Path, content: bytes) -> None:
    write(tmp_path, {"a.md": content})
    try:
        found = [version.path for version in read_folder(tmp_path).versions]
    except DeskFileError as error:
        found = list(error.problems)
    assert all(text.startswith("a.md") for text in found)
