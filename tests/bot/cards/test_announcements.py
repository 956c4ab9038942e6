from bot.cards.card import announcement
from bot.content import AskedOwners, Found, Warned
from tests.bot.cards.examples import DISPUTE, WINDOW, a_draft
from tests.bot.cards.live import live_in, shown

_LINK = "https://harborlight.slack.com/archives/C0INTAKE/p1700"


def test_an_escalation_says_who_why_and_where() -> None:
    draft = a_draft(escalations=(DISPUTE,))
    rendering = announcement(Warned(title="Refund", person="U0ANA", draft=draft, link=_LINK))
    words = shown(rendering.parts[0])
    assert f"🚨 *Escalation* by <@U0ANA> · “<{_LINK}|Refund>”" in words
    assert "⚠ *billing dispute*: “I will dispute this with my bank” → billing lead, second approver" in words
    assert f"<{_LINK}|Open the draft>" in words
    assert rendering.text == 'Escalation of "Refund": billing dispute'


def test_an_escalation_without_a_link_and_a_warning_is_still_told() -> None:
    rendering = announcement(Warned(title="Refund", person="", draft=a_draft()))
    assert shown(rendering.parts[0]) == "🚨 *Escalation* by the desk · “Refund”"
    assert rendering.text == 'Escalation of "Refund"'


def test_document_owners_are_asked_in_the_customers_words() -> None:
    asked = AskedOwners(person="U0ANA", owners=("S0OWNERS", "U0MARA"), questions=("A discount for charities?", "How?"))
    rendering = announcement(asked)
    words = shown(rendering.parts[0])
    assert words.startswith("<!subteam^S0OWNERS>, <@U0MARA>: <@U0ANA> found no approved document")
    assert "• “A discount for charities?”\n• “How?”" in words
    assert set(live_in(rendering.parts[0])) == {"special subteam^S0OWNERS", "user U0MARA", "user U0ANA"}
    assert rendering.text == "2 questions for the document owners: no approved document answers"


def test_a_shared_answer_is_announced_as_it_was_found() -> None:
    assert WINDOW in shown(announcement(Found(question="How long?", draft=a_draft(), shared_by="U0ANA")).parts[0])
