"""A machine whose clock was set back: it is said, and the rest goes on."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import support_desk, utc_now
from bot.settings import Settings
from tests.conftest import Proofdesk, document


def recorded(desk_folder: Path, ahead: timedelta) -> None:
    """The desk did something while the clock was ahead."""

    async def sync() -> None:
        settings = Settings(desk=desk_folder, embeddings="none")
        async with support_desk(settings, now=lambda: utc_now() + ahead) as desk:
            await desk.library.sync()

    asyncio.run(sync())


@pytest.mark.parametrize("command", [("docs", "sync"), ("doctor",)])
def test_a_clock_in_the_past_is_named_with_its_remedy(
    proofdesk: Proofdesk, desk_folder: Path, command: tuple[str, ...]
) -> None:
    recorded(desk_folder, timedelta(days=90))
    told = proofdesk(*command, "--desk", desk_folder, PROOFDESK_EMBEDDINGS="none")
    words = " ".join((told.out + told.err).split())
    assert "This machine's clock says" in words
    assert "Set the clock" in words
    assert told.code == 2


@pytest.mark.parametrize("command", [("kb", "When are exports ready?"), ("draft", "When are exports ready?")])
def test_who_asks_is_told_of_the_clock_beside_the_answer(
    proofdesk: Proofdesk, desk_folder: Path, command: tuple[str, ...]
) -> None:
    document(desk_folder, "exports", "Exports are ready within 24 hours.")
    recorded(desk_folder, timedelta(days=90))
    told = proofdesk(*command, "--desk", desk_folder, PROOFDESK_EMBEDDINGS="none")
    assert "24 hours" in told.out
    assert "This machine's clock says" in told.err


def test_the_rest_goes_on(proofdesk: Proofdesk, desk_folder: Path) -> None:
    recorded(desk_folder, timedelta(days=90))
    document(desk_folder, "exports", "Exports are ready within 24 hours.")
    told = proofdesk("docs", "sync", "--desk", desk_folder, PROOFDESK_EMBEDDINGS="none")
    assert "1 new" in told.out
    assert (
        "24 hours" in proofdesk("kb", "When are exports ready?", "--desk", desk_folder, PROOFDESK_EMBEDDINGS="none").out
    )


def test_a_little_drift_is_no_matter(proofdesk: Proofdesk, desk_folder: Path) -> None:
    recorded(desk_folder, timedelta(minutes=2))
    told = proofdesk("docs", "sync", "--desk", desk_folder, PROOFDESK_EMBEDDINGS="none")
    assert (told.code, told.err) == (0, "")
