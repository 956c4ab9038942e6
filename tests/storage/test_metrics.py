from datetime import timedelta
from uuid import uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.drafting.draft import DraftStatus, Outcome
from knowledge.drafting.edits import EditKind, SentenceEdit
from knowledge.drafting.review import RejectReason, Verdict
from storage.database import Database
from storage.drafts import Drafts, Origin
from storage.metrics import Decided, Metrics
from storage.reviews import Decision
from storage.sent_replies import Satisfaction, SentReplies
from storage.tickets import Tickets
from tests.storage.examples import ACME, DRAFT, LATER, NOW, OTHER, TICKET, decide, drafted
from tests.storage.workflow_histories import NUMBERS, STEPS, TICKETS, play

CHANGED = SentenceEdit(kind=EditKind.FACTS, words=2, characters=7, document="refunds")
RESTED = SentenceEdit(kind=EditKind.ADDED, words=4, characters=20)


async def test_a_draft_is_told_with_its_ticket_its_edits_and_its_fate(database: Database) -> None:
    ticket = TICKET.model_copy(update={"opened_at": NOW - timedelta(hours=2)})
    async with database.transaction() as tx:
        ticket_id = await Tickets(tx, ACME).open(ticket, "key", NOW)
        await Drafts(tx, ACME).save(DRAFT.model_copy(update={"topic": "refund"}), ticket_id, NOW)
        origin = Origin(edited_by="U1")
        mine = await Drafts(tx, ACME).save(DRAFT, ticket_id, NOW, origin=origin, edits=[CHANGED, RESTED])
        await decide(tx, mine, "U1", DraftStatus.APPROVED)
        await SentReplies(tx, ACME).save(
            mine.id, now=LATER, sent_at=LATER, edits=[RESTED], satisfaction=Satisfaction.GOOD
        )
        first, second = await Metrics(tx, ACME).handled(NOW)
    assert (first.topic, first.state, first.decided, first.words) == ("refund", DraftStatus.REPLACED, None, 10)
    assert (first.opened_at, first.taken_at, first.outcome) == (NOW - timedelta(hours=2), NOW, Outcome.PARTIAL)
    assert (second.number, second.is_edited, second.edits) == (2, True, (CHANGED, RESTED))
    assert (second.first_review_at, second.decided) == (LATER, Decided(DraftStatus.APPROVED, LATER))
    assert (second.sent_at, second.sent_edits, second.satisfaction) == (LATER, (RESTED,), Satisfaction.GOOD)


async def test_a_factual_error_names_the_document_that_the_sentence_came_from(database: Database) -> None:
    wrong = Decision(person="U1", verdict=Verdict.REJECT, reason=RejectReason.FACTUAL_ERROR, sentence=0)
    async with database.transaction() as tx:
        await decide(tx, await drafted(tx), "U1", DraftStatus.REJECTED, review=wrong)
        (handled,) = await Metrics(tx, ACME).handled(NOW)
    assert handled.decided == Decided(DraftStatus.REJECTED, LATER, "factual_error", "refunds")


async def test_a_decision_that_was_taken_back_is_none(database: Database) -> None:
    async with database.transaction() as tx:
        draft = await drafted(tx)
        await decide(tx, draft, "U1", DraftStatus.APPROVED)
        back = Decision(person="U1", verdict=Verdict.UNDO)
        await decide(tx, draft, "U1", DraftStatus.AWAITING, expected_state=DraftStatus.APPROVED, review=back)
        (handled,) = await Metrics(tx, ACME).handled(NOW)
    assert (handled.decided, handled.first_review_at) == (None, LATER)


async def test_only_the_time_and_the_workspace_that_were_asked_for_count(database: Database) -> None:
    async with database.transaction() as tx:
        await drafted(tx)
        metrics = Metrics(tx, ACME)
        assert len(await metrics.handled(NOW, NOW + timedelta(seconds=1))) == 1
        assert await metrics.handled(NOW + timedelta(seconds=1)) == []
        assert await metrics.handled(NOW - timedelta(days=1), NOW) == []
        assert await Metrics(tx, OTHER).handled(NOW) == []


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(STEPS), st.integers(0, TICKETS - 1), st.integers(0, NUMBERS - 1)), max_size=30
    )
)
async def test_the_audit_trail_tells_the_same_as_the_tables(
    database: Database, steps: list[tuple[str, int, int]]
) -> None:
    await play(database, uuid4().hex, steps)
