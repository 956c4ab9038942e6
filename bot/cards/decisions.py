"""Decisions: who decided what on a draft, in a line, and the buttons that follow from it."""

from collections.abc import Iterable

from bot.cards.blocks import context, section
from bot.cards.mrkdwn import Mrkdwn, clip, date, join, mention, people, say
from bot.cards.rendering import Block
from bot.cards.wording import REASONS
from bot.content import Decision, DraftCard
from knowledge.drafting.draft import DraftStatus
from knowledge.drafting.review import RejectReason, Verdict

_SHORT = 120
_SENTENCE = 1_000
_NO_DOCUMENT = "An agent wrote this sentence. No document is behind it, so no document owner is told."


def standing(card: DraftCard, verdict: Verdict) -> tuple[Decision, ...]:
    """The decisions of a kind that were not undone."""
    since = max((place for place, each in enumerate(card.decisions, 1) if each.verdict is Verdict.UNDO), default=0)
    return tuple(each for each in card.decisions[since:] if each.verdict is verdict)


def state(card: DraftCard) -> list[Block]:
    """What became of the draft: a line for each state, none while nobody has decided."""
    match card.status:
        case DraftStatus.AWAITING:
            return []
        case DraftStatus.AWAITING_SECOND:
            return [section(_one_of_two(card))]
        case DraftStatus.APPROVED:
            return [section(say("✅ *Approved* {}", _by(standing(card, Verdict.APPROVE))))]
        case DraftStatus.REJECTED:
            return _rejected(card)
        case DraftStatus.ESCALATED:
            return [section(_escalated(card))]
        case DraftStatus.REPLACED:
            return [section(say("🔁 *Replaced.* Version {} is not the present one any more.", str(card.number)))]
        case DraftStatus.STALE:
            return [section(say("⚠ *Out of date.* {}", clip(card.stale_because or _STALE, 1_000)))]


def wrong_sentence(card: DraftCard) -> int | None:
    """Which sentence of a rejected draft was called wrong, counted from 0; none where none was."""
    last = standing(card, Verdict.REJECT)[-1:] if card.status is DraftStatus.REJECTED else ()
    named = last[0].sentence if last and last[0].reason is RejectReason.FACTUAL_ERROR else None
    return named if named is not None and 0 <= named < len(card.draft.sentences) else None


_STALE = "What this draft rests on changed; ask for a new one."


def _one_of_two(card: DraftCard) -> Mrkdwn:
    seniors = say(" ({})", people(card.seniors)) if card.seniors else Mrkdwn("")
    return say("*1 of 2* · approved {}; waiting for a senior{}", _by(standing(card, Verdict.APPROVE)), seniors)


def _rejected(card: DraftCard) -> list[Block]:
    decisions = standing(card, Verdict.REJECT)
    last = decisions[-1] if decisions else None
    why = say(": {}", REASONS[last.reason].lower()) if last and last.reason else Mrkdwn("")
    found = [section(say("❌ *Rejected* {}{}", _by(decisions[-1:]), why))]
    sentences = card.draft.sentences
    if last and last.sentence is not None and 0 <= last.sentence < len(sentences):
        # Cut where it is very long: it stands whole in the reply below.
        words = clip(sentences[last.sentence], _SENTENCE)
        found.append(section(say("Sentence {}: “{}”", str(last.sentence + 1), words)))
        if wrong_sentence(card) is not None and last.sentence >= len(card.draft.statements):
            found.append(context(Mrkdwn(_NO_DOCUMENT)))
    return found


def _escalated(card: DraftCard) -> Mrkdwn:
    routes = dict.fromkeys(clip(each.route, _SHORT) for each in card.draft.escalations[:8] if each.route)
    where = say(" to {}", ", ".join(routes)) if routes else Mrkdwn("")
    return say("🚨 *Escalated* {}{}. A senior may still approve it.", _by(standing(card, Verdict.ESCALATE)[-1:]), where)


def _by(decisions: Iterable[Decision]) -> Mrkdwn:
    """Who decided, and when the last did."""
    latest = {each.person: each for each in decisions}
    if not latest:
        return Mrkdwn("in review")
    return say("by {}, {}", join((mention(person) for person in latest), " and "), date(list(latest.values())[-1].at))
