"""An owner's way with documents on the command line: approve, withdraw, what changed, what ends."""

from pathlib import Path

import pytest

from tests.conftest import Proofdesk, document


def owners_desk(folder: Path, rules: str) -> None:
    with (folder / "desk.yaml").open("a", encoding="utf-8") as file:
        file.write(f"\ndocuments: {rules}\n")


def test_an_owner_approves_a_change_and_until_then_the_old_text_answers(
    proofdesk: Proofdesk, desk_folder: Path
) -> None:
    owners_desk(desk_folder, "{approval: owner, changed: keep}")
    ask = ("kb", "When are yearly plans refunded in full?", "--desk", desk_folder)
    assert "14 days" not in proofdesk(*ask).out
    approved = proofdesk("docs", "approve", "refunds", "--as", "Mara Lindt", "--desk", desk_folder)
    assert approved.out == "Refunds: approved by Mara Lindt; it is in force.\n"
    assert "14 days" in proofdesk(*ask).out

    document(desk_folder, "refunds", "Yearly plans are refunded in full when you ask within 30 days of buying.")
    assert "14 days" in proofdesk(*ask).out
    changes = proofdesk("docs", "diff", "refunds", "--desk", desk_folder).out
    assert "-Yearly plans are refunded in full when you ask within 14 days of buying." in changes
    assert "+Yearly plans are refunded in full when you ask within 30 days of buying." in changes
    proofdesk("docs", "approve", "refunds", "--as", "Mara Lindt", "--desk", desk_folder)
    now = proofdesk(*ask).out
    assert "30 days" in now
    assert "approved by Mara Lindt" in now

    withdrawn = proofdesk("docs", "withdraw", "refunds", "--as", "Mara Lindt", "--desk", desk_folder)
    assert withdrawn.out == "Refunds: withdrawn by Mara Lindt; it is withdrawn.\n"
    assert "30 days" not in proofdesk(*ask).out
    assert "withdrawn" in proofdesk("docs", "list", "--desk", desk_folder).out


def test_what_ends_is_listed(proofdesk: Proofdesk, desk_folder: Path) -> None:
    proofdesk("docs", "sync", "--desk", desk_folder)
    assert "No document is expired" in proofdesk("docs", "stale", "--desk", desk_folder).out
    ending = ("docs", "approve", "refunds", "--as", "Mara", "--review-by", "2026-01-31", "--desk", desk_folder)
    assert "it is expired." in proofdesk(*ending).out
    assert "refunds" in proofdesk("docs", "stale", "--desk", desk_folder).out


def test_what_comes_back_is_named(proofdesk: Proofdesk, desk_folder: Path) -> None:
    file, sync = desk_folder / "documents" / "refunds.md", ("docs", "sync", "--desk", desk_folder)
    text = file.read_text(encoding="utf-8")
    proofdesk(*sync)
    file.unlink()
    lists = [
        ("docs", *words, "--desk", desk_folder)
        for words in (("list",), ("show", "refunds"), ("stale",), ("conflicts",))
    ]
    assert all("not as it was taken over last" in proofdesk(*each).err for each in lists)
    assert "1 gone" in proofdesk(*sync).out
    assert not any(proofdesk(*each).err for each in lists)
    file.write_text(text, encoding="utf-8")
    assert "Came back: Refunds (refunds) answers again, as Mara approved it." in proofdesk(*sync).out
    assert "Came back" not in proofdesk(*sync).out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("approve", "nothing", "--as", "Mara"), "There is no document 'nothing'"),
        (("approve", "refunds", "--as", "Mara", "--review-by", "31.3.2027"), "'31.3.2027' is not a day"),
        (("diff", "nothing"), "There is no document 'nothing'"),
    ],
)
def test_a_mistake_is_one_sentence(
    proofdesk: Proofdesk, desk_folder: Path, arguments: tuple[str, ...], said: str
) -> None:
    printed = proofdesk("docs", *arguments, "--desk", desk_folder)
    assert printed.code == 2
    assert said in printed.err


def test_contradictions_are_shown_side_by_side(proofdesk: Proofdesk, desk_folder: Path) -> None:
    proofdesk("docs", "sync", "--desk", desk_folder)
    assert "nowhere that I can see" in proofdesk("docs", "conflicts", "--desk", desk_folder).out
    said = "Yearly plans are refunded in full when you ask within 30 days of buying."
    document(desk_folder, "money-back", said, owner="Jonas", effective_from="2026-03-01")
    synced = proofdesk("docs", "sync", "--desk", desk_folder).out
    assert "1 contradiction between approved documents; `proofdesk docs conflicts` shows them." in synced
    found = proofdesk("docs", "conflicts", "--desk", desk_folder)
    assert found.code == 1
    assert "14 days" in found.out
    assert "money-back, approved by Mara from 2026-03-01, owner: Jonas" in " ".join(found.out.split())
    assert "1 contradiction between approved documents" in found.out
    drafted = proofdesk("draft", "When are yearly plans refunded in full?", "--desk", desk_folder)
    assert "I could not verify this" in drafted.out
    assert "Disagree" in drafted.out


