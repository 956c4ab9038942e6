"""DraftCard: a draft and everything that happened to it, as blocks."""

from bot.cards.blocks import DIVIDER, context, copyable, section
from bot.cards.buttons import buttons
from bot.cards.decisions import state
from bot.cards.layout import Flow, lay_out
from bot.cards.mrkdwn import Mrkdwn, clip, join, link, mention, say
from bot.cards.notification import notification
from bot.cards.rendering import Block, Rendering
from bot.cards.reply import marked, unmarked
from bot.cards.sources import folded, nearest, omissions, sources
from bot.cards.warnings import changed, disputed, judged, reported, unproven
from bot.cards.wording import LONGEST_TITLE, level, spaced
from bot.content import DraftCard
from bot.numbers import span
from knowledge.drafting.draft import UNVERIFIED, DraftStatus, Outcome

_NO_MODEL = "extractive"


def draft_card(card: DraftCard) -> Rendering:
    """A draft as it stands: to be decided on, or decided."""
    flow = _copy(card) if card.status is DraftStatus.APPROVED else _work(card)
    return lay_out(notification(card), card.title, flow)


def _work(card: DraftCard) -> Flow:
    """The card of a draft that is not approved."""
    draft = card.draft
    return Flow(
        head=[*_head(card), *state(card)],
        reply=[
            *changed(card),
            *reported(card),
            *judged(card),
            *disputed(draft.conflicts),
            *unproven(card),
            DIVIDER,
            *_reply(card),
            DIVIDER,
            *sources(draft),
        ],
        details=[*nearest(draft), *omissions(draft)],
        foot=lambda *, whole: [*buttons(card, whole=whole), _foot(card)],
    )


def _copy(card: DraftCard) -> Flow:
    """The card of an approved draft: the reply, ready to copy."""
    return Flow(
        head=[*_head(card), *state(card)],
        reply=[*changed(card), context(Mrkdwn("*Reply, ready to copy*")), *copyable(card.draft.reply)],
        details=[*unproven(card), *judged(card), *folded(card.draft)],
        foot=lambda *, whole: [*buttons(card, whole=whole), _foot(card)],
    )


def _head(card: DraftCard) -> list[Block]:
    title = link(card.ticket_url, clip(card.title, LONGEST_TITLE))
    lines = [section(say("*{}* · “{}” `v{}`", _kind(card), title, str(card.number))), context(_made(card))]
    if card.claimed_by and card.status in {DraftStatus.AWAITING, DraftStatus.AWAITING_SECOND, DraftStatus.ESCALATED}:
        lines.append(context(say("👀 {} is on it", mention(card.claimed_by))))
    return lines


def _kind(card: DraftCard) -> str:
    if card.status is DraftStatus.APPROVED:
        return "Approved reply"
    return "Could not verify" if card.draft.status is Outcome.UNVERIFIED else "Draft reply"


def _made(card: DraftCard) -> Mrkdwn:
    """How this version came to be, in small letters."""
    draft = card.draft
    model = "No AI: approved sentences word for word" if draft.model in {"", _NO_MODEL} else "AI draft"
    parts = [say("{} ({})", model, clip(draft.model, 60)) if model == "AI draft" else say("{}", model)]
    if card.edited_by:
        parts.append(say("edited by {}", mention(card.edited_by)))
    if card.style:
        parts.append(say("{}", clip(spaced(card.style), 60)))
    return join((*parts, say("{}, confidence {}", draft.status.value, level(draft.confidence))), " · ")


def _reply(card: DraftCard) -> list[Block]:
    if card.draft.status is Outcome.UNVERIFIED:
        rest = card.draft.reply.removeprefix(UNVERIFIED).strip()
        return [section(Mrkdwn(f"*{UNVERIFIED}*")), *unmarked(rest)]
    if not card.option:
        return marked(card.draft)
    return [
        section(Mrkdwn("*Option 1*")),
        *marked(card.draft),
        section(Mrkdwn("*Option 2*")),
        *unmarked(card.option),
    ]


def _foot(card: DraftCard) -> Block:
    parts = [Mrkdwn("nothing is sent to the customer")]
    if card.requested_by:
        parts.insert(0, say("asked for by {}", mention(card.requested_by)))
    if card.seconds is not None:
        waited = f", {span(card.after_opening)} after the customer wrote" if card.after_opening else ""
        drafted = "drafted within a second" if card.seconds < 1 else f"drafted in {card.seconds:.0f} s"
        parts.insert(0, say("{}{}", drafted, waited))
    return context(join(parts, " · "))
