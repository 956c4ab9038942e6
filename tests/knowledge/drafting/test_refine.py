"""Shorter, friendlier, two options: other compositions of the same proven sentences."""

from hypothesis import given
from hypothesis import strategies as st

from knowledge.drafting import refine, reply
from knowledge.drafting.draft import UNVERIFIED, Draft, MissingFact, Outcome, Removed, Statement
from knowledge.drafting.evidence import Evidence
from knowledge.drafting.sentences import sentences
from knowledge.drafting.ticket import Ticket
from tests.builders import PLAYBOOK, a_passage

REFUND = "Yearly plans are refunded in full within 14 days of buying."
MONEY = "The money of a refund goes back to the card you paid with."
LATER = "Some banks take longer."
EXPORT = "Owners can export all projects as CSV files."
TICKET = Ticket.pasted("From: Sara\nAre yearly plans refunded within days of buying? How do owners export projects?")
ASK = MissingFact(fact="purchase_date", question="When did you buy the plan?")


def a_statement(text: str) -> Statement:
    return Evidence(a_passage(text), sentences(text)[0]).statement(text)


def a_draft(*texts: str, ticket: Ticket = TICKET, **changes: object) -> Draft:
    draft = Draft(
        status=Outcome.ANSWERED, reply="", statements=tuple(map(a_statement, texts)), missing_facts=(ASK,)
    ).model_copy(update=changes)
    return draft.model_copy(update={"reply": reply.compose(draft, ticket, PLAYBOOK)})


def said(draft: Draft | None) -> list[str]:
    assert draft
    return [statement.text for statement in draft.statements]


def test_shorter_keeps_the_strongest_statement_for_each_question() -> None:
    short = refine.shorter(a_draft(LATER, REFUND, MONEY, EXPORT), TICKET, PLAYBOOK)
    assert said(short) == [REFUND, EXPORT]
    assert short
    assert short.reply == f"Hi Sara,\n\n{REFUND} {EXPORT}\n\n{ASK.question}\n\nKind regards"
    assert [removed.text for removed in short.removed] == [LATER, MONEY]
    assert "left out to be shorter" in short.removed[0].reason


def test_shorter_again_leaves_out_one_more_until_one_is_left() -> None:
    first = refine.shorter(a_draft(REFUND, EXPORT), TICKET, PLAYBOOK)
    assert said(first) == [REFUND, EXPORT]
    assert first
    assert PLAYBOOK.brand.acknowledgement not in first.reply
    second = refine.shorter(first, TICKET, PLAYBOOK)
    assert len(said(second)) == 1
    assert second
    assert refine.shorter(second, TICKET, PLAYBOOK) is None


def test_a_question_that_was_not_answered_keeps_no_statement() -> None:
    draft = a_draft(REFUND, MONEY, EXPORT, unanswered=("How do owners export projects?",))
    assert said(refine.shorter(draft, TICKET, PLAYBOOK)) == [REFUND]


def test_without_a_word_in_common_the_first_statement_is_kept() -> None:
    assert said(refine.shorter(a_draft(LATER, MONEY), Ticket.pasted("zebra?"), PLAYBOOK)) == [LATER]


def test_friendlier_acknowledges_and_closes_and_only_once() -> None:
    short = refine.shorter(a_draft(REFUND), TICKET, PLAYBOOK)
    assert short
    friendly = refine.friendlier(short, TICKET, PLAYBOOK)
    assert friendly
    assert friendly.reply == (
        f"Hi Sara,\n\n{PLAYBOOK.brand.acknowledgement}\n\n{REFUND}\n\n{ASK.question}\n\n"
        f"{PLAYBOOK.brand.closing}\n\nKind regards"
    )
    assert friendly.statements == short.statements
    assert refine.friendlier(friendly, TICKET, PLAYBOOK) is None


def test_two_options_are_the_draft_and_a_shorter_one() -> None:
    draft = a_draft(REFUND, MONEY)
    options = refine.options(draft, TICKET, PLAYBOOK)
    assert options
    assert options[0] is draft
    assert options[1] == refine.shorter(draft, TICKET, PLAYBOOK)


def test_around_the_fixed_sentence_there_is_nothing_to_refine() -> None:
    draft = a_draft()
    assert draft.reply.startswith(UNVERIFIED)
    assert refine.shorter(draft, TICKET, PLAYBOOK) is None
    assert refine.friendlier(draft, TICKET, PLAYBOOK) is None
    assert refine.options(draft, TICKET, PLAYBOOK) is None


def test_an_agents_own_sentences_are_not_left_out() -> None:
    own = Removed(text="Our office is in Lisbon.", reason="no approved document says so")
    draft = a_draft(REFUND, MONEY, unproven=(own,))
    for refined in (refine.shorter(draft, TICKET, PLAYBOOK), refine.friendlier(draft, TICKET, PLAYBOOK)):
        assert refined
        assert own.text in refined.reply
        assert refined.unproven == (own,)


@given(st.lists(st.sampled_from([REFUND, MONEY, LATER, EXPORT]), unique=True, min_size=1))
def test_refining_says_nothing_that_was_not_proven_and_drops_no_question(texts: list[str]) -> None:
    draft = a_draft(*texts)
    refined = [refine.shorter(draft, TICKET, PLAYBOOK), refine.friendlier(draft, TICKET, PLAYBOOK)]
    for each in filter(None, refined):
        assert set(each.statements) <= set(draft.statements)
        assert (each.missing_facts, each.escalations, each.status) == (draft.missing_facts, (), draft.status)
        assert ASK.question in each.reply
        rest = each.reply
        for statement in each.statements:
            assert statement.text in rest
            rest = rest.replace(statement.text, "")
        assert not any(text in rest for text in (REFUND, MONEY, LATER, EXPORT))
