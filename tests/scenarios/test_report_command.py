"""A lead's way with figures on the command line."""

import json
import sqlite3
from pathlib import Path

from tests.conftest import Proofdesk


def test_a_lead_reads_the_figures_of_what_was_drafted(proofdesk: Proofdesk, desk_folder: Path, tmp_path: Path) -> None:
    proofdesk("draft", "When are yearly plans refunded in full?", "--desk", desk_folder)
    proofdesk("draft", "Do you deliver to the moon on Sundays?", "--desk", desk_folder)
    told = proofdesk("report", "--desk", desk_folder, "--check")
    assert "2 tickets (0 before), 2 drafts." in told.out
    assert "1 of 2 tickets could not be verified" in told.out
    assert "The audit log tells the same." in told.err
    page, rows = tmp_path / "report.html", tmp_path / "report.csv"
    found = json.loads(proofdesk("report", "--desk", desk_folder, "--json", "--html", page, "--csv", rows).out)
    assert (found["figures"]["tickets"], found["figures"]["waiting"], len(found["weeks"])) == (2, 2, 4)
    assert "Week by week" in page.read_text(encoding="utf-8")
    assert len(rows.read_text(encoding="utf-8").splitlines()) == 3


def test_a_changed_database_is_noticed(proofdesk: Proofdesk, desk_folder: Path) -> None:
    proofdesk("draft", "When are yearly plans refunded in full?", "--desk", desk_folder)
    with sqlite3.connect(desk_folder / ".proofdesk" / "proofdesk.db") as database:
        assert database.execute("UPDATE drafts SET state = 'approved'").rowcount == 1
    told = proofdesk("report", "--desk", desk_folder, "--check")
    assert told.code == 1
    assert "The audit log tells otherwise than the tables." in told.err


def test_what_an_earlier_release_did_not_write_down_is_not_held_against_the_database(
    proofdesk: Proofdesk, desk_folder: Path
) -> None:
    proofdesk("draft", "When are yearly plans refunded in full?", "--desk", desk_folder)
    with sqlite3.connect(desk_folder / ".proofdesk" / "proofdesk.db") as database:
        database.execute("UPDATE drafts SET words = 0, topic = ''")
        database.execute("UPDATE audit SET details = json_remove(details, '$.words', '$.edited', '$.topic')")
    told = proofdesk("report", "--desk", desk_folder, "--check")
    assert (told.code, "The audit log tells the same." in told.err) == (0, True)


def test_a_day_to_come_and_a_file_that_cannot_be_written_are_one_sentence(
    proofdesk: Proofdesk, desk_folder: Path, tmp_path: Path
) -> None:
    assert "is not over yet" in proofdesk("report", "--since", "2999-01-01", "--desk", desk_folder).err
    assert "more than ten years ago" in proofdesk("report", "--since", "1000-01-01", "--desk", desk_folder).err
    nowhere = tmp_path / "nowhere" / "report.html"
    told = proofdesk("report", "--html", nowhere, "--desk", desk_folder)
    assert told.code == 2
    assert "report.html cannot be written: its folder is not there" in told.err
