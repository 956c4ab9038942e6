import pytest

from bot.cards.card import render
from bot.content import Failed, Step, Withheld, Working
from tests.bot.cards.live import pressable, shown


@pytest.mark.parametrize(
    ("step", "documents", "shown_steps"),
    [
        (Step.READING, 0, "… reading the ticket   · searching the approved documents   · writing   · checking"),
        (Step.SEARCHING, 34, "✓ read the ticket   … searching 34 approved documents   · writing   · checking"),
        (Step.CHECKING, 1, "✓ read the ticket   ✓ searched 1 approved document   ✓ wrote   … checking"),
    ],
)
def test_how_far_a_draft_is_can_be_seen(step: Step, documents: int, shown_steps: str) -> None:
    rendering = render(Working(title="Refund", step=step, documents=documents))
    assert shown(rendering.parts[0]) == f"⏳  *Drafting a reply* · “Refund”\n{shown_steps}"
    assert rendering.text == 'Drafting a reply for "Refund"'


def test_a_failure_has_its_sentence_and_a_next_step() -> None:
    rendering = render(Failed(title="Refund", reason="Zendesk says no (404). Paste the message.", card="card-1"))
    (blocks,) = rendering.parts
    assert shown(blocks).startswith("✖ *No draft* · “Refund”\nZendesk says no (404). Paste the message.")
    assert pressable(blocks)["retry"]["value"] == "card-1"
    assert rendering.text == 'No draft for "Refund": Zendesk says no (404). Paste the message.'
    assert pressable(render(Failed(title="Refund", reason="No.")).parts[0]) == {}


def test_a_withheld_draft_shows_nothing_but_why() -> None:
    rendering = render(Withheld(reason="This channel is shared with another company."))
    assert shown(rendering.parts[0]) == "🔒 *Draft withheld*\nThis channel is shared with another company."
