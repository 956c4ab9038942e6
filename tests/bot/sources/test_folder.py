"""A folder on this machine as a source: read, put on the shelf, proposed, and kept in step."""

import os
from datetime import date
from pathlib import Path

import pytest

from bot.errors import SourceError
from bot.sources.fetching import Fetched, fetch
from bot.sources.page import Page
from bot.sources.shelf import Shelf
from knowledge.documents.document import DocumentStatus
from knowledge.documents.folder import read_folder
from knowledge.sources import SourceSettings

TODAY = date(2026, 11, 1)
GUIDE = "---\ntitle: Refund guide\nsidebar_position: 3\n---\n\nYearly plans are refunded within 14 days.\n"


@pytest.fixture
def export(tmp_path: Path) -> Path:
    folder = tmp_path / "export"
    (folder / "billing").mkdir(parents=True)
    (folder / "billing" / "refunds.md").write_text(GUIDE, encoding="utf-8")
    (folder / "browsers.md").write_text("# Browsers\n\nFirefox and Chrome.\n", encoding="utf-8")
    (folder / "photo.png").write_bytes(b"\x89PNG")
    return folder


async def take(export: Path, desk: Path, on: date = TODAY) -> Fetched:
    settings = SourceSettings(name="drive", kind="folder", path=str(export), owner="Mara Lindt", topic="billing")
    return await fetch(settings, "", desk, on)


async def test_files_become_proposed_documents_with_their_titles(export: Path, tmp_path: Path) -> None:
    fetched = await take(export, tmp_path / "documents")
    assert (sorted(fetched.shelved.new), fetched.gone, fetched.refused) == (["Browsers", "Refund guide"], [], [])
    found = {version.title: version for version in read_folder(tmp_path / "documents").versions}
    refunds = found["Refund guide"]
    assert (refunds.status, refunds.owner, refunds.topic) == (DocumentStatus.PROPOSED, "Mara Lindt", "billing")
    assert refunds.effective_from == TODAY
    assert refunds.text[refunds.body_start :].strip() == "Yearly plans are refunded within 14 days."
    assert refunds.id.startswith("drive-billing-refunds-md-")


async def test_what_did_not_change_is_the_same_text_and_so_the_same_version(export: Path, tmp_path: Path) -> None:
    await take(export, tmp_path / "documents")
    before = {version.id: version.hash for version in read_folder(tmp_path / "documents").versions}
    later = await take(export, tmp_path / "documents", date(2027, 1, 1))
    assert sorted(later.shelved.unchanged) == ["Browsers", "Refund guide"]
    assert {version.id: version.hash for version in read_folder(tmp_path / "documents").versions} == before


async def test_a_changed_file_is_another_version_and_one_that_is_gone_goes(export: Path, tmp_path: Path) -> None:
    await take(export, tmp_path / "documents")
    (export / "billing" / "refunds.md").write_text(GUIDE.replace("14", "30"), encoding="utf-8")
    (export / "browsers.md").unlink()
    fetched = await take(export, tmp_path / "documents")
    assert fetched.shelved.changed == ["Refund guide"]
    assert len(fetched.gone) == 1
    (left,) = read_folder(tmp_path / "documents").versions
    assert "30 days" in left.text


async def test_of_a_file_that_cannot_be_read_what_was_read_before_stays(export: Path, tmp_path: Path) -> None:
    await take(export, tmp_path / "documents")
    (export / "browsers.md").unlink()
    (export / "billing" / "refunds.md").write_bytes("Größe".encode("latin-1"))
    (export / "empty.md").write_text(" \n", encoding="utf-8")
    fetched = await take(export, tmp_path / "documents")
    assert [name.rpartition("-")[0] for name in fetched.gone] == ["browsers-md"]
    assert [each.what for each in fetched.refused] == ["billing/refunds.md", "empty.md"]
    assert all(each.reason for each in fetched.refused)
    assert [version.title for version in read_folder(tmp_path / "documents").versions] == ["Refund guide"]


