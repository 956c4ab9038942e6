"""The ledger: a passage that is reported as wrong, for its document's owners, and lists of such passages."""

from typing import Any

from bot.cards.actions import Action
from bot.cards.blocks import actions, button, confirmation, context, listed, prose, quoted, section
from bot.cards.layout import Flow, lay_out
from bot.cards.mrkdwn import Mrkdwn, clip, date, join, link, mention, people, say
from bot.cards.rendering import Block, Rendering
from bot.cards.wording import LONGEST_TITLE, named
from bot.content import ErrorCard, ErrorLine, ErrorsListed
from bot.numbers import counted, span
from knowledge.drafting.factual_error import Resolution

_SHORT = 120
_BECAME = {
    Resolution.DOCUMENT_CHANGED: "the words do not stand in the document's approved text any more",
    Resolution.DOCUMENT_WITHDRAWN: "the document is withdrawn",
    Resolution.NOT_AN_ERROR: "the document is right",
    Resolution.TAKEN_BACK: "the rejection was taken back",
    Resolution.OTHER: "the document is not in its source any more",
}
_WAS_WRONG = {None, Resolution.DOCUMENT_CHANGED, Resolution.DOCUMENT_WITHDRAWN}
_MEND = "Correct the document and approve the new text: then this is resolved by itself."
_HELD = "Until then nothing of this passage is quoted."


def error_card(card: ErrorCard) -> Rendering:
    """What is said to be wrong, by whom, and what an owner can do about it."""
    error = card.error
    title = clip(error.title, LONGEST_TITLE)
    draft = section(link(card.link, "Open the draft")) if card.link else None
    flow = Flow(
        head=[
            section(say("🩹 *Reported as wrong* · “{}” `{}`", link(card.url, title), clip(error.document, _SHORT))),
            *_state(card),
        ],
        reply=[
            *listed("The document says", [quoted(say("{} –", clip(error.section or title, _SHORT)), error.quote)]),
            *listed("The draft said", [quoted(Mrkdwn(""), card.sentence)]),
            *([draft] if draft else []),
        ],
        details=(),
        foot=lambda **_: actions("ledger", _buttons(card)),
    )
    return lay_out(_notification(card), error.title, flow)


def errors_listed(content: ErrorsListed) -> Rendering:
    """What is reported as wrong and nobody has answered for, oldest first."""
    entries = [_entry(line) for line in content.lines]
    more = [context(say("…and {} more; “proofdesk errors” shows them all", str(content.more)))] if content.more else []
    nothing = [] if content.lines else [prose("Nothing is reported as wrong that waits for an answer.")]
    flow = Flow(
        head=[section(Mrkdwn("🩹 *Reported as wrong*"))],
        reply=[*listed("Waits for a document owner", entries), *more, *nothing],
        details=(),
        foot=lambda **_: [],
    )
    return lay_out(f"Reported as wrong: {counted(len(entries) + content.more, 'passage')}", "Errors", flow)


def _entry(line: ErrorLine) -> list[Mrkdwn]:
    error = line.error
    where = say("• {} –", clip(error.section or error.title, _SHORT))
    age = say(" open for {}, reported by {}", span(line.open_for), mention(error.reported_by))
    return [*quoted(where, error.quote, age), *quoted(Mrkdwn("   in a draft:"), line.sentence)]


def _notification(card: ErrorCard) -> str:
    title = named(card.error.title)
    resolution = card.error.resolution
    return f"{title}: {_BECAME[resolution]}" if resolution else f"A passage of {title} is reported as wrong"


def _state(card: ErrorCard) -> list[Block]:
    error = card.error
    whom = say("{}", people(card.owners)) if card.owners else Mrkdwn("a document owner")
    own = say(" · owner: {}", clip(card.owner, _SHORT)) if card.owner else Mrkdwn("")
    by = context(say("Reported by {}, {}. For {}{}", mention(error.reported_by), date(error.reported_at), whom, own))
    if error.resolution is None:
        return [by, context(Mrkdwn(f"{_MEND} {_HELD}" if card.quarantined else _MEND))]
    who = say(" by {}", mention(error.resolved_by)) if error.resolved_by else Mrkdwn("")
    when = say(", {}", date(error.resolved_at)) if error.resolved_at else Mrkdwn("")
    return [section(join((say("✅ *Resolved*{}{}:", who, when), Mrkdwn(f"{_BECAME[error.resolution]}.")), " ")), by]


def _buttons(card: ErrorCard) -> list[dict[str, Any]]:
    error = card.error
    withdraw = confirmation(
        "Withdraw this document?", "Nothing of it is quoted from the next question on.", "Withdraw", "Back"
    )
    right = confirmation(
        "Is the document right?", "The report is closed, and the passage is quoted as before.", "It is right", "Back"
    )
    answers = [
        button("⛔ Withdraw the document", Action.WITHDRAW_REPORTED, error.id, style="danger", confirm=withdraw),
        button("It was right", Action.NOT_AN_ERROR, error.id, confirm=right),
    ]
    case = [button("🧪 Make it a test case", Action.MAKE_CASE, error.draft)]
    return [*(answers if error.resolution is None else []), *(case if error.resolution in _WAS_WRONG else [])]
