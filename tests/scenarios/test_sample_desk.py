"""The sample desk's forty tickets through the whole desk: what the product promises of itself."""

import asyncio

import pytest

from bot.app import support_desk
from bot.evaluation import run_cases
from bot.settings import Settings
from knowledge.desk_files import load_desk
from knowledge.documents.folder import read_folder
from knowledge.drafting.draft import Draft
from knowledge.evals.case import Case
from knowledge.evals.cases import load_cases
from knowledge.evals.report import Report
from tests.conftest import NOW


@pytest.fixture(scope="module")
def report(sample: Settings) -> Report:
    files = load_desk(sample.desk)

    async def draft_all() -> Report:
        async with support_desk(sample, now=lambda: NOW) as desk:
            return await run_cases(desk, load_cases(files.cases), files.thresholds, lambda *_: None)

    return asyncio.run(draft_all())


@pytest.fixture(scope="module")
def drafts(report: Report) -> list[tuple[Case, Draft]]:
    return [(result.case, result.attempts[0].draft) for result in report.results]


def test_the_sample_desk_passes_its_own_test_tickets(report: Report) -> None:
    assert report.passed, [line for line in report.lines if not line.met]
    right = {line.name: line.right for line in report.lines if line.scored == 40}
    assert right["facts"] >= 33
    assert right["promises"] == 40
    assert right["missing"] >= 38
    assert right["escalations"] >= 38
    assert right["overall"] >= 33
    statuses = [result.attempts[0].draft.status is result.case.expect.status for result in report.results]
    assert sum(statuses) >= 36


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