async def test_a_source_that_is_empty_all_at_once_is_not_believed(export: Path, tmp_path: Path) -> None:
    await take(export, tmp_path / "documents")
    (export / "billing" / "refunds.md").unlink()
    (export / "browsers.md").unlink()
    with pytest.raises(SourceError, match="not one document"):
        await take(export, tmp_path / "documents")
    assert len(read_folder(tmp_path / "documents").versions) == 2


async def test_the_source_says_who_may_see_its_documents(export: Path, tmp_path: Path) -> None:
    settings = SourceSettings(name="drive", kind="folder", path=str(export), audience="leads")
    await fetch(settings, "", tmp_path / "documents", TODAY)
    assert {version.audience for version in read_folder(tmp_path / "documents").versions} == {"leads"}


async def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="there is no folder"):
        await take(tmp_path / "nowhere", tmp_path / "documents")


async def test_hostile_names_and_titles_make_a_file_that_can_be_read(export: Path, tmp_path: Path) -> None:
    title = 'A "quoted": title # with --- and \\ in it'
    (export / "…  ü.md").write_text(f"# {title}\n\nText.\n", encoding="utf-8")
    await take(export, tmp_path / "documents")
    reading = read_folder(tmp_path / "documents")
    assert reading.problems == ()
    assert title in [version.title for version in reading.versions]


async def test_a_folder_that_holds_the_desks_own_documents_is_no_source(export: Path) -> None:
    with pytest.raises(SourceError, match="documents folder lies inside"):
        await take(export, export / "desk" / "documents")


async def test_what_is_too_large_is_named_and_its_old_text_goes(export: Path, tmp_path: Path) -> None:
    documents = tmp_path / "documents"
    await take(export, documents)
    (export / "browsers.md").write_text("# Browsers\n\n" + "All of them. " * 200_000, encoding="utf-8")
    (export / "link.md").symlink_to(export / "browsers.md")
    fetched = await take(export, documents)
    assert sorted(each.what for each in fetched.refused) == ["browsers.md", "link.md"]
    assert {version.title for version in read_folder(documents).versions} == {"Refund guide"}


async def test_a_file_of_ours_that_somebody_broke_is_written_anew(export: Path, tmp_path: Path) -> None:
    documents = tmp_path / "documents"
    await take(export, documents)
    [broken] = (documents / "drive").glob("browsers-*.md")
    broken.write_bytes(b"\xff\xfe broken")
    assert (await take(export, documents)).refused == []
    assert "Firefox" in broken.read_text(encoding="utf-8")


async def test_a_source_does_not_read_what_was_written_for_it(tmp_path: Path) -> None:
    own = tmp_path / "documents" / "drive"
    own.mkdir(parents=True)
    (own / "mine.md").write_text("# Mine\n\nText.\n", encoding="utf-8")
    with pytest.raises(SourceError, match="point `path` at another folder"):
        await take(own, tmp_path / "documents")


async def test_above_the_most_what_was_left_out_stays_and_what_is_gone_goes(export: Path, tmp_path: Path) -> None:
    documents = tmp_path / "documents"
    (export / "seats.md").write_text("# Seats\n\nA seat may be moved.\n", encoding="utf-8")
    await take(export, documents)
    (export / "browsers.md").unlink()
    settings = SourceSettings(name="drive", kind="folder", path=str(export), most=1)
    fetched = await fetch(settings, "", documents, TODAY)
    assert [each.what for each in fetched.refused] == ["seats.md"]
    assert {version.title for version in read_folder(documents).versions} == {"Refund guide", "Seats"}


async def test_links_to_folders_and_what_is_no_file_are_named(export: Path, tmp_path: Path) -> None:
    (export / "latest").symlink_to(export / "billing")
    os.mkfifo(export / "pipe.txt")
    fetched = await take(export, tmp_path / "documents")
    assert [each.what for each in fetched.refused] == ["latest", "pipe.txt"]
    assert len(fetched.shelved.new) == 2


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
async def test_of_a_folder_that_cannot_be_read_all_documents_stay(export: Path, tmp_path: Path) -> None:
    documents = tmp_path / "documents"
    await take(export, documents)
    (export / "billing").chmod(0)
    fetched = await take(export, documents)
    (export / "billing").chmod(0o700)
    assert fetched.gone == []
    assert "check its permissions" in fetched.refused[0].reason
    assert "no document of it was taken to be gone" in fetched.refused[-1].reason


