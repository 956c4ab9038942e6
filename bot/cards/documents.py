"""Documents: what waits for their owners, what was decided, and lists of them."""

from typing import Any

from bot.cards.actions import Action
from bot.cards.blocks import (
    Option,
    actions,
    button,
    confirmation,
    context,
    copyable,
    listed,
    prose,
    quoted,
    section,
    select,
)
from bot.cards.layout import Flow, lay_out
from bot.cards.mrkdwn import Mrkdwn, clip, date, join, link, mention, people, say
from bot.cards.rendering import Block, Rendering
from bot.cards.warnings import disputed
from bot.cards.wording import LONGEST_TITLE, day, named
from bot.content import ConflictsListed, DocumentCard, DocumentLine, DocumentsListed, GapLine, GapsListed
from bot.numbers import counted
from knowledge.documents.document import IN_FORCE

_MOST_LINES = 60
_LONGEST_LINE = 300
_SHORT = 120
_MOST_QUOTES = 3
_MOST_OPTIONS = 100
"""Of a menu, as Slack limits it; likewise the next."""
_LONGEST_VALUE = 150


def document_card(card: DocumentCard) -> Rendering:
    """A document's text with what changed in it, to be decided on or decided."""
    title = clip(card.title, LONGEST_TITLE)
    what = "New document" if card.is_new else "Changed document"
    flow = Flow(
        head=[section(say("📄 *{}* · “{}” `{}`", what, link(card.url, title), clip(card.id, _SHORT))), *_state(card)],
        reply=[*_changes(card), *_touched(card)],
        details=(),
        foot=lambda **_: actions("document", _buttons(card)),
    )
    return lay_out(_notification(card), card.title, flow)


def documents_listed(content: DocumentsListed) -> Rendering:
    """A list of documents, and what to do about them."""
    whom = say(" {}", people(content.owners)) if content.owners else Mrkdwn("")
    whom = say(" by {}", mention(content.approved_by)) if content.approved_by else whom
    count = counted(len(content.lines) + content.more, "document")
    lines = [[_line(each)] for each in content.lines]
    more = [context(say("…and {} more", str(content.more)))] if content.more else []
    step = [prose(content.next_step)] if content.next_step else []
    flow = Flow(
        head=[section(say("📄 *{}*{}", clip(content.heading, _SHORT), whom))],
        reply=[*listed("Documents", lines), *more],
        details=step,
        foot=lambda **_: _approve_all(content, count),
    )
    return lay_out(f"{clip(content.heading, _SHORT)}: {count}", "Documents", flow)


def gaps_listed(content: GapsListed) -> Rendering:
    """What customers ask and no approved document answers."""
    whom = say(" {}", people(content.owners)) if content.owners else Mrkdwn("")
    heading = f"Asked in the last {content.days} days, and not in the approved documents"
    entries = [
        [*quoted(say("• {}:", counted(line.tickets, "ticket")), line.question), *_tickets(line)]
        for line in content.lines
    ]
    more = [context(say("…and {} more", str(content.more)))] if content.more else []
    nothing = (
        []
        if content.lines or content.withheld
        else [prose("Every ticket's questions found an answer. Look-ups are not counted.")]
    )
    if content.withheld:
        words = "{} from channels that not everybody reads; “proofdesk docs gaps” shows all."
        nothing = [context(say(words, counted(content.withheld, "more question")))]
    flow = Flow(
        head=[section(say("✍️ *{}*{}", heading, whom))],
        reply=[*listed("To write next", entries), *more, *nothing],
        details=(),
        foot=lambda **_: [],
    )
    return lay_out(f"{heading}: {counted(len(entries) + content.more, 'question')}", "Gaps", flow)


def conflicts_listed(content: ConflictsListed) -> Rendering:
    """Approved documents that contradict each other, side by side."""
    whom = say(" {}", people(content.owners)) if content.owners else Mrkdwn("")
    step = "Correct one of the two, or withdraw it; until then neither answers."
    more = [context(say("…and {} more; “proofdesk docs conflicts” shows them all", str(content.more)))]
    flow = Flow(
        head=[section(say("⚠ *Approved documents disagree*{}", whom))],
        reply=[*disputed(content.conflicts), *(more if content.more else [])],
        details=[prose(step)],
        foot=lambda **_: [],
    )
    count = counted(len(content.conflicts) + content.more, "contradiction")
    return lay_out(f"Approved documents disagree: {count}", "Contradictions", flow)


def _tickets(line: GapLine) -> list[Mrkdwn]:
    named_ = [link(url, clip(title, LONGEST_TITLE)) for title, url in line.links]
    return [say("   {}", join(named_, ", "))] if named_ else []


def _notification(card: DocumentCard) -> str:
    if card.decided:
        return f"{named(card.title)} is {card.decided}"
    return f"{named(card.title)} waits for a document owner's approval"


