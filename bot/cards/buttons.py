"""Buttons: what may be done with a draft in each of its states."""

from typing import Any

from bot.cards.actions import Action
from bot.cards.blocks import Option, actions, button, confirmation, select
from bot.cards.decisions import wrong_sentence
from bot.cards.rendering import Block
from bot.cards.warnings import why_confirm
from bot.content import DraftCard
from knowledge.drafting.draft import DraftStatus, Outcome

_WISHES = (("Again", "again"), ("Shorter", "shorter"), ("Friendlier", "friendlier"), ("Two options", "two_options"))
_OPEN = (DraftStatus.AWAITING, DraftStatus.AWAITING_SECOND, DraftStatus.ESCALATED)


def buttons(card: DraftCard, *, whole: bool) -> list[Block]:
    """The rows of buttons. What is not shown whole cannot be approved."""
    return [*actions("decide", _decide(card, whole=whole)), *actions("more", _more(card))]


def _decide(card: DraftCard, *, whole: bool) -> list[dict[str, Any]]:
    match card.status:
        case DraftStatus.APPROVED | DraftStatus.REPLACED:
            return []
        case DraftStatus.REJECTED | DraftStatus.STALE:
            return [_redraft(card)]
    escalate = [] if card.status is DraftStatus.ESCALATED else [_press("🚨 Escalate", Action.ESCALATE, card)]
    if card.draft.status is Outcome.UNVERIFIED:
        return [
            _press("Ask a document owner", Action.ASK_OWNER, card),
            _press("Answer it myself", Action.ANSWER_MYSELF, card),
            *escalate,
            _redraft(card),
        ]
    return [
        *([_approve(card)] if whole else []),
        _press("✏️ Edit", Action.EDIT, card),
        _press("❌ Reject", Action.REJECT, card),
        *escalate,
        _redraft(card),
    ]


def _more(card: DraftCard) -> list[dict[str, Any]]:
    shown = card.option and card.status in _OPEN and card.draft.status is not Outcome.UNVERIFIED
    option = [_press("Use option 2", Action.USE_OPTION, card)] if shown else []
    undo = [_press("Undo", Action.UNDO, card)] if card.may_undo else []
    label = "Show the draft" if card.status is DraftStatus.APPROVED else "Earlier versions"
    versions = (
        [_press(label, Action.SHOW_VERSIONS, card)] if card.versions or card.status is DraftStatus.APPROVED else []
    )
    own_words = card.status is DraftStatus.APPROVED and card.draft.unproven
    propose = [_press("Propose as a document", Action.PROPOSE, card)] if own_words else []
    wrong = wrong_sentence(card) is not None
    case = [_press("🧪 Make it a test case", Action.MAKE_CASE, card)] if wrong else []
    return [*option, *undo, *versions, *propose, *case]


def _approve(card: DraftCard) -> dict[str, Any]:
    second = card.status is DraftStatus.AWAITING_SECOND
    why = why_confirm(card.draft, wrong=bool(card.reported))
    asked = confirmation("Approve this reply?", why, "Approve", "Back") if why else None
    label = "✅ Approve (second)" if second else "✅ Approve option 1" if card.option else "✅ Approve"
    return button(label, Action.APPROVE, card.id, style="primary", confirm=asked)


def _redraft(card: DraftCard) -> dict[str, Any]:
    options = [Option(label, f"{wish}:{card.id}") for label, wish in _WISHES]
    return select("🔁 Redraft", Action.REDRAFT, options)


def _press(label: str, action: Action, card: DraftCard) -> dict[str, Any]:
    return button(label, action, card.id)
