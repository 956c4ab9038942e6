import inspect

from knowledge.drafting.draft import DraftStatus
from storage import errors
from storage.errors import AuditBroken, DraftChanged, StorageError


def test_the_tree_at_the_top_names_every_error() -> None:
    kinds = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, StorageError)]
    assert len(kinds) == 5
    assert all(kind.__name__ in (errors.__doc__ or "") for kind in kinds)


def test_the_loser_of_a_race_is_told_who_won_and_what_the_draft_is_now() -> None:
    lost = DraftChanged(state=DraftStatus.AWAITING_SECOND, number=2, person="U1", verdict="approve")
    assert str(lost) == "U1 decided first and the draft is awaiting second now; look again before you decide."
    assert (lost.state, lost.number, lost.person, lost.verdict) == (DraftStatus.AWAITING_SECOND, 2, "U1", "approve")


def test_a_broken_trail_is_named_with_its_row() -> None:
    assert "T-ACME is broken at row 7" in str(AuditBroken("T-ACME", 7))
