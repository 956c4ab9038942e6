"""The notification of a draft: useful by itself, because it is often all that people see."""

from bot.cards.decisions import standing
from bot.cards.sources import numbered
from bot.cards.wording import REASONS, named, spaced
from bot.content import DraftCard
from bot.numbers import counted
from knowledge.drafting.draft import DraftStatus, Outcome
from knowledge.drafting.review import Verdict


def notification(card: DraftCard) -> str:
    """What a phone shows of the card; not inert yet."""
    title = named(card.title)
    match card.status:
        case DraftStatus.AWAITING if card.draft.status is Outcome.UNVERIFIED:
            return f"Could not verify an answer for {title}{_warnings(card)}"
        case DraftStatus.AWAITING:
            return f"Draft for {title}: {counted(len(numbered(card.draft)), 'source')}{_asks(card)}{_warnings(card)}"
        case DraftStatus.AWAITING_SECOND:
            return f"One of two approvals for {title}: waiting for a senior{_warnings(card)}"
        case DraftStatus.APPROVED:
            return f"Approved reply for {title}, ready to copy"
        case DraftStatus.REJECTED:
            return f"Rejected draft for {title}{_reason(card)}"
        case DraftStatus.ESCALATED:
            return f"Escalated draft for {title}{_warnings(card)}"
        case DraftStatus.REPLACED:
            return f"Replaced draft for {title}: a newer version exists"
        case DraftStatus.STALE:
            return f"Draft for {title} is out of date: {card.stale_because or 'ask for a new one'}"


def _asks(card: DraftCard) -> str:
    facts = ", ".join(f"the {spaced(fact.fact)}" for fact in card.draft.missing_facts)
    return f", asks for {facts}" if facts else ""


def _warnings(card: DraftCard) -> str:
    categories = ", ".join(spaced(each.category) for each in card.draft.escalations)
    disagree = ", approved documents disagree" if card.draft.conflicts else ""
    return disagree + (f", escalation: {categories}" if categories else "")


def _reason(card: DraftCard) -> str:
    last = standing(card, Verdict.REJECT)[-1:]
    return "".join(f": {REASONS[each.reason].lower()}" for each in last if each.reason)
