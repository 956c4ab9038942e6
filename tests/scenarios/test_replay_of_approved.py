"""Approved replies, as they are kept, are replayed; nothing that is kept is touched."""

import asyncio
import hashlib
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import database, utc_now
from bot.settings import Settings
from knowledge.drafting.draft import DraftStatus
from knowledge.drafting.review import Verdict
from storage.cards import Cards
from storage.drafts import Drafts, Origin, StoredDraft
from storage.reviews import Decision, Reviews
from storage.tickets import Tickets
from tests.conftest import Proofdesk

REFUND = "When are yearly plans refunded in full?"
PASSWORD = "How do I reset my password?"
PARTNERS = "C0PARTNERS"


class Team:
    """A desk whose people decide about drafts made by the command line."""

    def __init__(self, folder: Path, proofdesk: Proofdesk) -> None:
        self.folder = folder
        self.settings = Settings(desk=folder)
        self._proofdesk = proofdesk

    def draft(self, text: str) -> str:
        """The id of a new draft."""
        assert self._proofdesk("draft", text, "--desk", self.folder).code == 0
        return asyncio.run(self._newest())

    def decide(self, draft_id: str, state: DraftStatus, verdict: Verdict = Verdict.APPROVE) -> None:
        asyncio.run(self._decide(draft_id, state, verdict))

    def approve(self, text: str) -> str:
        """The id of a draft that was approved."""
        draft_id = self.draft(text)
        self.decide(draft_id, DraftStatus.APPROVED)
        return draft_id

    def edit(self, draft_id: str, reply: str) -> str:
        """An agent's own version, approved."""
        made = asyncio.run(self._edit(draft_id, reply))
        self.decide(made, DraftStatus.APPROVED)
        return made

    def show_in(self, draft_id: str, channel: str) -> None:
        asyncio.run(self._show_in(draft_id, channel))

    async def _newest(self) -> str:
        async with database(self.settings) as opened, opened.reading() as tx:
            (summary,) = await Drafts(tx, self.settings.workspace).waiting(1)
        return summary.id

    async def _load(self, draft_id: str) -> StoredDraft:
        async with database(self.settings) as opened, opened.reading() as tx:
            stored = await Drafts(tx, self.settings.workspace).load(draft_id)
        assert stored
        return stored

    async def _decide(self, draft_id: str, state: DraftStatus, verdict: Verdict) -> None:
        stored = await self._load(draft_id)
        async with database(self.settings) as opened, opened.transaction() as tx:
            await Reviews(tx, self.settings.workspace).decide(
                draft_id,
                expected_state=stored.state,
                expected_number=stored.number,
                new_state=state,
                review=Decision(person="U0BEN", verdict=verdict),
                now=utc_now(),
            )

    async def _edit(self, draft_id: str, reply: str) -> str:
        stored = await self._load(draft_id)
        async with database(self.settings) as opened, opened.transaction() as tx:
            drafts = Drafts(tx, self.settings.workspace)
            own = stored.draft.model_copy(update={"reply": reply})
            later = utc_now() + timedelta(seconds=1)
            return (await drafts.save(own, stored.ticket_id, later, origin=Origin(edited_by="U0ANA"))).id

    async def _show_in(self, draft_id: str, channel: str) -> None:
        stored = await self._load(draft_id)
        async with database(self.settings) as opened, opened.transaction() as tx:
            assert await Tickets(tx, self.settings.workspace).load(stored.ticket_id)
            cards = Cards(tx, self.settings.workspace)
            await cards.open(f"card-{draft_id}", stored.ticket_id, channel, "", "", "U0ANA", utc_now())


@pytest.fixture
def team(desk_folder: Path, proofdesk: Proofdesk) -> Team:
    return Team(desk_folder, proofdesk)


@pytest.fixture
def changed(desk_folder: Path, tmp_path: Path) -> Callable[[str, str, str], Path]:
    """Makes a copy of the desk in which a file says something else."""

    def make(name: str, old: str, new: str) -> Path:
        copy = tmp_path / "changed"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(desk_folder, copy, ignore=shutil.ignore_patterns(".proofdesk"))
        file = copy / name
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")
        return copy

    return make