async def test_a_text_that_has_become_too_large_for_a_document_answers_no_longer(export: Path, tmp_path: Path) -> None:
    documents = tmp_path / "documents"
    (export / "fees.txt").write_text("Fees are due in May.\n", encoding="utf-8")
    await take(export, documents)
    (export / "fees.txt").write_text("Fees are due in June. " * 100_000, encoding="utf-8")
    fetched = await take(export, documents)
    assert fetched.shelved.changed == []
    assert "larger than 2 MB" in fetched.refused[0].reason
    assert [name.startswith("fees-txt-") for name in fetched.gone] == [True]


@pytest.mark.parametrize("hostile", ["\x00", "\x07", "\x85", "\u2028", "\ud800", "\ufffe", "\x1b[31m"])
def test_no_character_makes_a_file_that_cannot_be_read_as_a_document(tmp_path: Path, hostile: str) -> None:
    shelf = Shelf(tmp_path, SourceSettings(name="drive", kind="folder"), TODAY)
    refused = shelf.put(Page(key="a", title="A", markdown=f"# A{hostile}\n\nText{hostile} of it.\n"))
    refused += shelf.put(Page(key="b", title=f"B{hostile}title", markdown="Text."))
    shelf.write()
    reading = read_folder(tmp_path)
    assert reading.problems == ()
    assert len(reading.versions) + len(refused) == 2
    assert all(each.lasting and each.key for each in refused)


async def test_a_folder_in_the_place_of_a_file_of_ours_is_told(export: Path, tmp_path: Path) -> None:
    documents = tmp_path / "documents"
    await take(export, documents)
    [ours] = (documents / "drive").glob("browsers-*.md")
    ours.unlink()
    ours.mkdir()
    with pytest.raises(SourceError, match=r"cannot be read \(Is a directory\); remove it"):
        await take(export, documents)


async def test_text_between_two_rules_at_the_beginning_is_not_lost(export: Path, tmp_path: Path) -> None:
    (export / "fees.md").write_text("---\n\nFees are due in May.\n\n---\n\nMore.\n", encoding="utf-8")
    await take(export, tmp_path / "documents")
    assert any("due in May" in version.text for version in read_folder(tmp_path / "documents").versions)


async def test_documents_of_other_kinds_are_named_and_code_and_pictures_are_not(export: Path, tmp_path: Path) -> None:
    for name in ("fees.DOC", "guide.rst", "README", "main.py", "logo.svg", "Makefile"):
        (export / name).write_bytes(b"x")
    fetched = await take(export, tmp_path / "documents")
    assert sorted(each.what for each in fetched.refused) == ["README", "fees.DOC", "guide.rst"]
    assert all("save it as Markdown" in each.reason and each.lasting for each in fetched.refused)
    assert len(fetched.shelved.new) == 2


async def test_files_of_other_kinds_alone_do_not_say_that_all_documents_are_gone(export: Path, tmp_path: Path) -> None:
    await take(export, tmp_path / "documents")
    (export / "billing" / "refunds.md").unlink()
    (export / "browsers.md").rename(export / "browsers.rst")
    with pytest.raises(SourceError, match="not one document"):
        await take(export, tmp_path / "documents")


async def test_a_refusal_names_a_file_once_and_by_its_own_name(export: Path, tmp_path: Path) -> None:
    (export / "mid.txt").write_text("Fees are due in June. " * 100_000, encoding="utf-8")
    (export / "bomb.docx").write_bytes(b"PK")
    (export / "latin.md").write_bytes("Größe".encode("latin-1"))
    fetched = await take(export, tmp_path / "documents")
    assert sorted(each.what for each in fetched.refused) == ["bomb.docx", "latin.md", "mid.txt"]
    assert not any(each.what.partition(".")[0] in each.reason for each in fetched.refused)
