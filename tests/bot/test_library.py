"""The documents of a desk: taken over, decided about, and out of answers from the next question on."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Literal

import pytest

from bot.errors import UsageError
from bot.interfaces import Progress
from bot.library import Dates, Library
from knowledge.documents.decision import DocumentVerdict
from knowledge.documents.document import DocumentVersion
from knowledge.documents.lifecycle import DocumentRules
from knowledge.index.document_index import DocumentIndex
from storage.audit import AuditTrail
from storage.database import Database
from tests.conftest import document

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
APPROVED, WITHDRAWN, REFUSED = DocumentVerdict.APPROVED, DocumentVerdict.WITHDRAWN, DocumentVerdict.REFUSED
QUOTE = "Yearly plans are refunded"


class Shelf:
    """A small desk's library whose day and rules a test may change."""

    def __init__(self, folder: Path, database: Database, index: type[DocumentIndex] = DocumentIndex) -> None:
        self.folder = folder
        self.database = database
        self.at = NOW
        self.rules = DocumentRules()
        (folder / ".proofdesk").mkdir(exist_ok=True)
        self.index = index(folder / ".proofdesk" / "index.db", None)
        self.library = Library(
            folder=folder / "documents",
            index=self.index,
            rules=lambda: self.rules,
            database=database,
            workspace="w",
            now=lambda: self.at,
        )

    async def answers(self) -> list[str]:
        found = await self.index.retrieve("When are yearly plans refunded?", on=self.at.date(), limit=5)
        return [passage.text for passage in found if passage.document == "refunds"]


@pytest.fixture
async def shelf(desk_folder: Path, tmp_path: Path) -> AsyncIterator[Shelf]:
    database = Database(f"sqlite:///{tmp_path / 'proofdesk.db'}")
    await database.migrate()
    yield Shelf(desk_folder, database)
    await database.close()


async def test_withdrawn_is_out_of_the_next_answer_and_approved_is_back_in(shelf: Shelf) -> None:
    await shelf.library.sync()
    assert await shelf.answers()
    await shelf.library.decide("refunds", WITHDRAWN, "Mara")
    assert await shelf.answers() == []
    assert await shelf.library.is_current()
    approved = await shelf.library.decide("refunds", APPROVED, "Mara", Dates(effective_until=date(2026, 11, 2)))
    assert await shelf.answers()
    assert approved.current.approved_by == "Mara"
    shelf.at += timedelta(days=2)
    assert await shelf.answers() == []


async def test_a_decision_outlives_a_sync_and_a_changed_text_needs_its_own(shelf: Shelf) -> None:
    shelf.rules = DocumentRules(approval="owner")
    await shelf.library.sync()
    assert await shelf.answers() == []
    await shelf.library.decide("refunds", APPROVED, "Mara")
    await shelf.library.sync()
    assert len(await shelf.answers()) == 1
    document(shelf.folder, "refunds", "Yearly plans are refunded within 30 days.")
    await shelf.library.sync()
    assert await shelf.answers() == []


async def test_a_kept_version_answers_until_the_changed_one_is_approved(shelf: Shelf) -> None:
    shelf.rules = DocumentRules(approval="owner", changed="keep")
    await shelf.library.sync()
    await shelf.library.decide("refunds", APPROVED, "Mara")
    document(shelf.folder, "refunds", "Yearly plans are refunded within 30 days.")
    await shelf.library.sync()
    (kept,) = await shelf.answers()
    assert "14 days" in kept
    difference = await shelf.library.catalogue.difference("refunds")
    assert ("14 days" in difference.before, "30 days" in difference.now) == (True, True)
    await shelf.library.decide("refunds", APPROVED, "Mara")
    (now,) = await shelf.answers()
    assert "30 days" in now


async def test_a_change_of_the_rules_is_taken_over(shelf: Shelf) -> None:
    await shelf.library.sync()
    assert await shelf.library.is_current()
    shelf.rules = DocumentRules(approval="owner")
    assert not await shelf.library.is_current()
    await shelf.library.sync()
    assert await shelf.answers() == []