def test_a_team_reads_a_source_approves_it_and_is_told_of_what_it_left_behind(
    proofdesk: Proofdesk, desk_folder: Path, tmp_path: Path
) -> None:
    export = tmp_path / "export"
    export.mkdir()
    (export / "gifts.md").write_text("# Gift cards\n\nA gift card is valid for 30 days.\n", encoding="utf-8")
    desk_yaml = desk_folder / "desk.yaml"
    before = desk_yaml.read_text(encoding="utf-8")
    desk_yaml.write_text(f"{before}\nsources:\n  drive: {{kind: folder, path: '{export}'}}\n", encoding="utf-8")
    ask = ("kb", "For how long is a gift card valid?", "--desk", desk_folder)

    assert "drive: 1 new, 0 changed, 0 gone" in proofdesk("docs", "fetch", "--desk", desk_folder).out
    assert "30 days" not in proofdesk(*ask).out
    assert "1 wait for approval" in " ".join(proofdesk("doctor", "--desk", desk_folder).out.split())
    approved = proofdesk("docs", "approve-waiting", "--as", "Mara", "--desk", desk_folder).out
    assert "Gift cards: approved by Mara." in approved
    assert "valid for 30 days" in proofdesk(*ask).out

    (export / "gifts.md").write_text("# Gift cards\n\nA gift card is valid for 7 days.\n", encoding="utf-8")
    assert "drive: 0 new, 1 changed" in proofdesk("docs", "fetch", "drive", "--desk", desk_folder).out
    assert "I could not verify this" in proofdesk(*ask).out

    desk_yaml.write_text(before, encoding="utf-8")
    assert "documents/drive was filled by a source" in " ".join(proofdesk("doctor", "--desk", desk_folder).out.split())
    synced = proofdesk("docs", "sync", "--desk", desk_folder)
    assert (synced.code, "documents/drive was filled by a source" in synced.err) == (0, True)
    unknown = proofdesk("docs", "fetch", "drive", "--desk", desk_folder)
    assert (unknown.code, "There is no source 'drive'" in unknown.err) == (2, True)


def test_reading_the_sources_fails_where_one_was_read_in_part_and_not_for_what_is_no_document(
    proofdesk: Proofdesk, desk_folder: Path, tmp_path: Path
) -> None:
    export = tmp_path / "export"
    export.mkdir()
    (export / "gifts.md").write_text("# Gift cards\n\nA gift card is valid for 30 days.\n", encoding="utf-8")
    (export / "old.doc").write_bytes(b"x")
    with (desk_folder / "desk.yaml").open("a", encoding="utf-8") as desk_yaml:
        desk_yaml.write(f"\nsources:\n  drive: {{kind: folder, path: '{export}'}}\n")
    fetched = proofdesk("docs", "fetch", "--desk", desk_folder)
    assert (fetched.code, "Refused: old.doc: files of this kind are not read" in fetched.out) == (0, True)
    (export / "damaged.docx").write_bytes(b"x")
    assert proofdesk("docs", "fetch", "--desk", desk_folder).code == 2


def test_nothing_is_approved_that_nobody_was_shown_and_nothing_stops_a_withdrawal(
    proofdesk: Proofdesk, desk_folder: Path
) -> None:
    owners_desk(desk_folder, "{approval: owner}")
    proofdesk("docs", "sync", "--desk", desk_folder)
    path = document(desk_folder, "refunds", "Yearly plans are refunded within 45 days.")
    for command in (("approve", "refunds"), ("approve-waiting",)):
        refused = proofdesk("docs", *command, "--as", "Mara", "--desk", desk_folder)
        assert (refused.code, "nothing was decided" in refused.err) == (2, True)
        path.write_text(path.read_text(encoding="utf-8").replace("45", "46"), encoding="utf-8")
    assert "46 days" in proofdesk("docs", "diff", "refunds", "--desk", desk_folder).out
    assert "refunds" in proofdesk("docs", "approve", "refunds", "--as", "Mara", "--desk", desk_folder).out.lower()
    for each in (desk_folder / "documents").glob("*.md"):
        each.write_text("---\nbroken\n", encoding="utf-8")
    assert proofdesk("docs", "withdraw", "refunds", "--as", "Mara", "--desk", desk_folder).code == 0
    asked = proofdesk("kb", "When are yearly plans refunded?", "--desk", desk_folder)
    assert "46 days" not in asked.out


def test_the_example_of_a_new_desk_waits_for_nobody(proofdesk: Proofdesk, tmp_path: Path) -> None:
    desk = tmp_path / "mydesk"
    proofdesk("init", desk)
    assert proofdesk("docs", "approve-waiting", "--as", "Mara", "--desk", desk).out == "No document waits.\n"
