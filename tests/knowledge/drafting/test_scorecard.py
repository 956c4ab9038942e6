from datetime import UTC, datetime

from knowledge.drafting.scorecard import (
    UNKNOWN_KIND,
    Escalated,
    Judgement,
    Score,
    WarnedDraft,
    WarnedTicket,
    WarningVerdict,
    likeliest,
    scorecard,
)

NOW = datetime(2026, 3, 1, tzinfo=UTC)
BEN = Escalated("ben", NOW)
LEGAL = frozenset({"legal"})
NONE = frozenset[str]()


def said(category: str, verdict: WarningVerdict, draft: str = "1") -> Judgement:
    return Judgement(category=category, verdict=verdict, draft=draft, person="ana", at=NOW)


def verdicts(drafts: list[WarnedDraft], *judgements: Judgement) -> dict[str, str]:
    counted = WarnedTicket(drafts, judgements).judgements()
    return {name: f"{each.verdict} {each.person}" for name, each in counted.items()}


def test_nothing_is_said_of_a_warning_that_nobody_judged_or_whose_judgement_was_taken_back() -> None:
    assert verdicts([WarnedDraft("1", LEGAL)]) == {}
    back = said("legal", WarningVerdict.CONFIRMED), said("legal", WarningVerdict.OPEN)
    assert verdicts([WarnedDraft("1", LEGAL)], *back) == {}


def test_the_last_press_counts_whichever_version_it_was_on() -> None:
    drafts = [WarnedDraft("1", LEGAL), WarnedDraft("2", LEGAL)]
    presses = said("legal", WarningVerdict.CONFIRMED), said("legal", WarningVerdict.DISMISSED, "2")
    assert verdicts(drafts, *presses) == {"legal": "dismissed ana"}


def test_an_escalation_confirms_the_warnings_of_its_draft_that_nobody_dismissed() -> None:
    drafts = [WarnedDraft("1", frozenset({"legal", "angry"}), BEN), WarnedDraft("2", frozenset({"billing"}))]
    dismissed = said("angry", WarningVerdict.DISMISSED)
    assert verdicts(drafts, dismissed) == {"legal": "confirmed ben", "angry": "dismissed ana"}
    taken_back = said("angry", WarningVerdict.OPEN)
    assert verdicts(drafts, dismissed, taken_back)["angry"] == "confirmed ben"


def test_an_escalation_without_a_warning_is_one_miss_of_the_kind_that_was_said_last() -> None:
    drafts = [WarnedDraft("1", NONE, BEN), WarnedDraft("2", NONE, BEN)]
    assert verdicts(drafts) == {UNKNOWN_KIND: "missed ben"}
    first = said("legal", WarningVerdict.MISSED)
    assert verdicts(drafts, first) == {"legal": "missed ana"}
    assert verdicts(drafts, first, said("angry", WarningVerdict.MISSED)) == {"angry": "missed ana"}


def test_a_kind_that_was_said_counts_only_while_the_escalation_stands() -> None:
    assert verdicts([WarnedDraft("1", NONE)], said("legal", WarningVerdict.MISSED)) == {}


def test_a_press_on_the_warning_of_a_later_version_counts_more_than_the_miss_before() -> None:
    drafts = [WarnedDraft("1", NONE, BEN), WarnedDraft("2", LEGAL)]
    missed = said("legal", WarningVerdict.MISSED)
    assert verdicts(drafts, missed) == {"legal": "missed ana"}
    assert verdicts(drafts, missed, said("legal", WarningVerdict.CONFIRMED, "2")) == {"legal": "confirmed ana"}


def test_each_ticket_counts_once_in_a_score_however_many_drafts_it_has() -> None:
    tickets = [
        WarnedTicket([WarnedDraft("1", LEGAL), WarnedDraft("2", LEGAL, BEN)], ()),
        WarnedTicket([WarnedDraft("3", LEGAL)], [said("legal", WarningVerdict.DISMISSED)]),
        WarnedTicket([WarnedDraft("4", LEGAL)], ()),
        WarnedTicket([WarnedDraft("5", NONE, BEN)], [said("legal", WarningVerdict.MISSED, "5")]),
        WarnedTicket([WarnedDraft("6", NONE, BEN)], ()),
    ]
    legal, unknown = scorecard(tickets)
    assert legal == Score(category="legal", raised=3, confirmed=1, dismissed=1, missed=1)
    assert legal.open == 1
    assert unknown == Score(category=UNKNOWN_KIND, missed=1)


def test_precision_is_of_what_was_judged_and_recall_of_what_was_needed() -> None:
    score = Score(category="legal", raised=10, confirmed=3, dismissed=1, missed=2)
    assert (score.precision, score.recall) == (3 / 4, 3 / 5)


def test_what_cannot_be_divided_is_not_known() -> None:
    assert (Score(category="x").precision, Score(category="x").recall) == (None, None)
    assert Score(category="x", dismissed=1).precision == 0.0
    assert Score(category="x", dismissed=1).recall is None
    assert Score(category="x", missed=1).recall == 0.0


def test_the_kinds_missed_most_come_first_and_then_those_raised_most() -> None:
    scores = [Score(category="legal", raised=9), Score(category="angry", missed=2), Score(category="gone", missed=5)]
    assert likeliest(["billing", "legal", "angry", "security"], scores) == ["angry", "legal", "billing", "security"]
