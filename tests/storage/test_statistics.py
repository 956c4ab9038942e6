from datetime import timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from knowledge.drafting.draft import Draft, DraftStatus, Escalation, Outcome
from knowledge.drafting.playbook import Severity
from knowledge.drafting.review import RejectReason, Verdict
from storage.database import Database
from storage.drafts import DraftId, Drafts, Origin
from storage.reviews import Decision
from storage.statistics import Counts, Statistics
from storage.tickets import Tickets
from tests.storage.examples import ACME, LATER, NOW, OTHER, TICKET, decide, drafted

NOTHING = Counts(
    drafts=0,
    edited=0,
    unverified=0,
    states={},
    approved=0,
    rejected=0,
    escalated=0,
    reasons={},
    warnings={},
    median_seconds=None,
)
PLAIN = Draft(status=Outcome.ANSWERED, reply="")


def warning(category: str) -> Escalation:
    return Escalation(category=category, rule="", evidence="", severity=Severity.HIGH, route="", second_approver=False)


async def draft_of(tx: AsyncSession, key: str, draft: Draft = PLAIN, *, edited_by: str = "") -> DraftId:
    ticket_id = await Tickets(tx, ACME).open(TICKET, key, NOW)
    return await Drafts(tx, ACME).save(draft, ticket_id, NOW, origin=Origin(edited_by=edited_by))


async def reject(tx: AsyncSession, draft: DraftId, reason: RejectReason, minutes: int) -> None:
    review = Decision(person="U1", verdict=Verdict.REJECT, reason=reason, sentence=0)
    await decide(tx, draft, "U1", DraftStatus.REJECTED, review=review, now=NOW + timedelta(minutes=minutes))


async def approve(tx: AsyncSession, draft: DraftId, minutes: int) -> None:
    await decide(tx, draft, "U1", DraftStatus.APPROVED, now=NOW + timedelta(minutes=minutes))


async def test_a_desk_without_drafts_counts_nothing(database: Database) -> None:
    async with database.reading() as tx:
        assert await Statistics(tx, ACME).since(NOW) == NOTHING


async def test_drafts_are_counted_by_what_people_made_of_them(database: Database) -> None:
    async with database.transaction() as tx:
        await approve(tx, await draft_of(tx, "approved"), 1)
        await approve(tx, await draft_of(tx, "edited", edited_by="U1"), 3)
        await reject(tx, await draft_of(tx, "wrong"), RejectReason.FACTUAL_ERROR, 4)
        await reject(tx, await draft_of(tx, "redrafted"), RejectReason.TONE, 10)
        await draft_of(tx, "redrafted")
        await decide(tx, await draft_of(tx, "escalated"), "U1", DraftStatus.ESCALATED, now=LATER)
        await draft_of(tx, "unverified", Draft(status=Outcome.UNVERIFIED, reply=""))
        assert await Statistics(tx, ACME).since(NOW) == Counts(
            drafts=7,
            edited=1,
            unverified=1,
            states={
                DraftStatus.APPROVED: 2,
                DraftStatus.REJECTED: 1,
                DraftStatus.REPLACED: 1,
                DraftStatus.ESCALATED: 1,
                DraftStatus.AWAITING: 2,
            },
            approved=2,
            rejected=2,
            escalated=1,
            reasons={"factual_error": 1, "tone": 1},
            warnings={},
            median_seconds=240.0,
        )


async def test_the_median_of_an_even_number_lies_between_the_middle_two(database: Database) -> None:
    async with database.transaction() as tx:
        for n, minutes in enumerate((1, 2, 4, 60)):
            await approve(tx, await draft_of(tx, str(n)), minutes)
        assert (await Statistics(tx, ACME).since(NOW)).median_seconds == 180.0


async def test_a_decision_that_was_undone_does_not_count_and_the_first_of_two_approvals_neither(
    database: Database,
) -> None:
    async with database.transaction() as tx:
        undone = await draft_of(tx, "undone")
        await reject(tx, undone, RejectReason.TONE, 1)
        await decide(tx, undone, "U1", DraftStatus.AWAITING, expected_state=DraftStatus.REJECTED)
        await decide(tx, await draft_of(tx, "first"), "U1", DraftStatus.AWAITING_SECOND)
        counts = await Statistics(tx, ACME).since(NOW)
    assert counts == NOTHING.model_copy(
        update={"drafts": 2, "states": {DraftStatus.AWAITING: 1, DraftStatus.AWAITING_SECOND: 1}}
    )


async def test_warnings_are_counted_once_for_each_draft_and_category(database: Database) -> None:
    def draft(*categories: str) -> Draft:
        return PLAIN.model_copy(update={"escalations": tuple(warning(category) for category in categories)})

    async with database.transaction() as tx:
        await draft_of(tx, "one", draft("legal", "legal", "billing"))
        await draft_of(tx, "two", draft("legal"))
        assert (await Statistics(tx, ACME).since(NOW)).warnings == {"legal": 2, "billing": 1}


async def test_what_is_older_or_of_another_workspace_is_not_counted(database: Database) -> None:
    async with database.transaction() as tx:
        draft = await drafted(tx)
        await decide(tx, draft, "U1", DraftStatus.APPROVED)
        await drafted(tx, OTHER)
        ours = Statistics(tx, ACME)
        assert (await ours.since(NOW)).drafts == 1
        assert await ours.since(NOW + timedelta(microseconds=1)) == NOTHING
        theirs = await Statistics(tx, OTHER).since(NOW)
    assert (theirs.drafts, theirs.approved) == (1, 0)
