"""The ledger of factual errors in both databases."""

import asyncio

from knowledge.drafting.draft import DraftStatus, Removed, Statement
from knowledge.drafting.factual_error import FactualError, Resolution, errors_in, touching
from storage.audit import AuditTrail
from storage.database import Database
from storage.drafts import Drafts
from storage.factual_errors import FactualErrors
from storage.tables import AuditRow
from tests.storage.examples import ACME, CITATION, DRAFT, LATER, NOW, OTHER, decide, drafted

REPORTED = errors_in("d1", DRAFT, 0, "U1", NOW)


async def report(database: Database, *errors: FactualError, workspace: str = ACME) -> None:
    async with database.transaction() as tx:
        await FactualErrors(tx, workspace).report(errors)


async def opened(database: Database) -> list[FactualError]:
    async with database.reading() as tx:
        return await FactualErrors(tx, ACME).open()


def test_a_sentence_has_an_entry_for_each_passage_it_quotes_and_one_where_an_agent_wrote_it() -> None:
    second = CITATION.model_copy(update={"document": "plans", "start": 3, "end": 9})
    draft = DRAFT.model_copy(
        update={
            "statements": (Statement(text="Both.", citations=(CITATION, second, CITATION)),),
            "unproven": (Removed(text="Mine.", reason=""),),
        }
    )
    assert [error.document for error in errors_in("d1", draft, 0, "U1", NOW)] == ["refunds", "plans"]
    (own,) = errors_in("d1", draft, 1, "U1", NOW)
    assert (own.document, own.quote, own.sentence) == ("", "", 1)
    assert not own.touches(CITATION.model_copy(update={"document": ""}))


def test_what_overlaps_or_repeats_the_words_is_touched_and_what_is_beside_them_is_not() -> None:
    (error,) = REPORTED
    beside: dict[str, object] = {"start": CITATION.end, "end": CITATION.end + 5, "quote": "Else."}
    cases: dict[str, tuple[dict[str, object], bool]] = {
        "one character": ({"start": CITATION.end - 1, "end": CITATION.end + 9, "quote": ".  Then"}, True),
        "beside": (beside, False),
        "another version": (beside | {"version": "b" * 64}, False),
        "the same words in another version": ({"version": "b" * 64, "start": 900, "end": 945}, True),
        "another document": ({"document": "plans"}, False),
    }
    found = {
        name: bool(touching([error], DRAFT.model_copy(update={"statements": (_quoting(changes),)})))
        for name, (changes, _) in cases.items()
    }
    assert found == {name: expected for name, (_, expected) in cases.items()}


def _quoting(changes: dict[str, object]) -> Statement:
    return Statement(text="x", citations=(CITATION.model_copy(update=changes),))


async def test_an_entry_is_as_it_was_reported_and_twice_is_once(database: Database, other: Database) -> None:
    await asyncio.gather(*(report(each, *REPORTED) for each in (database, other)))
    await report(database, *errors_in("d1", DRAFT, 0, "U2", LATER))
    assert await opened(database) == list(REPORTED)
    async with database.reading() as tx:
        assert await AuditTrail(tx, ACME).verify() == 1
        row = await tx.get(AuditRow, (ACME, 1))
        assert await FactualErrors(tx, OTHER).all() == []
    assert row is not None
    assert (row.actor, row.action, row.subject) == ("U1", "error.reported", REPORTED[0].id)
    assert row.details == {"draft": "d1", "sentence": 0, "document": "refunds", "version": CITATION.version}


async def test_of_two_answers_one_counts(database: Database, other: Database) -> None:
    await report(database, *REPORTED)

    async def answer(where: Database, resolution: Resolution, person: str) -> bool:
        async with where.transaction() as tx:
            return await FactualErrors(tx, ACME).resolve(REPORTED[0].id, resolution, person, LATER)

    taken = await asyncio.gather(
        answer(database, Resolution.NOT_AN_ERROR, "U1"), answer(other, Resolution.DOCUMENT_CHANGED, "U2")
    )
    assert sorted(taken) == [False, True]
    async with database.reading() as tx:
        (error,) = await FactualErrors(tx, ACME).all()
    assert error.resolved_by == ("U1" if taken[0] else "U2")
    assert error.resolved_at == LATER
    assert await opened(database) == []


async def test_what_was_taken_back_is_open_again_once_it_is_reported_anew(database: Database) -> None:
    await report(database, *REPORTED)
    async with database.transaction() as tx:
        await FactualErrors(tx, ACME).take_back("another draft", "U1", LATER)
        assert len(await FactualErrors(tx, ACME).open()) == 1
        await FactualErrors(tx, ACME).take_back("d1", "U1", LATER)
        assert await FactualErrors(tx, ACME).all() == []
    await report(database, *errors_in("d1", DRAFT, 0, "U2", LATER))
    (error,) = await opened(database)
    assert (error.reported_by, error.resolution, error.resolved_at) == ("U2", None, None)


async def test_an_entry_follows_its_words_into_a_later_version(database: Database) -> None:
    await report(database, *REPORTED)
    moved = REPORTED[0].carried("c" * 64, f"Now: {CITATION.quote}")
    assert moved is not None
    assert REPORTED[0].carried("c" * 64, "Yearly plans cannot be cancelled.") is None
    async with database.transaction() as tx:
        await FactualErrors(tx, ACME).move(moved, LATER)
    (error,) = await opened(database)
    assert (error.version, error.start, error.end) == ("c" * 64, 5, 5 + len(CITATION.quote))


async def test_open_drafts_that_quote_the_words_are_found_and_told(database: Database) -> None:
    async with database.transaction() as tx:
        quoting, decided = await drafted(tx, key="1"), await drafted(tx, key="2")
        beside = DRAFT.model_copy(update={"statements": (_quoting({"start": 0, "end": 120, "quote": "Else."}),)})
        await drafted(tx, key="3", draft=beside)
        await decide(tx, decided, "U1", DraftStatus.APPROVED)
        assert await Drafts(tx, ACME).quoting(REPORTED[0]) == [quoting.id]
        await FactualErrors(tx, ACME).report(REPORTED)
        assert await FactualErrors(tx, ACME).about(DRAFT) == REPORTED
        assert await FactualErrors(tx, ACME).about(beside) == ()
