"""Warnings: why a person must look, and what nobody has proven."""

from collections.abc import Sequence
from typing import Any

from bot.cards.actions import Action
from bot.cards.blocks import actions, button, listed, quoted
from bot.cards.mrkdwn import Mrkdwn, clip, link, mention, say
from bot.cards.rendering import Block
from bot.cards.wording import day, spaced
from bot.content import DraftCard
from knowledge.drafting.conflict import Conflict, Side
from knowledge.drafting.draft import Draft, Escalation, Risk
from knowledge.drafting.scorecard import Judgement, WarningVerdict

_SHORT = 120
_REASON = 500
_MOST_CONFLICTS = 5
_CHECK = "check before you approve"
_MOST_JUDGED = 5
"""Warnings with buttons of their own; more are listed below them."""
_HEADING = "Somebody must look"
_PRESSES = {
    WarningVerdict.CONFIRMED: ("Right", Action.WARNING_RIGHT),
    WarningVerdict.DISMISSED: ("Not needed", Action.WARNING_NOT_NEEDED),
    WarningVerdict.OPEN: ("Take back", Action.WARNING_TAKE_BACK),
}


def warnings(draft: Draft) -> list[Block]:
    """Each warning with the customer's words that caused it and who must look."""
    return listed(_HEADING, [_escalation(each) for each in draft.escalations])


def judged(card: DraftCard) -> list[Block]:
    """Each warning with what people say of it, and buttons to say whether it is right."""
    blocks: list[Block] = []
    said = {each.category: each for each in card.judgements if each.verdict is not WarningVerdict.MISSED}
    warned = [(each, said.get(each.category)) for each in card.draft.escalations]
    for place, (warning, judgement) in enumerate(warned[:_MOST_JUDGED]):
        blocks += listed("" if place else _HEADING, [_escalation(warning, judgement)])
        row = [_press(card, place, judgement, verdict) for verdict in _may_be_said(judgement)]
        # Where not everything has room, warnings are counted and their buttons are not.
        blocks += [each._replace(entries=0) for each in actions(f"warning:{place}", row)]
    return blocks + listed("", [_escalation(*each) for each in warned[_MOST_JUDGED:]])


def _may_be_said(judgement: Judgement | None) -> list[WarningVerdict]:
    """What can be pressed now. What an escalation says is taken back with that."""
    both = (WarningVerdict.CONFIRMED, WarningVerdict.DISMISSED)
    if judgement is None:
        return [*both]
    return [*(each for each in both if each is not judgement.verdict), *([WarningVerdict.OPEN] * judgement.pressed)]


def _press(card: DraftCard, place: int, judgement: Judgement | None, verdict: WarningVerdict) -> dict[str, Any]:
    words, action = _PRESSES[verdict]
    seen = judgement.verdict if judgement and judgement.pressed else WarningVerdict.OPEN
    return button(words, action, f"{card.id}:{place}:{seen}")


def unproven(card: DraftCard) -> list[Block]:
    """The sentences that an agent wrote and no approved document proves."""
    author = mention(card.edited_by) if card.edited_by else Mrkdwn("an agent")
    entries = [
        quoted(say("⚠ written by {}, not proven:", author), each.text, say(" ({})", clip(each.reason, _REASON)))
        for each in card.draft.unproven
    ]
    return listed("Not proven", entries)


def disputed(conflicts: Sequence[Conflict]) -> list[Block]:
    """The approved sentences that contradict each other, side by side; neither of them is quoted in a reply."""
    entries = [
        [line for side in conflict.sides for line in quoted(_side(side), side.quote, say("  {}", _approval(side)))]
        for conflict in conflicts[:_MOST_CONFLICTS]
    ]
    return listed("⚠ Approved documents disagree; neither is quoted", entries)


def _side(side: Side) -> Mrkdwn:
    return say("• {} –", link(side.url, clip(side.section or side.title, _SHORT)))


def _approval(side: Side) -> Mrkdwn:
    since = f" from {day(side.effective_from)}" if side.effective_from else ""
    until = f" until {day(side.in_force_until)}" if side.in_force_until else ""
    owner = say(", owner: {}", clip(side.owner, _SHORT)) if side.owner else Mrkdwn("")
    return say("approved by {}{}{}", clip(side.approved_by, _SHORT), Mrkdwn(since + until), owner)


def changed(card: DraftCard) -> list[Block]:
    """The cited documents that changed since."""
    return listed("⚠ Changed since this draft", [quoted(Mrkdwn("•"), title) for title in card.sources_changed])


def reported(card: DraftCard) -> list[Block]:
    """The quoted words that a colleague reported as wrong."""
    then = "it cannot be approved until a document owner has answered" if card.quarantined else _CHECK
    entries = [
        quoted(
            say(
                "• A colleague reported this passage of “{}” as wrong on {}; {}:",
                clip(each.title, _SHORT),
                day(each.reported_at),
                then,
            ),
            each.quote,
        )
        for each in card.reported[:_MOST_CONFLICTS]
    ]
    return listed("⚠ Reported as wrong", entries)


def why_confirm(draft: Draft, *, wrong: bool = False) -> str:
    """Why an approval is asked for twice; empty where a reaction is enough. `wrong`: it quotes what is reported so."""
    if draft.risk is Risk.ROUTINE and not wrong:
        return ""
    found = [clip(spaced(each.category), 60) for each in draft.escalations]
    if draft.unproven:
        found.append(f"{len(draft.unproven)} sentence{'' if len(draft.unproven) == 1 else 's'} without a proof")
    if wrong:
        found.insert(0, "a colleague reported a passage it quotes as wrong")
    second = " A senior must approve it as well." if draft.risk is Risk.SECOND else ""
    return f"This draft carries a risk: {', '.join(found)[:180]}. Nothing is sent to the customer.{second}"


def _escalation(escalation: Escalation, judgement: Judgement | None = None) -> list[Mrkdwn]:
    category = say("⚠ *{}*:", clip(spaced(escalation.category), _SHORT))
    route = say(" → {}", clip(escalation.route, _SHORT)) if escalation.route else Mrkdwn("")
    second = Mrkdwn(", second approver") if escalation.second_approver else Mrkdwn("")
    after = say("{}{}{}", route, second, _said(judgement))
    if not escalation.evidence:
        return [say("{} seen by the model{}", category, after)]
    return quoted(category, escalation.evidence, after)


def _said(judgement: Judgement | None) -> Mrkdwn:
    if judgement is None:
        return Mrkdwn("")
    how = Mrkdwn("" if judgement.pressed else " (escalated)")
    return say(" · _{} by {}{}_", judgement.verdict, mention(judgement.person), how)
