from typing import Any

import pytest

from bot.reports.figures import Changes, Figures, OfTopic, Spread, figures
from bot.reports.time_saved import time_saved
from knowledge.drafting.draft import DraftStatus, Outcome
from storage.sent_replies import Satisfaction
from tests.bot.reports.examples import ADDED, FACTS, decided, draft, minutes


def test_no_drafts_are_no_figures() -> None:
    assert figures([]) == Figures()
    assert time_saved([]) is None


def test_decisions_are_counted_by_what_they_are_and_why() -> None:
    found = figures(
        [
            decided(DraftStatus.APPROVED, 5),
            decided(DraftStatus.REJECTED, 5, "t2", "tone"),
            decided(DraftStatus.REJECTED, 5, "t3", "factual_error", document="refund-policy"),
            decided(DraftStatus.REJECTED, 5, "t4", "factual_error"),
            decided(DraftStatus.ESCALATED, 5, "t5"),
            draft("t6"),
        ]
    )
    assert (found.tickets, found.drafts, found.approved, found.rejected, found.escalated) == (6, 6, 1, 3, 1)
    assert (found.waiting, found.reasons) == (1, {"factual_error": 2, "tone": 1})
    assert (found.factual_errors, found.faulty_documents) == (2, {"refund-policy": 1})
    assert found.errors_per_hundred == 50


def test_only_a_tickets_first_draft_says_how_long_it_took_and_what_it_was_about() -> None:
    again = draft("t1", number=2, draft="t1-2", created_at=minutes(50), topic="billing")
    found = figures([draft("t1", opened_at=minutes(-9)), again])
    assert found.topics == {"refund": OfTopic(tickets=1, unverified=0)}
    assert found.drafted_within == Spread(median=60, slowest_tenth=60, count=1)
    assert found.customer_waited == Spread(median=600, slowest_tenth=600, count=1)


def test_a_spread_says_what_half_and_nine_of_ten_took() -> None:
    found = figures([decided(DraftStatus.APPROVED, each, f"t{each}") for each in range(1, 12)])
    assert found.decided_within == Spread(median=6 * 60, slowest_tenth=10 * 60, count=11)


def test_edits_count_over_approved_replies_and_name_the_documents() -> None:
    edited = decided(DraftStatus.APPROVED, 5, "t2", is_edited=True, edits=(FACTS, FACTS, ADDED))
    found = figures([decided(DraftStatus.APPROVED, 5), edited, draft("t3", edits=(ADDED,))])
    assert found.edited == Changes(
        replies=2,
        unchanged=1,
        words=13,
        characters=58,
        of_words=200,
        kinds={"facts": 2, "added": 1},
        documents={"refund-policy": 6},
    )
    assert found.edited.share == 13 / 200


def test_what_was_sent_counts_where_it_is_known() -> None:
    sent = decided(DraftStatus.APPROVED, 5, sent_at=minutes(9), sent_edits=(ADDED,), satisfaction=Satisfaction.GOOD)
    other = decided(DraftStatus.APPROVED, 5, "t2", satisfaction=Satisfaction.BAD)
    found = figures([sent, other])
    assert (found.sent.replies, found.sent.unchanged, found.sent.words) == (1, 0, 7)
    assert (found.satisfied, found.dissatisfied) == (1, 1)


@pytest.mark.parametrize(("after", "words", "skimmed"), [(0.1, 100, 1), (0.2, 100, 0), (0.2, 200, 1)])
def test_an_approval_faster_than_anybody_reads_is_noticed(after: float, words: int, skimmed: int) -> None:
    assert figures([decided(DraftStatus.APPROVED, after, words=words)]).skimmed == skimmed


def test_who_wrote_a_reply_need_not_read_it_again() -> None:
    assert figures([decided(DraftStatus.APPROVED, 0.01, is_edited=True)]).skimmed == 0


def test_unverified_tickets_are_counted_by_topic() -> None:
    found = figures([draft("t1", outcome=Outcome.UNVERIFIED), draft("t2"), draft("t3", topic="")])
    assert found.topics == {"refund": OfTopic(tickets=2, unverified=1), "": OfTopic(tickets=1, unverified=0)}
    assert found.unverified == 1


def test_time_saved_is_writing_less_reading_and_rewriting() -> None:
    # 190 words take 10 minutes to write; 238 words of reading take one, and so do 19 words of rewriting.
    rewritten = ADDED.model_copy(update={"words": 19})
    approved = decided(DraftStatus.APPROVED, 5, words=190, edits=(rewritten,))
    rejected = decided(DraftStatus.REJECTED, 5, "t2", "tone", words=48)
    found = time_saved([approved, rejected, draft("t3", words=999)])
    assert found
    assert (found.replies, found.minutes_before, found.minutes_after) == (1, 10, 2)
    assert found.hours == pytest.approx(8 / 60)
    assert "19 a minute" in found.formula


def test_a_team_that_measured_has_its_own_number() -> None:
    found = time_saved([decided(DraftStatus.APPROVED, 5, words=238)], minutes_before=0.5)
    assert found
    assert found.minutes_before == 0.5
    assert found.hours == pytest.approx(-0.5 / 60)
    assert "minutes_before" in found.formula


def test_a_customer_who_said_so_once_counts_once_and_a_taken_back_approval_not_at_all() -> None:
    good: dict[str, Any] = {"sent_at": minutes(9), "satisfaction": Satisfaction.GOOD}
    twice = [decided(DraftStatus.APPROVED, 5, **good), decided(DraftStatus.APPROVED, 6, draft="t1-2", number=2, **good)]
    found = figures([*twice, draft("t2", **good)])
    assert (found.satisfied, found.sent.replies) == (1, 2)


def test_what_an_earlier_release_did_not_count_is_left_out() -> None:
    uncounted = decided(DraftStatus.APPROVED, 5, words=0, sent_at=minutes(9), sent_edits=(ADDED,))
    edited = decided(DraftStatus.APPROVED, 5, "t2", is_edited=True)
    found = figures([uncounted, edited])
    assert (found.sent, found.edited) == (Changes(), Changes())
    assert time_saved([uncounted], minutes_before=9) is None


def test_a_ticket_that_is_drafted_again_is_no_first_draft() -> None:
    found = figures([draft("t1", number=2), draft("t2", outcome=Outcome.UNVERIFIED)])
    assert (found.tickets, found.first_drafted, found.unverified) == (2, 1, 1)
