import asyncio
from datetime import datetime, timedelta

import pytest
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from knowledge.drafting.draft import DraftStatus, Escalation
from knowledge.drafting.playbook import Severity
from knowledge.drafting.review import Verdict
from knowledge.drafting.scorecard import UNKNOWN_KIND, Score, WarningVerdict
from storage.audit import AuditTrail
from storage.database import Database
from storage.drafts import DraftId, Drafts
from storage.errors import DraftChanged, StorageError
from storage.reviews import Decision
from storage.tables import AuditRow
from storage.tickets import Tickets
from storage.warnings import Warnings
from tests.storage.examples import ACME, DRAFT, LATER, NOW, OTHER, TICKET, decide, drafted

OPEN, CONFIRMED, DISMISSED = WarningVerdict.OPEN, WarningVerdict.CONFIRMED, WarningVerdict.DISMISSED
ESCALATE = Decision(person="Ben", verdict=Verdict.ESCALATE)
UNDO = Decision(person="Ben", verdict=Verdict.UNDO)


def warning(category: str) -> Escalation:
    return Escalation(category=category, rule="", evidence="", severity=Severity.LOW, route="", second_approver=False)


async def draft_of(tx: AsyncSession, key: str, *categories: str, at: datetime = NOW) -> DraftId:
    """The next draft of the ticket with a key, with these warnings."""
    ticket_id = await Tickets(tx, ACME).open(TICKET, key, at)
    draft = DRAFT.model_copy(update={"escalations": tuple(map(warning, categories))})
    return await Drafts(tx, ACME).save(draft, ticket_id, at)


async def escalate(tx: AsyncSession, draft: DraftId) -> None:
    await decide(tx, draft, "Ben", DraftStatus.ESCALATED, review=ESCALATE)


async def undo(tx: AsyncSession, draft: DraftId) -> None:
    await decide(tx, draft, "Ben", DraftStatus.AWAITING, review=UNDO, expected_state=DraftStatus.ESCALATED)


async def scores(tx: AsyncSession, since: datetime = NOW, until: datetime | None = None) -> dict[str, str]:
    found = await Warnings(tx, ACME).scorecard(since, until)
    return {s.category: f"{s.raised}: {s.confirmed} {s.dismissed} {s.open}, {s.missed}" for s in found}


async def test_a_desk_without_warnings_has_no_scores(database: Database) -> None:
    async with database.transaction() as tx:
        await draft_of(tx, "routine")
        assert await Warnings(tx, ACME).scorecard(NOW) == ()


async def test_what_is_said_of_a_warning_is_counted_once_a_ticket_and_is_in_the_audit_trail(database: Database) -> None:
    async with database.transaction() as tx:
        ours = Warnings(tx, ACME)
        first = await draft_of(tx, "a", "legal", "angry")
        assert await ours.judge(first.id, "legal", CONFIRMED, OPEN, "Ana", LATER) is None
        again = await draft_of(tx, "a", "legal", "angry")
        assert await ours.judge(again.id, "legal", DISMISSED, CONFIRMED, "Ben", LATER) is None
        other = await draft_of(tx, "b", "legal")
        assert await ours.judge(other.id, "legal", CONFIRMED, OPEN, "Ana", LATER) is None
        assert await scores(tx) == {"angry": "1: 0 0 1, 0", "legal": "2: 1 1 0, 0"}
        assert await ours.scorecard(NOW) == (
            Score(category="angry", raised=1),
            Score(category="legal", raised=2, confirmed=1, dismissed=1),
        )
        trail = await tx.exec(select(AuditRow).where(AuditRow.action == "warning.judged").order_by(col(AuditRow.seq)))
        assert [(row.actor, row.subject, row.details["verdict"]) for row in trail] == [
            ("Ana", first.id, "confirmed"),
            ("Ben", again.id, "dismissed"),
            ("Ana", other.id, "confirmed"),
        ]
        assert await AuditTrail(tx, ACME).verify()


async def test_saying_the_same_again_changes_nothing(database: Database) -> None:
    async with database.transaction() as tx:
        draft = await draft_of(tx, "a", "legal")
        await Warnings(tx, ACME).judge(draft.id, "legal", CONFIRMED, OPEN, "Ana", LATER)
        before = await AuditTrail(tx, ACME).newest()
        assert await Warnings(tx, ACME).judge(draft.id, "legal", CONFIRMED, OPEN, "Ana", LATER) is None
        assert await AuditTrail(tx, ACME).newest() == before


async def test_what_was_said_is_taken_back_and_the_warning_is_open_again(database: Database) -> None:
    async with database.transaction() as tx:
        draft = await draft_of(tx, "a", "legal")
        await Warnings(tx, ACME).judge(draft.id, "legal", DISMISSED, OPEN, "Ana", LATER)
        await Warnings(tx, ACME).judge(draft.id, "legal", OPEN, DISMISSED, "Ana", LATER)
        assert await scores(tx) == {"legal": "1: 0 0 1, 0"}


