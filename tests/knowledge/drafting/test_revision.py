"""An agent's own reply: every sentence is proven, the desk's own, a courtesy or a question, or listed as unproven."""

import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.drafting import reply
from knowledge.drafting.draft import UNVERIFIED, Draft, MissingFact, Outcome
from knowledge.drafting.evidence import Evidence
from knowledge.drafting.passage import Passage
from knowledge.drafting.revision import MOST_CHECKED, Checked, Revision
from knowledge.drafting.sentences import units
from knowledge.drafting.ticket import Ticket
from tests.builders import PLAYBOOK, a_passage

YEARLY = "Yearly plans are refunded in full when you ask within 14 days of buying."
MONEY = "Refunds go back to the card you paid with, usually within 7 business days."
STEPS = "To export your projects:\n\n1. Open the settings page.\n2. Press **Export**."
READABLE = "To export your projects:\n1. Open the settings page.\n2. Press Export."
REFUNDS = a_passage(f"{YEARLY} {MONEY}")
EXPORT = a_passage(STEPS, document="export", title="Export")
TICKET = Ticket.pasted("From: Dana\nCan I get a refund for my yearly plan? I paid $40.")
STATEMENT = Evidence(REFUNDS, units(REFUNDS.text)[0]).statement()


def a_draft(*, empty: bool = False) -> Draft:
    draft = Draft(
        status=Outcome.UNVERIFIED if empty else Outcome.ANSWERED,
        reply="",
        statements=() if empty else (STATEMENT,),
        missing_facts=(MissingFact(fact="purchase_date", question="When did you buy the plan?"),),
    )
    return draft.model_copy(update={"reply": reply.compose(draft, TICKET, PLAYBOOK)})


DRAFT = a_draft()


def check(
    text: str, passages: Sequence[Passage] = (REFUNDS, EXPORT), draft: Draft = DRAFT, *, stands: bool = True
) -> Checked:
    revision = Revision(text, TICKET, PLAYBOOK)
    wanted = revision.to_look_up(draft, draft.statements if stands else ())
    return revision.checked(dict.fromkeys(wanted, passages))


def unproven(checked: Checked) -> dict[str, str]:
    return {removed.text: removed.reason for removed in checked.unproven}


def test_a_reply_that_was_not_changed_needs_no_look_up_and_stands() -> None:
    revision = Revision(DRAFT.reply, TICKET, PLAYBOOK)
    assert revision.to_look_up(DRAFT, DRAFT.statements) == ()
    assert revision.checked({}) == Checked(DRAFT.statements, ())


def test_the_fixed_sentence_is_the_desks_own() -> None:
    assert check(f"{UNVERIFIED}\n\nWhen did you buy the plan?", draft=a_draft(empty=True)) == Checked((), ())


def test_a_new_sentence_is_proven_by_a_whole_approved_sentence() -> None:
    own = "Refunds go back to the card that you paid with, usually within 7 business days."
    checked = check(f"Hi Dana,\n{MONEY}\n\nKind regards")
    assert [statement.text for statement in checked.statements] == [MONEY]
    assert checked.statements[0].citations[0].quote == MONEY
    assert unproven(check(own)) == {own: "says 'that', which the quote does not"}


def test_an_approved_list_stands_whole() -> None:
    checked = check(f"Hi Dana,\n\n{READABLE}\n\nKind regards")
    assert [statement.text for statement in checked.statements] == [READABLE]
    assert checked.statements[0].citations[0].quote == STEPS
    assert checked.unproven == ()
    changed = check(READABLE.replace("Press Export", "Press Delete"))
    assert "2. Press Delete." in unproven(changed)
    assert READABLE not in [statement.text for statement in changed.statements]


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("We have an office in Lisbon.", "no approved document says so"),
        (YEARLY.replace("14", "30"), "says '30 day', which the quote does not"),
        (YEARLY.replace("Yearly", "Monthly"), "speaks of monthly"),
        ("Yearly plans are refunded in full.", "drops"),
        ("We will refund your yearly plan.", "promises a refund"),
        ("I have cancelled your plan.", "claims that something was done"),
        ("Read more at https://evil.example/refunds.", "has a link or address"),
        ("Ask <@U123> for it.", "markup or a mention"),
        ("✅", "looks like a decision"),
        ("Could you confirm the $500 refund we promised?", "gives a guarantee"),
        ("Did you know that all plans are free?", "is a question of your own"),
        ("Which card shall the full refund go to?", "is a question of your own"),
        ("# Everything is refunded", "no approved document says so"),
        ("To be honest, it is fine.", "it sounds careless"),
        ("Your refund\u200b is easy.", "invisible"),
    ],
)
def test_what_nothing_proves_is_listed_with_the_reason(sentence: str, reason: str) -> None:
    checked = check(DRAFT.reply.replace(YEARLY, f"{YEARLY}\n\n{sentence}"))
    assert checked.statements == DRAFT.statements
    (listed,) = checked.unproven
    assert listed.text == sentence
    assert reason in listed.reason


