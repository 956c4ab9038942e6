import asyncio

import pytest

from knowledge.drafting.draft import DraftStatus
from knowledge.drafting.review import RejectReason, Verdict
from storage.audit import AuditTrail
from storage.database import Database
from storage.drafts import DraftId, Drafts
from storage.errors import DraftChanged, StorageError
from storage.reviews import Decision, Reviews, StoredReview
from tests.storage.examples import ACME, LATER, OTHER, decide, drafted


async def saved(database: Database) -> DraftId:
    async with database.transaction() as tx:
        return await drafted(tx)


async def state_of(database: Database, draft: DraftId) -> DraftStatus:
    async with database.reading() as tx:
        stored = await Drafts(tx, ACME).load(draft.id)
    assert stored is not None
    return stored.state


async def test_of_two_who_decide_at_once_one_wins_and_the_other_is_told_who(
    database: Database, other: Database
) -> None:
    draft = await saved(database)

    async def decide_through(through: Database, person: str, state: DraftStatus) -> str:
        try:
            async with through.transaction() as tx:
                await decide(tx, draft, person, state)
        except DraftChanged as lost:
            return f"{lost.person} {lost.verdict} {lost.state}"
        return "won"

    ann, bob = await asyncio.gather(
        decide_through(database, "Ann", DraftStatus.APPROVED), decide_through(other, "Bob", DraftStatus.REJECTED)
    )
    winner = await state_of(database, draft)
    expected = {
        DraftStatus.APPROVED: ("won", "Ann approve approved"),
        DraftStatus.REJECTED: ("Bob reject rejected", "won"),
    }
    assert (ann, bob) == expected[winner]
    async with database.reading() as tx:
        assert len(await Reviews(tx, ACME).of(draft.id)) == 1


async def test_a_decision_is_kept_with_its_reason_and_in_the_audit_trail(database: Database) -> None:
    draft = await saved(database)
    review = Decision(person="U1", verdict=Verdict.REJECT, reason=RejectReason.FACTUAL_ERROR, sentence=0)
    async with database.transaction() as tx:
        before = await AuditTrail(tx, ACME).verify()
        await decide(tx, draft, "U1", DraftStatus.REJECTED, review=review)
    async with database.reading() as tx:
        assert await AuditTrail(tx, ACME).verify() == before + 1
        assert await Reviews(tx, ACME).of(draft.id) == [
            StoredReview(
                person="U1",
                verdict="reject",
                reason="factual_error",
                sentence=0,
                number=1,
                state=DraftStatus.REJECTED,
                at=LATER,
            )
        ]


async def test_a_decision_that_is_rolled_back_never_happened(database: Database) -> None:
    draft = await saved(database)

    async def fails_after_deciding() -> None:
        async with database.transaction() as tx:
            await decide(tx, draft, "U1", DraftStatus.APPROVED)
            raise RuntimeError("on the way")

    with pytest.raises(RuntimeError, match="on the way"):
        await fails_after_deciding()
    assert await state_of(database, draft) is DraftStatus.AWAITING
    async with database.reading() as tx:
        assert await Reviews(tx, ACME).of(draft.id) == []
        assert await AuditTrail(tx, ACME).verify() == 2


async def test_the_first_of_two_approvers_is_known_until_the_second_decides(database: Database) -> None:
    draft = await saved(database)
    async with database.transaction() as tx:
        await decide(tx, draft, "U1", DraftStatus.AWAITING_SECOND)
        waiting = await Drafts(tx, ACME).load(draft.id)
        await decide(tx, draft, "U2", DraftStatus.APPROVED, expected_state=DraftStatus.AWAITING_SECOND)
        approved = await Drafts(tx, ACME).load(draft.id)
    assert waiting is not None
    assert approved is not None
    assert (waiting.first_approver, approved.first_approver) == ("U1", "")


UNDO = Decision(person="U9", verdict=Verdict.UNDO)


@pytest.mark.parametrize(
    "state", [DraftStatus.AWAITING_SECOND, DraftStatus.APPROVED, DraftStatus.REJECTED, DraftStatus.ESCALATED]
)
async def test_any_decision_can_be_undone_and_made_again(database: Database, state: DraftStatus) -> None:
    draft = await saved(database)
    async with database.transaction() as tx:
        await decide(tx, draft, "U1", state)
        await decide(tx, draft, "U9", DraftStatus.AWAITING, expected_state=state, review=UNDO)
        undone = await Drafts(tx, ACME).load(draft.id)
        await decide(tx, draft, "U2", state)
    assert undone is not None
    assert (undone.state, undone.first_approver) == (DraftStatus.AWAITING, "")
    assert await state_of(database, draft) is state


