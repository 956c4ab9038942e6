import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cards.card import render
from bot.cards.mrkdwn import visible
from bot.cards.rendering import Rendering
from knowledge.drafting.draft import DraftStatus, MissingFact, Removed, Statement
from tests.bot.cards.examples import a_card, a_citation, a_draft
from tests.bot.cards.live import pressable, quoted_text, shown


def within_limits(rendering: Rendering) -> bool:
    """Counted anew, by what Slack counts."""
    return all(0 < len(blocks) <= 45 and len(shown(blocks).replace("\n", "")) <= 10_000 for blocks in rendering.parts)


def all_words(rendering: Rendering) -> str:
    return " ".join(" ".join(shown(blocks).split()) for blocks in rendering.parts)


@settings(max_examples=60, deadline=None)
@given(
    sources=st.integers(0, 30),
    others=st.integers(0, 30),
    length=st.integers(1, 60),
    status=st.sampled_from([each for each in DraftStatus if each is not DraftStatus.APPROVED]),
)
def test_a_long_card_is_within_the_limits_and_loses_nothing_without_a_word(
    sources: int, others: int, length: int, status: DraftStatus
) -> None:
    statements = tuple(
        Statement(
            text=f"Proven {n} {'word ' * length}end.", citations=(a_citation(f"Quoted {n} {'word ' * length}end."),)
        )
        for n in range(sources)
    )
    texts = [f"Other {n} {'word ' * length}end." for n in range(others)]
    draft = a_draft(
        reply="\n\n".join(statement.text for statement in statements) or "Nothing.",
        statements=statements,
        removed=tuple(Removed(text=f"L {text}", reason="no proof") for text in texts),
        missing_facts=tuple(MissingFact(fact="plan", question=f"Q {text}") for text in texts),
        unanswered=tuple(f"U {text}" for text in texts),
    )
    rendering = render(a_card(draft=draft, status=status))
    assert within_limits(rendering)
    words = all_words(rendering)
    for number, statement in enumerate(statements, 1):
        assert f"{statement.text} [{number}]" in words.replace(" [", " [")
        assert statement.citations[0].quote in words
    if "more; `proofdesk` shows all" not in words:
        assert all(f"{kind} {text}" in words for text in texts for kind in "LQU")


def test_what_has_no_room_in_five_messages_is_counted() -> None:
    removed = tuple(Removed(text=f"Sentence {n}: {'word ' * 200}", reason="no proof") for n in range(60))
    rendering = render(a_card(draft=a_draft(removed=removed)))
    assert len(rendering.parts) == 5
    words = all_words(rendering)
    shown_ones = sum(f"Sentence {n}: " in words for n in range(60))
    assert f"…and {61 - shown_ones} more; `proofdesk` shows all." in words


def test_a_reply_of_40_000_characters_can_be_read_whole_and_approved() -> None:
    reply = "\n\n".join(f"Paragraph {n}. {'Words and words. ' * 50}".strip() for n in range(47))
    rendering = render(a_card(draft=a_draft(reply=reply, statements=())))
    assert len(reply) > 40_000
    assert len(rendering.parts) <= 8
    assert within_limits(rendering)
    assert "".join(quoted_text(blocks, "quote") for blocks in rendering.parts) == reply
    assert "Continues below: part 1 of " in shown(rendering.parts[0])
    assert "approve" in pressable(rendering.parts[0])
    assert all("Continued · “Refund for annual plan”" in shown(blocks) for blocks in rendering.parts[1:])
    assert all(not pressable(blocks) for blocks in rendering.parts[1:])


def test_a_reply_that_cannot_be_shown_whole_cannot_be_approved() -> None:
    rendering = render(a_card(draft=a_draft(reply="Words and words. " * 6_000, statements=())))
    assert len(rendering.parts) == 8
    assert "too long to be shown whole" in shown(rendering.parts[-1])
    assert list(pressable(rendering.parts[0])) == ["edit", "reject", "escalate", "redraft"]


@settings(max_examples=80, deadline=None)
@given(st.lists(st.text(max_size=200), min_size=1, max_size=6), st.integers(1, 40))
def test_the_text_to_copy_is_the_reply_to_the_letter(paragraphs: list[str], times: int) -> None:
    reply = "\n\n".join(paragraphs * times)
    rendering = render(a_card(draft=a_draft(reply=reply), status=DraftStatus.APPROVED))
    assert within_limits(rendering)
    assert "".join(quoted_text(blocks, "preformatted") for blocks in rendering.parts) == visible(reply)


@pytest.mark.parametrize("status", list(DraftStatus))
def test_the_buttons_are_in_the_first_message(status: DraftStatus) -> None:
    rendering = render(a_card(draft=a_draft(reply="Words. " * 4_000), status=status, may_undo=True))
    assert len(rendering.parts) > 1
    assert [bool(pressable(blocks)) for blocks in rendering.parts] == [True] + [False] * (len(rendering.parts) - 1)
