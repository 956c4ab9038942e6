"""Cards: each value the desk shows, as finished blocks that passed the gate."""

from typing import assert_never

from bot.cards import announcements, documents, ledger, look_up, notices
from bot.cards.draft import draft_card
from bot.cards.gate import gate
from bot.cards.rendering import Rendering
from bot.cards.working import failed, withheld, working
from bot.content import (
    Announcement,
    Content,
    DocumentCard,
    DraftCard,
    ErrorCard,
    Failed,
    Found,
    Notice,
    Withheld,
    Working,
)


def render(content: Content) -> Rendering:
    """A card in a thread. Raises `CardWithheld` where it holds what may not be shown."""
    match content:
        case Working():
            return gate(working(content))
        case Failed():
            return gate(failed(content))
        case Withheld():
            return gate(withheld(content))
        case DraftCard():
            return gate(draft_card(content))
        case DocumentCard():
            return gate(documents.document_card(content))
        case ErrorCard():
            return gate(ledger.error_card(content))
        case _:
            assert_never(content)


def announcement(content: Announcement) -> Rendering:
    """A message of its own, to those who must look."""
    return gate(announcements.announcement(content))


def notice(content: Notice) -> Rendering:
    """A private word to one person."""
    return gate(notices.notice(content))


def found(content: Found) -> Rendering:
    """The answer to a look-up."""
    return gate(look_up.found(content))


def help_text(unknown: str = "") -> Rendering:
    """What people can do with the desk; `unknown` is what somebody said instead of one of its words."""
    return gate(notices.help_text(unknown))