def kept(folder: Path) -> tuple[tuple[str, ...], str]:
    """All rows of the database, and the index byte by byte."""
    state = folder / ".proofdesk"
    with closing(sqlite3.connect(state / "proofdesk.db")) as known:
        rows = tuple(known.iterdump())
    return rows, hashlib.sha256((state / "index.db").read_bytes()).hexdigest()


def test_only_a_ticket_whose_newest_decision_is_an_approval_is_replayed(
    team: Team, proofdesk: Proofdesk, changed: Callable[[str, str, str], Path]
) -> None:
    other = changed("documents/refunds.md", "14 days", "10 days")
    team.approve(f"Subject: Approved\n\n{REFUND}")
    team.decide(team.draft(f"Subject: Rejected\n\n{REFUND}"), DraftStatus.REJECTED, Verdict.REJECT)
    taken_back = team.approve(f"Subject: Taken back\n\n{REFUND}")
    team.decide(taken_back, DraftStatus.AWAITING, Verdict.UNDO)
    drafted_anew = f"Subject: Drafted anew\n\n{REFUND}"
    team.approve(drafted_anew)
    team.draft(drafted_anew)
    team.approve(f"Subject: Password\n\n{PASSWORD}")
    before = kept(team.folder)

    same = proofdesk("replay", "--desk", team.folder)
    assert (same.code, same.out.strip()) == (0, "None of 2 replies would change.")
    told = proofdesk("replay", "--desk", team.folder, "--with", other)
    assert told.code == 1
    assert told.out.startswith("Approved\n")
    assert "1 of 2 replies would change: 1 quote something else." in told.out
    newest = proofdesk("replay", "--desk", team.folder, "--with", other, "--last", "1")
    assert (newest.code, newest.out.strip()) == (0, "None of 1 reply would change.")
    assert kept(team.folder) == before


def test_a_ticket_is_replayed_with_the_documents_of_its_channel(
    team: Team, proofdesk: Proofdesk, changed: Callable[[str, str, str], Path]
) -> None:
    team.show_in(team.approve(f"Subject: Of anybody\n\n{REFUND}"), "C0INTAKE")
    team.show_in(team.approve(f"Subject: Of a partner\n\n{REFUND}"), PARTNERS)
    other = changed("documents/refunds.md", "status: approved", "status: approved\naudience: partners")
    with (other / "desk.yaml").open("a", encoding="utf-8") as file:
        file.write(f"\naudiences: {{partners: [{PARTNERS}]}}\n")
    told = proofdesk("replay", "--desk", team.folder, "--with", other)
    assert told.out.startswith("Of anybody\n")
    assert "1 of 2 replies would change: 1 lose their proof." in told.out


def test_what_was_approved_and_would_be_said_no_more_is_found(team: Team, proofdesk: Proofdesk) -> None:
    team.approve(f"Subject: Refund\n\n{REFUND}")
    against = ("replay", "--desk", team.folder, "--against", "approved")
    assert proofdesk(*against).out.strip() == "None of 1 reply would change."
    document = team.folder / "documents" / "refunds.md"
    document.write_text(document.read_text().replace("14 days", "10 days"))
    assert proofdesk(*against).out.strip() == "None of 1 reply would change."  # Not taken over yet.
    proofdesk("docs", "sync", "--desk", team.folder)
    before = kept(team.folder)
    assert proofdesk("replay", "--desk", team.folder).out.strip() == "None of 1 reply would change."
    told = proofdesk(*against)
    assert told.code == 1
    assert "citation lost: Refunds: “Yearly plans are refunded in full when you ask within 14 days" in told.out
    assert kept(team.folder) == before
    refused = proofdesk(*against, "--cases")
    assert (refused.code, "Nobody approved a reply to a test ticket" in refused.err) == (2, True)


def test_an_agents_own_words_are_no_change(team: Team, proofdesk: Proofdesk) -> None:
    team.edit(team.draft(f"Subject: Refund\n\n{REFUND}"), "Within 14 days, dear Dana.")
    against = ("replay", "--desk", team.folder, "--against", "approved")
    assert proofdesk(*against).out.strip() == "None of 1 reply would change."