async def test_what_was_not_read_is_not_decided_on(shelf: Shelf) -> None:
    await shelf.library.sync()
    with pytest.raises(UsageError, match="changed since"):
        await shelf.library.decide("refunds", APPROVED, "Mara", text="0" * 64)
    with pytest.raises(UsageError, match="There is no document"):
        await shelf.library.decide("nothing", APPROVED, "Mara")


async def test_what_comes_back_as_it_was_approved_answers_and_is_named(shelf: Shelf) -> None:
    shelf.rules = DocumentRules(approval="owner")
    assert (await shelf.library.sync()).returned == ()
    await shelf.library.decide("refunds", APPROVED, "Mara")
    file = shelf.folder / "documents" / "refunds.md"
    text = file.read_text()
    file.unlink()
    assert (await shelf.library.sync()).returned == ()
    assert await shelf.answers() == []
    shelf.at += timedelta(hours=1)
    file.write_text(text)
    (returned,) = (await shelf.library.sync()).returned
    assert (returned.id, returned.current.approved_by, returned.returned_at) == ("refunds", "Mara", shelf.at)
    assert len(await shelf.answers()) == 1
    shelf.at += timedelta(hours=1)
    assert (await shelf.library.sync()).returned == ()


@pytest.mark.parametrize("before", ["withdrawn", "changed"])
async def test_what_comes_back_withdrawn_or_changed_answers_nothing(shelf: Shelf, before: str) -> None:
    shelf.rules = DocumentRules(approval="owner")
    await shelf.library.sync()
    await shelf.library.decide("refunds", APPROVED, "Mara")
    file = shelf.folder / "documents" / "refunds.md"
    text = file.read_text()
    if before == "withdrawn":
        await shelf.library.decide("refunds", WITHDRAWN, "Mara")
    file.unlink()
    await shelf.library.sync()
    file.write_text(text if before == "withdrawn" else text.replace("14 days", "30 days"))
    assert (await shelf.library.sync()).returned == ()
    assert await shelf.answers() == []


@pytest.mark.parametrize(("changed", "answers"), [("keep", ["14 days"]), ("none", [])])
async def test_a_refused_change_leaves_what_answers_as_it_is_and_waits_no_more(
    shelf: Shelf, changed: Literal["keep", "none"], answers: list[str]
) -> None:
    shelf.rules = DocumentRules(approval="owner", changed=changed)
    await shelf.library.sync()
    await shelf.library.decide("refunds", APPROVED, "Mara")
    before = (shelf.folder / "documents" / "refunds.md").read_text()
    document(shelf.folder, "refunds", "Please sign in to read about refunds of yearly plans.")
    await shelf.library.sync()
    refused = await shelf.library.decide("refunds", REFUSED, "Mara")
    assert refused.current.state(NOW.date()) == "refused"
    assert [said for text in await shelf.answers() for said in ("14 days", "sign in") if said in text] == answers
    assert "refunds" not in [each.id for each in await shelf.library.catalogue.waiting()]
    (shelf.folder / "documents" / "refunds.md").write_text(before)
    await shelf.library.sync()
    (restored,) = await shelf.answers()
    assert "14 days" in restored


async def test_what_does_not_wait_is_not_refused_and_nobody_decides_nothing(shelf: Shelf) -> None:
    await shelf.library.sync()
    with pytest.raises(UsageError, match="does not wait for approval"):
        await shelf.library.decide("refunds", REFUSED, "Mara")
    with pytest.raises(UsageError, match="not named"):
        await shelf.library.decide("refunds", APPROVED, " ")
    with pytest.raises(UsageError, match="not named"):
        await shelf.library.approve_waiting("")
    with pytest.raises(UsageError, match="before it begins"):
        await shelf.library.decide("refunds", APPROVED, "Mara", Dates(date(2026, 12, 31), date(2026, 12, 1)))


async def test_a_card_names_who_approved_by_their_name(shelf: Shelf) -> None:
    shelf.rules = DocumentRules(approval="owner")
    await shelf.library.sync()
    approved = await shelf.library.decide("refunds", APPROVED, "U0MARA", name="Mara Lindt")
    assert approved.current.approved_by == "Mara Lindt"
    others = await shelf.library.approve_waiting("U0MARA", name="Mara Lindt")
    assert {(each.current.approved_by, each.current.state(NOW.date())) for each in others} == {
        ("Mara Lindt", "in force")
    }