@pytest.mark.parametrize("around", ["It is wrong that {}", "{} and more for you", "Never believe: {} Never."])
def test_a_statement_inside_another_sentence_does_not_stand(around: str) -> None:
    text = around.format(YEARLY.removesuffix(".") if "and" in around else YEARLY)
    checked = check(text)
    assert YEARLY not in [statement.text for statement in checked.statements]
    assert checked.unproven


def test_what_is_withdrawn_meanwhile_is_looked_up_again() -> None:
    assert check(DRAFT.reply, stands=False).statements == DRAFT.statements
    gone = check(DRAFT.reply, (), stands=False)
    assert gone.statements == ()
    assert unproven(gone) == {YEARLY: "no approved document says so"}


def test_sentences_beyond_the_most_are_not_looked_up_and_so_unproven() -> None:
    many = [f"Our office number {number} is large." for number in range(MOST_CHECKED + 5)]
    revision = Revision("\n".join(many), TICKET, PLAYBOOK)
    wanted = revision.to_look_up(DRAFT, ())
    assert len(wanted) == MOST_CHECKED
    checked = revision.checked(dict.fromkeys(wanted, (REFUNDS,)))
    assert [removed.text for removed in checked.unproven] == many
    assert [removed.reason for removed in checked.unproven].count("the reply is too long to check this sentence") == 5


def test_a_sentence_without_end_is_not_looked_up() -> None:
    (long,) = check("refund " * 5_000).unproven
    assert long.reason == "the reply is too long to check this sentence"


@pytest.mark.parametrize(
    ("before", "text", "after"),
    [
        (Outcome.ANSWERED, YEARLY, Outcome.ANSWERED),
        (Outcome.PARTIAL, YEARLY, Outcome.PARTIAL),
        (Outcome.UNVERIFIED, YEARLY, Outcome.PARTIAL),
        (Outcome.ANSWERED, "We have an office.", Outcome.PARTIAL),
        (Outcome.UNVERIFIED, "We have an office.", Outcome.PARTIAL),
        (Outcome.ANSWERED, "Thanks for writing.", Outcome.UNVERIFIED),
    ],
)
def test_the_outcome_follows_what_is_left(before: Outcome, text: str, after: Outcome) -> None:
    assert check(text).outcome(before) is after


PARTS = (
    YEARLY,
    MONEY,
    "Hi Dana,",
    "Kind regards",
    "We pay $500.",
    "Why?",
    "✅",
    "| a | b |\n| - | - |\n| c | d |",
    "---",
    "## Big",
    "1. One",
    "It is. Not it.",
    "{answer}",
    "\u2028x",
    "e.g. this",
    "Refunds are free:\n- always",
    "  \n",
)


@given(st.lists(st.sampled_from(PARTS), max_size=8), st.sampled_from(["\n", " ", "\n\n"]))
def test_no_figure_comes_through_unseen(parts: list[str], joint: str) -> None:
    text = joint.join(parts).strip()
    checked = check(text)
    seen = [statement.text for statement in checked.statements] + [removed.text for removed in checked.unproven]
    covered: set[int] = set()
    for part in seen:
        assert part in text
        for found in re.finditer(f"(?={re.escape(part)})", text):
            covered |= set(range(found.start(), found.start() + len(part)))
    rest = "".join(" " if at in covered else character for at, character in enumerate(text))
    for claim in ("500", "14", "always", "Big", "Not", "One", "✅"):
        assert claim not in rest
    for statement in checked.statements:
        assert all(citation.quote in REFUNDS.text for citation in statement.citations)
