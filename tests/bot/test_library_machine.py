"""Documents that change, end, are approved and withdrawn in any order: nothing stale is ever quoted."""

from pathlib import Path

from tests.bot.library_machine import LibraryMachine, run_histories


def test_no_history_of_a_library_leaves_a_stale_quote(tmp_path: Path) -> None:
    run_histories(tmp_path, histories=40)
    assert LibraryMachine.quotes