async def test_of_two_who_undo_at_once_one_wins(database: Database, other: Database) -> None:
    draft = await saved(database)
    async with database.transaction() as tx:
        await decide(tx, draft, "U1", DraftStatus.APPROVED)

    async def undo(through: Database) -> bool:
        try:
            async with through.transaction() as tx:
                await decide(tx, draft, "U9", DraftStatus.AWAITING, expected_state=DraftStatus.APPROVED, review=UNDO)
        except DraftChanged:
            return False
        return True

    assert sorted(await asyncio.gather(undo(database), undo(other))) == [False, True]


SECOND = DraftStatus.AWAITING_SECOND
ESCALATE = Decision(person="U3", verdict=Verdict.ESCALATE)


@pytest.mark.parametrize(
    ("history", "first"),
    [
        pytest.param([("U1", SECOND)], "U1", id="approved"),
        pytest.param([("U1", SECOND), (UNDO, DraftStatus.AWAITING), ("U2", SECOND)], "U2", id="by another after undo"),
        pytest.param(
            [("U1", SECOND), (ESCALATE, DraftStatus.ESCALATED), ("U2", SECOND)], "U2", id="by another when escalated"
        ),
        pytest.param(
            [("U1", SECOND), (ESCALATE, DraftStatus.ESCALATED), (UNDO, SECOND)], "U1", id="before what was undone"
        ),
        pytest.param(
            [
                ("U1", SECOND),
                (ESCALATE, DraftStatus.ESCALATED),
                (UNDO, DraftStatus.AWAITING),
                ("U2", SECOND),
            ],
            "U2",
            id="after escalation and undo",
        ),
    ],
)
async def test_the_first_approver_is_the_person_whose_approval_stands(
    database: Database, history: list[tuple[str | Decision, DraftStatus]], first: str
) -> None:
    draft = await saved(database)
    async with database.transaction() as tx:
        state = DraftStatus.AWAITING
        for by, after in history:
            review = Decision(person=by, verdict=Verdict.APPROVE) if isinstance(by, str) else by
            await decide(tx, draft, review.person, after, expected_state=state, review=review)
            state = after
        stored = await Drafts(tx, ACME).load(draft.id)
    assert stored is not None
    assert stored.first_approver == first


async def test_the_last_decision_is_found(database: Database) -> None:
    draft = await saved(database)
    async with database.transaction() as tx:
        reviews = Reviews(tx, ACME)
        assert await reviews.last(draft.id) is None
        await decide(tx, draft, "U1", DraftStatus.APPROVED)
        await decide(tx, draft, "U9", DraftStatus.AWAITING, expected_state=DraftStatus.APPROVED, review=UNDO)
        last = await reviews.last(draft.id)
        assert last == (await reviews.of(draft.id))[-1]
        assert await Reviews(tx, OTHER).last(draft.id) is None
    assert last is not None
    assert (last.person, last.verdict, last.state) == ("U9", "undo", DraftStatus.AWAITING)


async def test_a_draft_whose_ticket_has_a_newer_one_cannot_be_decided_on(database: Database) -> None:
    async with database.transaction() as tx:
        old = await drafted(tx)
        await decide(tx, old, "U1", DraftStatus.APPROVED)
        await drafted(tx)
    with pytest.raises(DraftChanged, match="Draft 2 is the present one") as caught:
        async with database.transaction() as tx:
            await decide(tx, old, "U1", DraftStatus.AWAITING, expected_state=DraftStatus.APPROVED)
    assert (caught.value.number, caught.value.verdict) == (2, "")


async def test_a_person_who_saw_another_number_cannot_decide(database: Database) -> None:
    draft = await saved(database)
    with pytest.raises(DraftChanged):
        async with database.transaction() as tx:
            await decide(tx, draft, "U1", DraftStatus.APPROVED, expected_number=2)
    assert await state_of(database, draft) is DraftStatus.AWAITING


async def test_a_step_that_review_does_not_allow_is_refused_before_anything_is_written(database: Database) -> None:
    draft = await saved(database)
    with pytest.raises(ValueError, match="cannot become"):
        async with database.transaction() as tx:
            await decide(tx, draft, "U1", DraftStatus.STALE, expected_state=DraftStatus.REPLACED)


async def test_a_draft_of_another_workspace_cannot_be_decided_on(database: Database) -> None:
    async with database.transaction() as tx:
        theirs = await drafted(tx, OTHER)
    with pytest.raises(StorageError, match="no draft"):
        async with database.transaction() as tx:
            await decide(tx, theirs, "U1", DraftStatus.APPROVED)
