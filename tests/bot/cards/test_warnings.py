from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cards.card import announcement, render
from bot.content import DraftCard, Warned
from knowledge.drafting.draft import DraftStatus
from knowledge.drafting.scorecard import UNKNOWN_KIND, Judgement
from tests.bot.cards.examples import DISPUTE, a_card, a_draft, judgement
from tests.bot.cards.live import pressable, shown

WARNING = "⚠ *billing dispute*: “I will dispute this with my bank” → billing lead, second approver"


def disputed(*categories: str, **changes: Any) -> DraftCard:
    """A card with a warning of each category."""
    found = tuple(DISPUTE.model_copy(update={"category": each}) for each in categories or ("billing_dispute",))
    return a_card(draft=a_draft(escalations=found), **changes)


def presses(card: DraftCard) -> dict[str, str]:
    """What can be said of warnings: labels, each with the value of its button."""
    rows = [block for blocks in render(card).parts for block in blocks if block["type"] == "actions"]
    warned = [element for row in rows if row["block_id"].startswith("warning:") for element in row["elements"]]
    return {f"{each['text']['text']} {each['value']}": each["action_id"] for each in warned}


def test_a_warning_nobody_judged_can_be_called_right_or_not_needed_below_it() -> None:
    card = disputed()
    assert presses(card) == {
        "Right draft-1:0:open": "warning_right",
        "Not needed draft-1:0:open": "warning_not_needed",
    }
    (blocks,) = render(card).parts
    place = next(n for n, block in enumerate(blocks) if block.get("block_id") == "warning:0")
    assert shown([blocks[place - 1]]).endswith(f"*Somebody must look*\n{WARNING}")


@pytest.mark.parametrize(
    ("said", "line", "offered"),
    [
        (judgement(), "confirmed by <@U0BEN>", ["Not needed draft-1:0:confirmed", "Take back draft-1:0:confirmed"]),
        (
            judgement(verdict="dismissed"),
            "dismissed by <@U0BEN>",
            ["Right draft-1:0:dismissed", "Take back draft-1:0:dismissed"],
        ),
        (judgement(pressed=False), "confirmed by <@U0BEN> (escalated)", ["Not needed draft-1:0:open"]),
    ],
)
def test_what_was_said_of_a_warning_stands_on_it_and_can_be_changed(
    said: Judgement, line: str, offered: list[str]
) -> None:
    card = disputed(judgements=(said,))
    assert f"{WARNING} · _{line}_" in shown(render(card).parts[0])
    assert list(presses(card)) == offered


def test_what_was_said_of_another_warning_or_of_a_missed_one_does_not_stand_on_it() -> None:
    others = judgement(category="legal_threat"), judgement(verdict="missed"), judgement(category=UNKNOWN_KIND)
    card = disputed(judgements=others)
    assert " by <@U0BEN>" not in shown(render(card).parts[0])
    assert len(presses(card)) == 2


def test_a_dismissed_warning_needs_its_confirmation_and_second_approver_all_the_same() -> None:
    asked = pressable(render(disputed(judgements=(judgement(verdict="dismissed"),))).parts[0])["approve"]["confirm"]
    assert asked == pressable(render(disputed()).parts[0])["approve"]["confirm"]
    assert "A senior must approve it as well." in asked["text"]["text"]


def test_the_warnings_of_an_approved_reply_can_still_be_judged() -> None:
    assert len(presses(disputed(status=DraftStatus.APPROVED))) == 2


def test_five_warnings_have_buttons_of_their_own_and_more_are_listed() -> None:
    card = disputed(*(f"kind_{n}" for n in range(7)))
    rights = [each for each in presses(card) if each.startswith("Right")]
    assert rights == [f"Right draft-1:{n}:open" for n in range(5)]
    words = shown(render(card).parts[0])
    assert all(f"⚠ *kind {n}*" in words for n in range(7))
    assert words.count("Somebody must look") == 1


def test_an_escalation_told_elsewhere_has_no_buttons() -> None:
    (blocks,) = announcement(Warned(title="Refund", person="U0BEN", draft=disputed().draft)).parts
    assert pressable(blocks) == {}
    assert WARNING in shown(blocks)


@settings(max_examples=60, deadline=None)
@given(
    warnings=st.integers(0, 12),
    length=st.integers(0, 600),
    words=st.integers(1, 1_500),
    status=st.sampled_from(list(DraftStatus)),
)
def test_however_many_warnings_there_are_the_card_is_within_slacks_limits_and_shows_them_all(
    warnings: int, length: int, words: int, status: DraftStatus
) -> None:
    found = tuple(
        DISPUTE.model_copy(update={"category": f"kind_{n}", "evidence": f"Because {n} {'x' * length}."})
        for n in range(warnings)
    )
    draft = a_draft(escalations=found, reply="Words. " * words, statements=())
    parts = render(a_card(draft=draft, status=status, judgements=(judgement(category="kind_0"),))).parts
    assert all(0 < len(blocks) <= 45 for blocks in parts)
    assert all(len(shown(blocks)) <= 13_000 for blocks in parts)
    everything = " ".join(shown(blocks) for blocks in parts)
    if "more; `proofdesk` shows all" not in everything and "too long to be shown whole" not in everything:
        assert all(f"⚠ *kind {n}*" in everything for n in range(warnings))
