import asyncio
from datetime import date
from typing import TypeVar
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel.ext.asyncio.session import AsyncSession

from knowledge.drafting.answer import TokenCount
from knowledge.drafting.draft import (
    Citation,
    Draft,
    DraftStatus,
    Escalation,
    MissingFact,
    Outcome,
    Removed,
    Statement,
)
from knowledge.drafting.playbook import Severity
from storage.audit import AuditTrail
from storage.database import Database
from storage.drafts import DraftId, Drafts, Origin, StoredDraft
from storage.errors import StorageError
from storage.tables import AuditRow
from storage.tickets import Tickets
from tests.storage.examples import ACME, DRAFT, LATER, NOW, OTHER, TICKET, decide, drafted

Value = TypeVar("Value")

# Without NUL, which test_columns.py covers, and without halves of surrogate pairs, which are no text.
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)
counts = st.integers(0, 2**31 - 1)
citations = st.builds(
    Citation,
    **dict.fromkeys(("document", "version", "title", "section", "quote", "approved_by", "url"), texts),
    start=counts,
    end=counts,
    in_force_until=st.none() | st.dates(date(2000, 1, 1), date(2999, 1, 1)),
)


def some(values: st.SearchStrategy[Value]) -> st.SearchStrategy[tuple[Value, ...]]:
    return st.lists(values, max_size=3).map(tuple)


drafts = st.builds(
    Draft,
    status=st.sampled_from(Outcome),
    reply=texts,
    acknowledgement=texts,
    statements=some(st.builds(Statement, text=texts, citations=some(citations))),
    **dict.fromkeys(("removed", "unproven"), some(st.builds(Removed, text=texts, reason=texts))),
    missing_facts=some(st.builds(MissingFact, fact=texts, question=texts)),
    escalations=some(
        st.builds(
            Escalation,
            **dict.fromkeys(("category", "rule", "evidence", "route"), texts),
            severity=st.sampled_from(Severity),
            second_approver=st.booleans(),
        )
    ),
    **dict.fromkeys(("unanswered", "nearest", "assumptions", "notes"), some(texts)),
    confidence=st.floats(0, 1),
    model=texts,
    tokens=st.builds(TokenCount, prompt=counts, completion=counts),
    timings_ms=st.dictionaries(texts, counts, max_size=3),
)


async def load(database: Database, draft_id: str, workspace: str = ACME) -> StoredDraft:
    async with database.reading() as tx:
        stored = await Drafts(tx, workspace).load(draft_id)
    assert stored is not None
    return stored


