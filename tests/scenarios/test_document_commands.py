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
    document(desk_folder, "money-back", "Yearly plans are refunded in full when you ask within 30 days of buying.")
    proofdesk("docs", "sync", "--desk", desk_folder)
    found = proofdesk("docs", "conflicts", "--desk", desk_folder)
    assert found.code == 1
    assert "14 days" in found.out
    assert "30 days" in found.out
    assert "1 contradiction between approved documents" in found.out
    drafted = proofdesk("draft", "When are yearly plans refunded in full?", "--desk", desk_folder)
    assert "I could not verify this" in drafted.out
    assert "Disagree" in drafted.out
