"""Home: what a person sees of the desk when they open the app."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.cards.blocks import DIVIDER, context, listed, section
from bot.cards.gate import gate_view
from bot.cards.mrkdwn import Mrkdwn, clip, date, link, mention, say
from bot.cards.notices import HELP
from bot.cards.reported import shown
from bot.cards.wording import LONGEST_TITLE, spaced
from bot.content import Section
from knowledge.drafting.draft import DraftStatus
from knowledge.drafting.frozen import Frozen

_MOST_LINES = 20


class HomeLine(Frozen):
    """A draft in a list."""

    title: str
    """What the ticket is about; a customer's words."""
    status: DraftStatus
    number: int
    requested_by: str = ""
    link: str = ""
    """The address of the card, made by the workspace."""
    created_at: datetime


def home(
    mine: Sequence[HomeLine],
    waiting: Sequence[HomeLine],
    week: Sequence[Section] = (),
    *,
    on: bool,
    documents: int | None = None,
) -> dict[str, Any]:
    """The page: whether the desk is on, what waits, what the person asked for, the team's week, how things work."""
    state = "🟢 *The desk is on.*" if on else "⏸ *The desk is off*: it drafts nothing until somebody says `/desk on`."
    searched = f" {documents} approved documents are in force." if on and documents is not None else ""
    blocks = [
        section(Mrkdwn(state + searched)),
        *_list("Waiting for a decision", waiting, "Nothing waits for a decision."),
        *_list("Asked for by you", mine, "You have no open draft."),
        *([DIVIDER, section(Mrkdwn("*The team's last 7 days*"))] if week else []),
        *(block for each in week for block in shown(each)),
        DIVIDER,
        *(section(Mrkdwn(line)) for line in HELP),
        context(Mrkdwn("Nothing is sent to a customer; a person decides.")),
    ]
    view = {"type": "home", "blocks": [block.data for block in blocks]}
    return gate_view(view, frozenset[str]().union(*(block.live for block in blocks)))


def _list(heading: str, lines: Sequence[HomeLine], none: str) -> list[Any]:
    if not lines:
        return [section(Mrkdwn(f"*{heading}*\n{none}"))]
    shown = [[_line(line)] for line in lines[:_MOST_LINES]]
    left = len(lines) - len(shown)
    return [*listed(heading, shown), *([context(say("…and {} more", str(left)))] if left else [])]


def _line(line: HomeLine) -> Mrkdwn:
    title = link(line.link, clip(line.title, LONGEST_TITLE))
    asked = say(", asked for by {}", mention(line.requested_by)) if line.requested_by else Mrkdwn("")
    return say(
        "• “{}” `v{}` {}, {}{}", title, str(line.number), spaced(line.status.value), date(line.created_at), asked
    )