def _state(card: DocumentCard) -> list[Block]:
    if card.decided == "replaced":
        return [section(Mrkdwn("🔁 *Replaced.* Its text changed again; the newer card counts."))]
    if card.decided:
        sign = "✅" if card.decided == "approved" else "⛔"
        when = say(", {}", date(card.at)) if card.at else Mrkdwn("")
        then = say(" {}", card.meanwhile) if card.decided == "refused" else Mrkdwn("")
        return [section(say("{} *{}* by {}{}.{}", sign, card.decided.capitalize(), mention(card.person), when, then))]
    whom = say("Waits for {}", people(card.owners)) if card.owners else Mrkdwn("Waits for a document owner")
    own = say(" · owner: {}", clip(card.owner, _SHORT)) if card.owner else Mrkdwn("")
    return [context(say("{}{}. {}", whom, own, card.meanwhile))]


def _changes(card: DocumentCard) -> list[Block]:
    shown = [line[:_LONGEST_LINE] for line in card.changes[:_MOST_LINES]]
    left = len(card.changes) - len(shown)
    if left:
        shown.append(f"… {left} more lines; `proofdesk docs diff {card.id}` shows them all")
    return copyable("\n".join(shown)) if shown else []


def _touched(card: DocumentCard) -> list[Block]:
    """Which replies would be others, so that nobody approves a change without knowing."""
    if card.is_new or card.decided:
        return []
    if not card.replies_changed:
        of_late = f"quote it; none of them words that change ({counted(card.replies, 'reply', 'replies')})"
        return [context(say("Approved replies of the last 90 days {}.", of_late))] if card.replies else []
    heading = f"{_touching(card)} quote words that it does not say any more"
    entries = [
        quoted(Mrkdwn("•"), each.quote, say(" in {}", counted(each.replies, "reply", "replies")))
        for each in card.lost[:_MOST_QUOTES]
    ]
    left = len(card.lost) - len(entries)
    more = [context(say("…and {} more", counted(left, "sentence")))] if left else []
    return [*listed(heading, entries), *more]


def _touching(card: DocumentCard) -> str:
    return (
        f"{card.replies_changed} of {counted(card.replies, 'approved reply', 'approved replies')} of the last 90 days"
    )


def _buttons(card: DocumentCard) -> list[dict[str, Any]]:
    value = f"{card.id}@{card.text}"
    asked = confirmation(
        "Withdraw this document?",
        "Nothing of it is quoted from the next question on, nor any text of it that was approved before.",
        "Withdraw",
        "Back",
    )
    withdraw = button("⛔ Withdraw", Action.WITHDRAW_DOCUMENT, value, style="danger", confirm=asked)
    sure = None
    if card.replies_changed and not card.decided:
        words = (
            f"{_touching(card)} quote words that it does not say any more. “proofdesk replay” shows what they become."
        )
        sure = confirmation("Approve this change?", words, "Approve", "Back")
    approve = button("✅ Approve", Action.APPROVE_DOCUMENT, value, style="primary", confirm=sure)
    match card.decided:
        case "":
            refuse = button("✋ Refuse this change", Action.REFUSE_DOCUMENT, value)
            return [approve, withdraw] if card.is_new else [approve, refuse, withdraw]
        case "approved":
            return [withdraw]
        case "refused":
            return [approve, withdraw]
        case "withdrawn":
            return [approve]
        case _:
            return []


def _approve_all(content: DocumentsListed, count: str) -> list[Block]:
    if not content.to_approve:
        return []
    words = f"{count} may be quoted from the next question on, each in its present text, also those not shown here."
    asked = confirmation("Approve them all?", words, "Approve all", "Back")
    press = button("✅ Approve all", Action.APPROVE_WAITING, content.to_approve, style="primary", confirm=asked)
    fit = (each for each in content.to_show if 0 < len(each.id) <= _LONGEST_VALUE)
    options = [Option(f"{named(each.title)} {each.id}", each.id) for each in fit]
    look = [select("Look at one", Action.SHOW_DOCUMENT, options[:_MOST_OPTIONS])] if options else []
    return actions("documents", [press, *look])


def _line(line: DocumentLine) -> Mrkdwn:
    until = (
        say(" until {}" if line.state == IN_FORCE else ", last day {}", day(line.until)) if line.until else Mrkdwn("")
    )
    by = say(", approved by {}", clip(line.approved_by, _SHORT)) if line.state == IN_FORCE else Mrkdwn("")
    owner = say(", owner: {}", clip(line.owner, _SHORT)) if line.owner else Mrkdwn("")
    title = link(line.url, clip(line.title, LONGEST_TITLE))
    return say("• {} – {}{}{}{}", title, clip(line.state, _SHORT), until, by, owner)
