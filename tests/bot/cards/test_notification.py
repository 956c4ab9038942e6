import pytest

from bot.cards.card import render
from bot.content import DraftCard
from knowledge.drafting.draft import DraftStatus, MissingFact
from knowledge.drafting.review import RejectReason, Verdict
from tests.bot.cards.examples import DISPUTE, a_card, a_draft, decided, unverified

_RISKY = a_draft(escalations=(DISPUTE,))
_REJECTED = (decided(Verdict.REJECT, reason=RejectReason.WRONG_POLICY),)


@pytest.mark.parametrize(
    ("card", "text"),
    [
        (
            a_card(draft=_RISKY),
            'Draft for "Refund for annual plan": 2 sources, asks for the invoice number, escalation: billing dispute',
        ),
        (
            a_card(draft=a_draft(statements=a_draft().statements[:1], missing_facts=())),
            'Draft for "Refund for annual plan": 1 source',
        ),
        (a_card(draft=unverified()), 'Could not verify an answer for "Refund for annual plan"'),
        (
            a_card(draft=_RISKY, status=DraftStatus.AWAITING_SECOND),
            'One of two approvals for "Refund for annual plan": waiting for a senior, escalation: billing dispute',
        ),
        (a_card(status=DraftStatus.APPROVED), 'Approved reply for "Refund for annual plan", ready to copy'),
        (
            a_card(status=DraftStatus.REJECTED, decisions=_REJECTED),
            'Rejected draft for "Refund for annual plan": wrong policy',
        ),
        (
            a_card(draft=_RISKY, status=DraftStatus.ESCALATED),
            'Escalated draft for "Refund for annual plan", escalation: billing dispute',
        ),
        (
            a_card(status=DraftStatus.REPLACED),
            'Replaced draft for "Refund for annual plan": a newer version exists',
        ),
        (
            a_card(status=DraftStatus.STALE, stale_because="The ticket changed."),
            'Draft for "Refund for annual plan" is out of date: The ticket changed.',
        ),
        (
            a_card(title='The "best" plan', status=DraftStatus.APPROVED),
            "Approved reply for \"The 'best' plan\", ready to copy",
        ),
    ],
)
def test_a_notification_is_useful_by_itself(card: DraftCard, text: str) -> None:
    assert render(card).text == text


def test_a_notification_stays_short_and_acts_on_nothing() -> None:
    facts = tuple(MissingFact(fact=f"fact_{number}", question="?") for number in range(80))
    text = render(a_card(title="<!channel> & " * 40, draft=a_draft(missing_facts=facts))).text
    assert len(text) <= 300
    assert text.startswith('Draft for "&lt;!channel&gt; &amp; ')
    assert text.endswith("…")
