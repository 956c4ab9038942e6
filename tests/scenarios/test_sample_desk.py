"""The sample desk's forty tickets through the whole desk: what the product promises of itself."""

import asyncio

import pytest

from bot.app import support_desk
from bot.settings import Settings
from knowledge.documents.folder import read_folder
from knowledge.drafting.draft import Draft
from knowledge.drafting.ticket import Ticket
from knowledge.evals.cases import Case, load_cases
from knowledge.evals.scoring import score, totals
from tests.conftest import NOW


@pytest.fixture(scope="module")
def drafts(sample: Settings) -> list[tuple[Case, Draft]]:
    async def draft_all() -> list[tuple[Case, Draft]]:
        async with support_desk(sample, now=lambda: NOW) as desk:
            cases = load_cases(sample.desk / "cases")
            return [(case, await desk.rehearse(Ticket.pasted(case.text), on=case.on)) for case in cases]

    return asyncio.run(draft_all())


def test_forty_tickets_get_the_right_decisions_and_escalations(drafts: list[tuple[Case, Draft]]) -> None:
    sums = totals([score(case, draft) for case, draft in drafts])
    assert sums.cases == 40
    assert sums.decisions >= 36
    assert sums.escalations >= 38


def test_no_reply_holds_a_retired_or_forbidden_fact(drafts: list[tuple[Case, Draft]]) -> None:
    for case, draft in drafts:
        for words in case.expect.excludes:
            assert words.casefold() not in draft.reply.casefold(), case.id


def test_every_citation_is_found_where_it_says_in_a_version_in_force(
    drafts: list[tuple[Case, Draft]], sample: Settings
) -> None:
    in_force = {v.hash: v for v in read_folder(sample.desk / "documents").versions if v.in_force(NOW.date())}
    citations = [c for _, draft in drafts for statement in draft.statements for c in statement.citations]
    assert len(citations) > 40
    for citation in citations:
        version = in_force[citation.version]
        assert version.id == citation.document
        assert version.text[citation.start : citation.end] == citation.quote


def test_every_reply_is_made_of_proven_sentences_and_the_desks_own_words(
    drafts: list[tuple[Case, Draft]],
) -> None:
    for case, draft in drafts:
        rest = draft.reply
        for statement in draft.statements:
            assert statement.text in rest, case.id
            rest = rest.replace(statement.text, "")
        assert not any(character.isdigit() for character in rest), case.id