async def test_of_two_who_judge_at_once_one_wins_and_the_other_is_told_who(database: Database, other: Database) -> None:
    async with database.transaction() as tx:
        draft = await draft_of(tx, "a", "legal")

    async def judge(through: Database, person: str, verdict: WarningVerdict) -> str:
        async with through.transaction() as tx:
            first = await Warnings(tx, ACME).judge(draft.id, "legal", verdict, OPEN, person, LATER)
        return f"{first.person} {first.verdict}" if first else "won"

    outcomes = await asyncio.gather(judge(database, "Ana", CONFIRMED), judge(other, "Ben", DISMISSED))
    assert tuple(outcomes) in {("won", "Ana confirmed"), ("Ben dismissed", "won")}
    async with database.reading() as tx:
        stored = await Drafts(tx, ACME).load(draft.id)
        assert stored
        winner = (await Warnings(tx, ACME).of_ticket(stored.ticket_id))["legal"]
    assert f"{winner.person} {winner.verdict}" in outcomes


async def test_a_replaced_draft_and_a_warning_that_is_not_there_are_not_judged(database: Database) -> None:
    async with database.transaction() as tx:
        first = await draft_of(tx, "a", "legal")
        second = await draft_of(tx, "a", "legal")
        with pytest.raises(DraftChanged, match="Draft 2 is the present one"):
            await Warnings(tx, ACME).judge(first.id, "legal", CONFIRMED, OPEN, "Ana", LATER)
        with pytest.raises(StorageError, match="no such warning"):
            await Warnings(tx, ACME).judge(second.id, "angry", CONFIRMED, OPEN, "Ana", LATER)
        with pytest.raises(StorageError, match="not known here"):
            await Warnings(tx, OTHER).judge(second.id, "legal", CONFIRMED, OPEN, "Ana", LATER)


async def test_an_escalation_confirms_until_it_is_undone_and_an_approval_says_nothing(database: Database) -> None:
    async with database.transaction() as tx:
        draft = await draft_of(tx, "a", "legal")
        await decide(tx, await draft_of(tx, "b", "legal"), "Ana", DraftStatus.APPROVED)
        await escalate(tx, draft)
        assert await scores(tx) == {"legal": "2: 1 0 1, 0"}
        await undo(tx, draft)
        assert await scores(tx) == {"legal": "2: 0 0 2, 0"}


async def test_an_escalation_without_a_warning_is_missed_of_an_unknown_kind_until_somebody_says_which(
    database: Database,
) -> None:
    async with database.transaction() as tx:
        draft = await draft_of(tx, "a")
        await escalate(tx, draft)
        assert await scores(tx) == {UNKNOWN_KIND: "0: 0 0 0, 1"}
        assert await Warnings(tx, ACME).miss(draft.id, "legal", "Ben", LATER)
        assert await Warnings(tx, ACME).miss(draft.id, "legal", "Ben", LATER)
        assert await scores(tx) == {"legal": "0: 0 0 0, 1"}
        assert await Warnings(tx, ACME).miss(draft.id, "angry", "Ben", LATER)
        assert await scores(tx) == {"angry": "0: 0 0 0, 1"}
        await draft_of(tx, "a")
        assert await scores(tx) == {"angry": "0: 0 0 0, 1"}


async def test_only_who_escalated_says_what_was_missed_and_only_while_that_stands(database: Database) -> None:
    async with database.transaction() as tx:
        draft, warned = await draft_of(tx, "a"), await draft_of(tx, "b", "legal")
        await escalate(tx, draft)
        await escalate(tx, warned)
        ours = Warnings(tx, ACME)
        assert not await ours.miss(draft.id, "legal", "Ana", LATER)
        assert not await ours.miss(warned.id, "angry", "Ben", LATER)
        assert await ours.miss(draft.id, "legal", "Ben", LATER)
        await undo(tx, draft)
        assert not await ours.miss(draft.id, "angry", "Ben", LATER)
        assert await scores(tx) == {"legal": "1: 1 0 0, 0"}


async def test_a_ticket_counts_in_the_time_of_its_first_draft_alone_whenever_it_is_judged(database: Database) -> None:
    async with database.transaction() as tx:
        await draft_of(tx, "a")
        late = NOW + timedelta(days=7)
        again = await draft_of(tx, "a", "legal", at=late)
        await Warnings(tx, ACME).judge(again.id, "legal", CONFIRMED, OPEN, "Ana", late)
        await draft_of(tx, "b", "legal", at=late)
        assert await scores(tx, NOW, late) == {"legal": "1: 1 0 0, 0"}
        assert await scores(tx, late) == {"legal": "1: 0 0 1, 0"}
        assert await scores(tx) == {"legal": "2: 1 0 1, 0"}


async def test_each_workspace_has_its_own_scores(database: Database) -> None:
    async with database.transaction() as tx:
        await drafted(tx, OTHER)
        assert await Warnings(tx, ACME).scorecard(NOW) == ()
        assert [score.category for score in await Warnings(tx, OTHER).scorecard(NOW)] == ["legal"]