async def test_what_changed_nothing_counts_as_no_change_and_what_another_process_did_as_one(
    shelf: Shelf, desk_folder: Path
) -> None:
    document(shelf.folder, "broken", "No day.", effective_from="2026-02-31")
    await shelf.library.sync()
    before = shelf.library.changes()
    assert (await shelf.library.sync()).problems
    assert shelf.library.changes() == before
    (shelf.folder / "documents" / "broken.md").unlink()
    await Shelf(desk_folder, shelf.database).library.sync()
    assert shelf.library.changes() > before


async def test_every_decision_is_in_the_audit_trail(shelf: Shelf) -> None:
    await shelf.library.sync()
    before = await _rows(shelf)
    await shelf.library.decide("refunds", WITHDRAWN, "Mara")
    assert await _rows(shelf) == before + 1


async def test_what_ends_soon_or_has_ended_is_stale(shelf: Shelf) -> None:
    document(shelf.folder, "ended", "Old.", review_by="2026-10-01")
    document(shelf.folder, "ending", "Soon.", review_by="2026-11-20")
    document(shelf.folder, "later", "Long.", review_by="2027-11-20")
    await shelf.library.sync()
    assert [record.id for record in await shelf.library.catalogue.stale(30)] == ["ended", "ending"]
    assert [record.id for record in await shelf.library.catalogue.stale(0)] == ["ended"]


async def _rows(shelf: Shelf) -> int:
    async with shelf.database.reading() as tx:
        return await AuditTrail(tx, "w").verify()


async def test_the_last_documents_of_a_folder_go_out_of_answers_like_any_other(shelf: Shelf) -> None:
    await shelf.library.sync()
    assert await shelf.answers()
    for path in (shelf.folder / "documents").glob("*.md"):
        path.unlink()
    synced = await shelf.library.sync()
    assert "no Markdown document" in synced.problems[0]
    assert await shelf.answers() == []


async def test_a_withdrawal_during_a_long_sync_counts_at_once_and_stays(shelf: Shelf) -> None:
    await shelf.library.sync()
    document(shelf.folder, "refunds", "Yearly plans are refunded within 30 days.")
    met = asyncio.Event()
    after = asyncio.Event()

    class Slow(DocumentIndex):
        async def prepare(self, versions: Sequence[DocumentVersion], progress: Progress | None = None) -> None:
            await super().prepare(versions, progress)
            met.set()
            await after.wait()

    slow = Shelf(shelf.folder, shelf.database, Slow)
    syncing = asyncio.create_task(slow.library.sync())
    await met.wait()
    deciding = asyncio.create_task(shelf.library.decide("refunds", WITHDRAWN, "Mara"))
    await deciding
    assert await shelf.answers() == []
    after.set()
    await syncing
    assert await shelf.answers() == []


async def test_an_index_that_is_not_there_or_of_another_release_makes_a_sync_due(shelf: Shelf) -> None:
    await shelf.library.sync()
    assert await shelf.library.is_current()
    (shelf.folder / ".proofdesk" / "index.db").unlink()
    assert not await shelf.library.is_current()


async def test_states_are_shown_as_they_are_in_charge(shelf: Shelf) -> None:
    document(shelf.folder, "new", "Yearly plans are refunded within 30 days.", supersedes="refunds")
    shelf.rules = DocumentRules(approval="owner")
    await shelf.library.sync()
    await shelf.library.decide("refunds", APPROVED, "Mara")
    states = {each.id: each.current.state(NOW.date()) for each in await shelf.library.catalogue.list()}
    assert (states["refunds"], states["new"]) == ("in force", "proposed")
    await shelf.library.decide("new", APPROVED, "Mara")
    states = {each.id: each.current.state(NOW.date()) for each in await shelf.library.catalogue.list()}
    assert (states["refunds"], states["new"]) == ("superseded", "in force")
