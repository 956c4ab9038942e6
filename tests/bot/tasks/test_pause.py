from datetime import UTC, datetime, timedelta

import pytest

from bot.tasks.pause import Pause

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def _refuse() -> None:
    raise ValueError("refused")


def test_after_a_failure_it_lasts_for_a_while_and_after_a_success_not_at_all() -> None:
    clock = [NOON]
    pause = Pause(lambda: clock[0])
    with pause.after_failure():
        seen = [pause.lasts]
    with pytest.raises(ValueError, match="refused"), pause.after_failure():
        _refuse()
    for minutes in (0, 14, 15):
        clock[0] = NOON + timedelta(minutes=minutes)
        seen.append(pause.lasts)
    assert seen == [False, True, True, False]
