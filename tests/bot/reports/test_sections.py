from datetime import timedelta
from typing import Any

import pytest

from bot.content import Section
from bot.numbers import span
from bot.reports.csv_rows import csv_of
from bot.reports.figures import Figures, figures
from bot.reports.next_steps import next_steps
from bot.reports.report import NamedDocument, Report, Week
from bot.reports.report_page import page
from bot.reports.sections import sections
from bot.reports.time_saved import time_saved
from knowledge.drafting.draft import DraftStatus, Outcome
from knowledge.drafting.edits import EditKind, SentenceEdit
from knowledge.drafting.scorecard import Score
from storage.metrics import Handled
from storage.sent_replies import Satisfaction
from tests.bot.reports.examples import ADDED, FACTS, NOON, decided, draft, minutes

REFUND = NamedDocument(title="Refund <b>policy</b>", owner="Billing")


def report(*handled: Handled, before: Figures = Figures(), **changes: Any) -> Report:  # noqa: B008 - Immutable.
    made = Report(
        since=NOON - timedelta(days=7),
        until=NOON,
        figures=figures(handled),
        before=before,
        weeks=(Week(begins=NOON.date(), figures=figures(handled)),),
        saved=time_saved(handled),
        cost=None,
        currency="USD",
        documents={"refund-policy": REFUND},
    )
    return made.model_copy(update=changes)


def lines(made: Report) -> str:
    return "\n".join(line for section in sections(made) for line in (section.heading, *section.lines))


def test_a_week_without_tickets_says_so_and_nothing_more() -> None:
    assert sections(report()) == (Section(heading="What happened", lines=("0 tickets (0 before), 0 drafts.",)),)


def test_each_category_of_warnings_that_anybody_judged_has_a_line() -> None:
    scores = (
        Score(category="angry_customer", raised=4),
        Score(category="legal_threat", raised=5, confirmed=3, dismissed=1, missed=1),
        Score(category="unknown_kind", missed=2),
    )
    (told,) = (section for section in sections(report(scores=scores)) if section.heading == "Warnings")
    assert told.lines == (
        "Legal threat: 5 raised, 3 right, 1 not needed, 1 missed; precision 75%, recall 75%.",
        "Unknown kind: 0 raised, 0 right, 0 not needed, 2 missed; recall 0%.",
    )


def test_a_week_is_told_beside_the_one_before() -> None:
    told = lines(report(decided(DraftStatus.APPROVED, 5), before=figures([draft(), draft("t2")])))
    assert "1 ticket (2 before), 1 draft." in told
    assert "1 approved (0 before), of these 1 unchanged; 0 rejected" in told
    assert "First drafts came within 60 s of the ticket in half of the cases (before: 60 s)" in told
    assert "Decisions came within 5 min of the draft" in told


def test_a_factual_error_is_the_first_thing_to_mend_and_names_document_and_owner() -> None:
    wrong = decided(DraftStatus.REJECTED, 5, "t2", "factual_error", document="refund-policy")
    edited = decided(DraftStatus.APPROVED, 5, "t3", edits=(FACTS,) * 5)
    unverified = [draft(f"u{n}", outcome=Outcome.UNVERIFIED, topic="data_export") for n in range(3)]
    steps = next_steps(report(wrong, edited, *unverified))
    assert steps[0] == "Correct “Refund <b>policy</b>” (Billing): 1 factual error came from it."
    assert steps[1].startswith("Write what is missing: 3 of 3 tickets about data export could not be verified")
    assert len(steps) == 2, "a document that is to be corrected need not be reworded as well"


def test_a_document_whose_words_agents_change_is_to_be_reworded() -> None:
    (step,) = next_steps(report(decided(DraftStatus.APPROVED, 5, edits=(FACTS,) * 5, is_edited=True)))
    assert step == "Reword “Refund <b>policy</b>” (Billing): agents changed 15 words of what it says."
    assert next_steps(report(decided(DraftStatus.APPROVED, 5, edits=(FACTS,)))) == ()


def test_a_rule_that_warns_in_vain_or_not_at_all_is_named() -> None:
    scores = (
        Score(category="billing_dispute", raised=9, confirmed=1, dismissed=4, missed=0),
        Score(category="legal_threat", raised=9, confirmed=4, dismissed=1, missed=2),
        Score(category="unknown_kind", raised=0, confirmed=0, dismissed=0, missed=9),
    )
    assert next_steps(report(scores=scores)) == (
        "Narrow the rule billing dispute: 4 of 5 warnings were not needed.",
        "Add triggers to the rule legal threat: it missed 2 tickets.",
    )


def test_rubber_stamps_and_rewriting_after_approval_are_named() -> None:
    quick = decided(DraftStatus.APPROVED, 0.01)
    rewritten = decided(DraftStatus.APPROVED, 5, "t2", sent_at=minutes(9), sent_edits=(ADDED,) * 5)
    steps = next_steps(report(quick, rewritten))
    assert steps == (
        "Read before you approve: 1 of 2 approvals came faster than anybody reads.",
        "Edit before you approve: 35% of the words were changed after approval.",
    )


def test_what_customers_said_and_what_the_model_cost_are_told() -> None:
    said = [
        decided(DraftStatus.APPROVED, 5, satisfaction=Satisfaction.GOOD),
        decided(DraftStatus.APPROVED, 5, "t2", satisfaction=Satisfaction.BAD),
    ]
    told = lines(report(*said, cost=0.5))
    assert "1 of 2 customers who said so were satisfied." in told
    assert "The model cost 0.50 USD, 0.2500 a draft." in told
    assert "minutes of work a reply before" in told
    assert "Before: words of the reply / 19 a minute" in told


def test_drafts_that_cost_more_than_they_gave_are_said_to() -> None:
    useless = [decided(DraftStatus.REJECTED, 5, f"t{n}", "tone", words=900) for n in range(9)]
    assert "hours more than without" in lines(report(decided(DraftStatus.APPROVED, 5), *useless))


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0 s"),
        (119, "119 s"),
        (120, "2 min"),
        (3_599, "60 min"),
        (5_400, "1.5 h"),
        (7_200, "2 h"),
        (172_800, "2 days"),
    ],
)
def test_a_span_is_told_in_its_own_unit(seconds: float, said: str) -> None:
    assert span(seconds) == said


def test_a_page_needs_nothing_else_and_takes_no_title_for_markup() -> None:
    made = page(report(decided(DraftStatus.APPROVED, 5, edits=(FACTS,) * 5)))
    assert "Refund &lt;b&gt;policy&lt;/b&gt;" in made
    assert "<b>" not in made
    assert not any(word in made for word in ("<script", "http:", "https:", "url("))


def test_a_spreadsheet_gets_a_line_a_draft_and_no_formula() -> None:
    evil = SentenceEdit(kind=EditKind.FACTS, words=3, characters=9, document="x")
    rows = csv_of([decided(DraftStatus.APPROVED, 5, topic="=cmd()", edits=(evil, ADDED))]).splitlines()
    assert len(rows) == 2
    header, row = (line.split(",") for line in rows)
    found = dict(zip(header, row, strict=True))
    assert (found["topic"], found["words_changed"], found["sentences_changed"]) == ("'=cmd()", "10", "2")
    assert (found["decision"], found["decided"]) == ("approved", "2026-11-02T12:06:00+00:00")
