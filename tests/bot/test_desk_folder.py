import os
from pathlib import Path

import pytest

from bot.desk_folder import DeskFolder
from knowledge.errors import DeskFileError


def change(path: Path, text: str) -> None:
    """Writes a file so that its time differs, however coarse the file system's clock is."""
    path.write_text(text)
    times = path.stat()
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns + 10_000_000))


def test_a_changed_file_is_in_force_at_the_next_look(desk_folder: Path) -> None:
    folder = DeskFolder(desk_folder)
    assert folder.read().team.review.undo_minutes == 30
    with (desk_folder / "desk.yaml").open() as file:
        text = file.read()
    change(desk_folder / "desk.yaml", f"{text}\nreview:\n  undo_minutes: 5\n")
    assert folder.read().team.review.undo_minutes == 5


def test_a_broken_file_leaves_the_last_good_one_in_force_and_is_named_until_it_is_mended(desk_folder: Path) -> None:
    folder = DeskFolder(desk_folder)
    before = folder.read()
    good = (desk_folder / "brand.yaml").read_text()
    change(desk_folder / "brand.yaml", "greeting: [unclosed\n")
    assert folder.read() == before
    assert folder.problems
    assert folder.problems[0].startswith("brand.yaml")
    change(desk_folder / "brand.yaml", good)
    os.utime(desk_folder / "brand.yaml")
    folder.read()
    assert folder.problems == ()


def test_without_a_good_version_there_is_no_desk(tmp_path: Path) -> None:
    with pytest.raises(DeskFileError, match="proofdesk init"):
        DeskFolder(tmp_path)
