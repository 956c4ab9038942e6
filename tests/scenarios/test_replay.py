"""Twenty changes that a desk could roll out: a replay finds each, and nothing where nothing changed."""

import asyncio
import hashlib
import json
import re
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from bot.app import database, rehearsals
from bot.replay import OldTicket, Rehearse, Replayed, replay
from bot.settings import Settings
from knowledge.drafting.draft import Draft
from knowledge.drafting.ticket import Ticket
from knowledge.evals.cases import load_cases
from knowledge.evals.replay import gravest
from tests.conftest import NOW, Proofdesk
from tests.knowledge.index.versions import ROOT


class Planted(NamedTuple):
    """A change of one file, the ticket that it must show on, and the gravest thing that it does there."""

    what: str
    file: str
    old: str
    new: str
    ticket: str
    does: str


PLANTED = [
    Planted(**each) for each in yaml.safe_load((ROOT / "tests/data/planted_changes.yaml").read_text(encoding="utf-8"))
]


class Theatre:
    """The sample desk, its tickets, and the drafts that it makes of them now."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        self.settings = settings
        self.folder = folder
        cases = load_cases(settings.desk / "cases")
        self.tickets = {case.id: OldTicket(case.id, Ticket.pasted(case.text), "C0INTAKE") for case in cases}
        self.now: dict[str, Draft] = {}

    def play(self, names: list[str], candidate: Path) -> list[Replayed]:
        """The tickets whose drafts would be others with another desk folder."""
        return asyncio.run(self._play(names, candidate))

    async def _play(self, names: list[str], candidate: Path) -> list[Replayed]:
        other = self.settings.model_copy(update={"desk": candidate})
        async with (
            database(self.settings) as opened,
            rehearsals(self.settings, opened, other, on=NOW.date()) as (now, then),
        ):
            return await replay([self.tickets[name] for name in names], self._once(now), then, lambda *_: None)

    def _once(self, rehearse: Rehearse) -> Rehearse:
        async def remembered(ticket: Ticket, channel: str | None) -> Draft:
            key = ticket.customer_text
            if key not in self.now:
                self.now[key] = await rehearse(ticket, channel)
            return self.now[key]

        return remembered

    def copy(self) -> Path:
        """The desk's files in a folder of their own."""
        shutil.rmtree(self.folder, ignore_errors=True)
        return Path(shutil.copytree(self.settings.desk, self.folder, ignore=shutil.ignore_patterns(".proofdesk")))


@pytest.fixture(scope="module")
def theatre(sample: Settings, tmp_path_factory: pytest.TempPathFactory) -> Theatre:
    memory = tmp_path_factory.mktemp("replay")
    settings = sample.model_copy(update={"database_url": f"sqlite:///{memory / 'proofdesk.db'}"})
    return Theatre(settings, memory / "candidate")


@pytest.mark.parametrize("planted", PLANTED, ids=lambda each: each.what)
def test_a_planted_change_is_found(theatre: Theatre, planted: Planted) -> None:
    candidate = theatre.copy()
    file = candidate / planted.file
    changed, count = re.subn(planted.old, planted.new, file.read_text(encoding="utf-8"))
    assert count
    file.write_text(changed, encoding="utf-8")
    (found,) = theatre.play([planted.ticket], candidate)
    assert gravest(found.changes) == planted.does, found.changes


def test_an_unchanged_desk_changes_nothing_and_nothing_of_it_is_touched(theatre: Theatre) -> None:
    index = theatre.settings.state / "index.db"
    before = hashlib.sha256(index.read_bytes()).hexdigest()
    assert theatre.play(list(theatre.tickets)[::2], theatre.copy()) == []
    assert hashlib.sha256(index.read_bytes()).hexdigest() == before


def test_there_are_twenty_different_changes() -> None:
    assert len({planted.what for planted in PLANTED}) == 20


def test_on_the_command_line_a_change_fails_and_is_told_the_gravest_first(
    proofdesk: Proofdesk, desk_folder: Path, tmp_path: Path
) -> None:
    (desk_folder / "cases" / "example.yaml").write_text(
        "id: refund\nticket: When are yearly plans refunded in full?\nexpect: {status: answered}\n"
    )
    here = ("--cases", "--desk", desk_folder)
    assert "run `proofdesk docs sync` first" in proofdesk("replay", *here).err
    proofdesk("docs", "sync", "--desk", desk_folder)
    assert "replay the desk's test tickets with --cases" in proofdesk("replay", "--desk", desk_folder).err
    same = proofdesk("replay", *here)
    assert (same.code, same.out.strip()) == (0, "None of 1 reply would change.")

    copy = Path(shutil.copytree(desk_folder, tmp_path / "changed"))
    document = copy / "documents" / "refunds.md"
    document.write_text(document.read_text().replace("14 days", "10 days"))
    told = proofdesk("replay", *here, "--with", copy)
    assert told.code == 1
    assert (
        "citation lost: Refunds: “Yearly plans are refunded in full when you ask within 14 days of buying.”" in told.out
    )
    assert "1 of 1 reply would change: 1 quote something else." in told.out
    assert proofdesk("replay", *here, "--with", copy, "--allow", "1").code == 0
    assert '"gravest": "citation"' in proofdesk("replay", *here, "--with", copy, "--json", "-").out
    written = tmp_path / "replay.json"
    assert "1 of 1 reply would change" in proofdesk("replay", *here, "--with", copy, "--json", written).out
    assert json.loads(written.read_text())["changed"][0]["gravest"] == "citation"
    lost = proofdesk("replay", *here, "--with", copy, "--json", tmp_path / "nowhere" / "replay.json")
    assert (lost.code, "its folder is not there" in lost.err) == (2, True)


def test_test_tickets_are_replayed_with_what_waits_for_approval(proofdesk: Proofdesk, desk_folder: Path) -> None:
    with (desk_folder / "desk.yaml").open("a", encoding="utf-8") as file:
        file.write("\ndocuments: {approval: owner, changed: keep}\n")
    proofdesk("docs", "approve-waiting", "--as", "Mara Lindt", "--desk", desk_folder)
    proofdesk("docs", "sync", "--desk", desk_folder)
    proofdesk("docs", "approve-waiting", "--as", "Mara Lindt", "--desk", desk_folder)
    document = desk_folder / "documents" / "refunds.md"
    document.write_text(document.read_text().replace("14 days", "10 days"))
    (desk_folder / "cases" / "example.yaml").write_text(
        "id: refund\nticket: When are yearly plans refunded in full?\nexpect: {status: answered}\n"
    )
    told = proofdesk("replay", "--cases", "--desk", desk_folder)
    assert (
        "citation new: Refunds: “Yearly plans are refunded in full when you ask within 10 days of buying.”" in told.out
    )
    only = proofdesk("replay", "--cases", "--document", "refunds", "--desk", desk_folder)
    assert "within 10 days" in only.out
    other = proofdesk("replay", "--cases", "--document", "another", "--desk", desk_folder)
    assert (other.code, other.out) == (2, "")
    assert "Nothing of 'another' waits for approval; `proofdesk docs list` shows what does." in other.err


def test_a_model_that_is_not_set_up_is_named_with_what_is_missing(proofdesk: Proofdesk, desk_folder: Path) -> None:
    told = proofdesk("replay", "--cases", "--model", "gpt-x", "--desk", desk_folder)
    assert (told.code, told.out) == (2, "")
    assert "OPENAI_API_KEY is missing" in told.err