@given(draft=drafts)
@settings(max_examples=10, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_any_draft_comes_back_equal(database: Database, draft: Draft) -> None:
    async with database.transaction() as tx:
        saved = await drafted(tx, key=uuid4().hex, draft=draft)
    assert (await load(database, saved.id)).draft == draft


async def test_a_draft_comes_back_with_where_it_stands(database: Database) -> None:
    async with database.transaction() as tx:
        ticket_id = await Tickets(tx, ACME).open(TICKET, "key", NOW)
        origin = Origin(requested_by="U1", playbook="abc", edited_by="U2", style="shorter")
        saved = await Drafts(tx, ACME).save(DRAFT, ticket_id, LATER, origin=origin)
    assert await load(database, saved.id) == StoredDraft(
        id=saved.id,
        ticket_id=ticket_id,
        number=1,
        newest=1,
        state=DraftStatus.AWAITING,
        draft=DRAFT,
        origin=origin,
        first_approver="",
        created_at=LATER,
    )


async def test_statements_beyond_ten_keep_their_order(database: Database) -> None:
    statements = tuple(Statement(text=str(n), citations=DRAFT.statements[0].citations) for n in range(12))
    draft = DRAFT.model_copy(update={"statements": statements})
    async with database.transaction() as tx:
        saved = await drafted(tx, draft=draft)
    assert (await load(database, saved.id)).draft == draft


async def test_a_newer_draft_takes_the_place_of_those_that_are_not_final(database: Database) -> None:
    async with database.transaction() as tx:
        approved = await drafted(tx)
        await decide(tx, approved, "U1", DraftStatus.APPROVED)
        rejected = await drafted(tx)
        await decide(tx, rejected, "U1", DraftStatus.REJECTED)
        open_one = await drafted(tx)
        newest = await drafted(tx)
    assert [draft.number for draft in (approved, rejected, open_one, newest)] == [1, 2, 3, 4]
    stored = [await load(database, draft.id) for draft in (approved, rejected, open_one, newest)]
    assert [draft.state for draft in stored] == [
        DraftStatus.APPROVED,
        DraftStatus.REPLACED,
        DraftStatus.REPLACED,
        DraftStatus.AWAITING,
    ]
    assert {draft.newest for draft in stored} == {4}


async def test_the_newest_draft_of_a_ticket_is_found(database: Database) -> None:
    async with database.transaction() as tx:
        ticket_id = await Tickets(tx, ACME).open(TICKET, "key", NOW)
        assert await Drafts(tx, ACME).newest(ticket_id) is None
        await drafted(tx)
        second = await drafted(tx)
        newest = await Drafts(tx, ACME).newest(ticket_id)
        assert newest is not None
        assert newest.id == second.id


async def test_a_step_that_runs_twice_saves_once(database: Database) -> None:
    async with database.transaction() as tx:
        ticket_id = await Tickets(tx, ACME).open(TICKET, "key", NOW)
    for _ in range(2):
        async with database.transaction() as tx:
            saved = await Drafts(tx, ACME).save(DRAFT, ticket_id, NOW, draft_id="job-1")
            assert saved == DraftId("job-1", 1)
    assert (await load(database, "job-1")).state is DraftStatus.AWAITING


async def test_drafts_saved_at_once_are_numbered_without_gaps(database: Database, other: Database) -> None:
    async def save(through: Database) -> int:
        async with through.transaction() as tx:
            return (await drafted(tx)).number

    assert sorted(await asyncio.gather(*(save(through) for through in (database, other) * 3))) == [1, 2, 3, 4, 5, 6]


async def test_nothing_of_a_draft_remains_when_saving_it_fails(database: Database) -> None:
    async with database.transaction() as tx:
        ticket_id = await Tickets(tx, ACME).open(TICKET, "key", NOW)
    too_big = DRAFT.model_copy(update={"tokens": TokenCount(prompt=2**70)})
    with pytest.raises((StorageError, OverflowError)):
        async with database.transaction() as tx:
            await Drafts(tx, ACME).save(too_big, ticket_id, NOW)
    async with database.reading() as tx:
        assert await Drafts(tx, ACME).newest(ticket_id) is None


async def test_a_draft_needs_a_ticket_of_its_own_workspace(database: Database) -> None:
    async with database.transaction() as tx:
        ticket_id = await Tickets(tx, OTHER).open(TICKET, "key", NOW)
    with pytest.raises(StorageError, match="open it before drafting"):
        async with database.transaction() as tx:
            await Drafts(tx, ACME).save(DRAFT, ticket_id, NOW)


async def test_workspaces_with_equal_ids_never_see_each_other(database: Database) -> None:
    async with database.transaction() as tx:
        ours = DRAFT.model_copy(update={"reply": "ours"})
        for workspace, draft in ((ACME, ours), (OTHER, DRAFT)):
            ticket_id = await Tickets(tx, workspace).open(TICKET, "key", NOW)
            await Drafts(tx, workspace).save(draft, ticket_id, NOW, draft_id="same")
        await decide(tx, DraftId("same", 1), "U1", DraftStatus.APPROVED)
    assert (await load(database, "same", ACME)).draft == ours
    assert (await load(database, "same", OTHER)).draft == DRAFT
    assert (await load(database, "same", OTHER)).state is DraftStatus.AWAITING


async def test_the_drafts_of_a_ticket_come_back_oldest_first(database: Database) -> None:
    async with database.transaction() as tx:
        first = await drafted(tx)
        await drafted(tx, key="other")
        second = await drafted(tx)
        stored = await load_in(tx, first)
        of_ticket = await Drafts(tx, ACME).of_ticket(stored.ticket_id)
        assert [draft.id for draft in of_ticket] == [first.id, second.id]
        assert of_ticket[0] == await load_in(tx, first)
        assert await Drafts(tx, OTHER).of_ticket(stored.ticket_id) == []


async def load_in(tx: AsyncSession, draft: DraftId) -> StoredDraft:
    stored = await Drafts(tx, ACME).load(draft.id)
    assert stored is not None
    return stored


@pytest.mark.parametrize("state", [DraftStatus.AWAITING_SECOND, DraftStatus.ESCALATED])
async def test_an_open_draft_becomes_stale_with_an_audit_row(database: Database, state: DraftStatus) -> None:
    async with database.transaction() as tx:
        draft = await drafted(tx)
        await decide(tx, draft, "U1", state)
        ticket_id = (await load_in(tx, draft)).ticket_id
        before = await AuditTrail(tx, ACME).newest()
        assert await Drafts(tx, ACME).stale(ticket_id, LATER, "U2") == [draft.id]
        assert await Drafts(tx, ACME).stale(ticket_id, LATER, "U2") == []
        assert (await load_in(tx, draft)).state is DraftStatus.STALE
        assert await AuditTrail(tx, ACME).verify() == before + 1
        row = await tx.get(AuditRow, (ACME, before + 1))
    assert row is not None
    assert (row.actor, row.action, row.subject, row.details["was"]) == ("U2", "draft.stale", draft.id, state.value)


async def test_an_approval_is_void_and_what_is_rejected_or_of_another_ticket_or_workspace_stays(
    database: Database,
) -> None:
    async with database.transaction() as tx:
        approved = await drafted(tx)
        await decide(tx, approved, "U1", DraftStatus.APPROVED)
        newest = await drafted(tx)
        other = await drafted(tx, key="other")
        ticket_id = (await load_in(tx, approved)).ticket_id
        assert await Drafts(tx, OTHER).stale(ticket_id, LATER, "U2") == []
        assert await Drafts(tx, ACME).stale(ticket_id, LATER, "U2") == [approved.id, newest.id]
        rejected = await drafted(tx, key="rejected")
        await decide(tx, rejected, "U1", DraftStatus.REJECTED)
        assert await Drafts(tx, ACME).stale((await load_in(tx, rejected)).ticket_id, LATER, "U2") == []
        states = [(await load_in(tx, draft)).state for draft in (approved, newest, other, rejected)]
    assert states == [DraftStatus.STALE, DraftStatus.STALE, DraftStatus.AWAITING, DraftStatus.REJECTED]
