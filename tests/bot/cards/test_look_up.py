from bot.cards.card import found
from bot.content import Found
from tests.bot.cards.examples import BACK, WINDOW, a_draft, unverified
from tests.bot.cards.live import pressable, quoted_text, shown


def test_a_look_up_answers_with_proven_sentences_and_can_be_shared() -> None:
    rendering = found(Found(question="How long is the refund window?", draft=a_draft()))
    (blocks,) = rendering.parts
    assert quoted_text(blocks, "quote") == f"{WINDOW} [1]\n{BACK} [2]"
    assert "🔎 “How long is the refund window?”" in shown(blocks)
    assert "Refund policy › Getting the money" in shown(blocks)
    assert pressable(blocks)["share"]["value"] == "How long is the refund window?"
    assert rendering.text == '"How long is the refund window?": answer with 2 sources'


def test_a_shared_answer_names_who_shares_it_and_is_not_shared_again() -> None:
    (blocks,) = found(Found(question="How long?", draft=a_draft(), shared_by="U0ANA")).parts
    assert "Shared by <@U0ANA>" in shown(blocks)
    assert pressable(blocks) == {}


def test_what_is_not_proven_is_not_answered() -> None:
    rendering = found(Found(question="A discount?", draft=unverified()))
    words = shown(rendering.parts[0])
    assert "*I could not verify this from the approved support materials.*" in words
    assert "*Nearest approved documents*\n• “Plans and pricing”" in words
    assert rendering.text == '"A discount?": I could not verify this from the approved support materials.'


def test_a_question_that_no_button_can_carry_cannot_be_shared() -> None:
    assert "share" in pressable(found(Found(question="q" * 1_900, draft=a_draft())).parts[0])
    assert pressable(found(Found(question="q" * 1_901, draft=a_draft())).parts[0]) == {}
