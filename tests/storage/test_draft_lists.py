from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from knowledge.drafting.draft import Draft, DraftStatus, Outcome, Statement
from storage.database import Database
from storage.draft_lists import DraftSummary
from storage.drafts import DraftId, Drafts, Origin
from storage.tickets import Tickets
from tests.storage.examples import ACME, CITATION, DRAFT, NOW, OTHER, TICKET, decide, drafted

UNVERIFIED = Draft(status=Outcome.UNVERIFIED, reply="")


def minute(n: int) -> datetime:
    return NOW + timedelta(minutes=n)


async def ask(tx: AsyncSession, key: str, person: str, at: datetime = NOW, draft: Draft = DRAFT) -> DraftId:
    ticket_id = await Tickets(tx, ACME).open(TICKET, key, NOW)
    return await Drafts(tx, ACME).save(draft, ticket_id, at, origin=Origin(requested_by=person))


def ids(drafts: list[DraftSummary]) -> list[str]:
    return [draft.id for draft in drafts]


async def test_a_summary_says_what_a_line_needs(database: Database) -> None:
    async with database.transaction() as tx:
        draft = await ask(tx, "key", "U1", minute(1), UNVERIFIED)
        ticket_id = await Tickets(tx, ACME).find("key")
    async with database.reading() as tx:
        waiting = await Drafts(tx, ACME).waiting(10)
    assert waiting == [
        DraftSummary(
            id=draft.id,
            ticket_id=ticket_id or "",
            number=1,
            state=DraftStatus.AWAITING,
            outcome=Outcome.UNVERIFIED,
            subject="Cancel",
            requested_by="U1",
            created_at=minute(1),
        )
    ]


async def test_what_waits_for_a_first_or_second_decision_is_listed_newest_first(database: Database) -> None:
    async with database.transaction() as tx:
        first = await ask(tx, "first", "U1", minute(1))
        second = await ask(tx, "second", "U1", minute(2))
        await decide(tx, second, "U2", DraftStatus.AWAITING_SECOND)
        for n, state in enumerate((DraftStatus.APPROVED, DraftStatus.REJECTED, DraftStatus.ESCALATED)):
            await decide(tx, await ask(tx, state, "U1", minute(3 + n)), "U2", state)
        await ask(tx, "again", "U1", minute(7))
        again = await ask(tx, "again", "U1", minute(8))
        drafts = Drafts(tx, ACME)
        assert ids(await drafts.waiting(10)) == [again.id, second.id, first.id]
        assert ids(await drafts.waiting(2)) == [again.id, second.id]


async def test_what_a_person_asked_for_is_listed_while_it_is_open(database: Database) -> None:
    async with database.transaction() as tx:
        mine = await ask(tx, "mine", "U1", minute(1))
        await ask(tx, "theirs", "U2", minute(2))
        escalated = await ask(tx, "escalated", "U1", minute(3))
        await decide(tx, escalated, "U2", DraftStatus.ESCALATED)
        for state in (DraftStatus.APPROVED, DraftStatus.REJECTED, DraftStatus.STALE):
            await decide(tx, await ask(tx, state, "U1", minute(4)), "U2", state)
        drafts = Drafts(tx, ACME)
        assert ids(await drafts.requested_by("U1", 10)) == [escalated.id, mine.id]
        assert ids(await drafts.requested_by("U1", 1)) == [escalated.id]
        assert ids(await drafts.requested_by("U3", 10)) == []


def citing(*proofs: tuple[str, str]) -> Draft:
    """A draft whose one sentence is proven by these versions of documents."""
    citations = tuple(CITATION.model_copy(update={"document": name, "version": text}) for name, text in proofs)
    return DRAFT.model_copy(update={"statements": (Statement(text="So it is.", citations=citations),)})


async def test_the_open_drafts_that_cite_a_document_are_found_each_once(database: Database) -> None:
    async with database.transaction() as tx:
        old = await ask(tx, "old", "U1", minute(1), citing(("refunds", "v1"), ("refunds", "v1"), ("plans", "v9")))
        new = await ask(tx, "new", "U1", minute(2), citing(("refunds", "v2")))
        both = await ask(tx, "both", "U1", minute(3), citing(("refunds", "v1"), ("refunds", "v2")))
        await ask(tx, "other", "U1", minute(4), citing(("plans", "v1")))
        closed = await ask(tx, "closed", "U1", minute(5), citing(("refunds", "v1")))
        await decide(tx, closed, "U2", DraftStatus.APPROVED)
        await ask(tx, "replaced", "U1", minute(6), citing(("refunds", "v1")))
        await ask(tx, "replaced", "U1", minute(7), UNVERIFIED)
        drafts = Drafts(tx, ACME)
        assert await drafts.citing("refunds") == [old.id, new.id, both.id]
        assert await drafts.citing("passwords") == []
        cited = await drafts.cited()
        assert cited[old.id] == {("refunds", "v1"), ("plans", "v9")}
        assert cited.keys() > {old.id, new.id, both.id}
        assert closed.id not in cited


async def test_workspaces_never_see_each_others_drafts(database: Database) -> None:
    async with database.transaction() as tx:
        await drafted(tx, OTHER)
        ours = Drafts(tx, ACME)
        assert not await ours.waiting(10)
        assert not await ours.requested_by("", 10)
        assert not await ours.citing("refunds")
        assert not await ours.cited()
        assert len(await Drafts(tx, OTHER).citing("refunds")) == 1
