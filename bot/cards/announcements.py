"""Announcements: what is told to those who must look, outside the card."""

from typing import assert_never

from bot.cards.blocks import listed, quoted, section
from bot.cards.documents import conflicts_listed, documents_listed, gaps_listed
from bot.cards.layout import Flow, lay_out
from bot.cards.ledger import errors_listed
from bot.cards.look_up import found
from bot.cards.mrkdwn import Mrkdwn, clip, link, mention, people, say
from bot.cards.rendering import Rendering
from bot.cards.reported import reported
from bot.cards.warnings import warnings
from bot.cards.wording import LONGEST_TITLE, named, spaced
from bot.content import (
    Announcement,
    AskedOwners,
    ConflictsListed,
    DocumentsListed,
    ErrorsListed,
    Found,
    GapsListed,
    Reported,
    Warned,
)
from bot.numbers import counted


def announcement(content: Announcement) -> Rendering:
    """A message of its own."""
    match content:
        case Found():
            return found(content)
        case Warned():
            return _warned(content)
        case AskedOwners():
            return _asked(content)
        case DocumentsListed():
            return documents_listed(content)
        case GapsListed():
            return gaps_listed(content)
        case ConflictsListed():
            return conflicts_listed(content)
        case ErrorsListed():
            return errors_listed(content)
        case Reported():
            return reported(content)
        case _:
            assert_never(content)


def _warned(content: Warned) -> Rendering:
    title = clip(content.title, LONGEST_TITLE)
    by = mention(content.person) if content.person else Mrkdwn("the desk")
    categories = ", ".join(spaced(each.category) for each in content.draft.escalations)
    about = f": {categories}" if categories else ""
    flow = Flow(
        head=[section(say("🚨 *Escalation* by {} · “{}”", by, link(content.link, title)))],
        reply=warnings(content.draft),
        details=(),
        foot=lambda **_: [section(link(content.link, "Open the draft"))] if content.link else [],
    )
    return lay_out(f"Escalation of {named(title)}{about}", content.title, flow)


def _asked(content: AskedOwners) -> Rendering:
    owners = people(content.owners) if content.owners else Mrkdwn("The document owners")
    asked = say(
        "{}: {} found no approved document that answers this. Can you add one?", owners, mention(content.person)
    )
    flow = Flow(
        head=[section(asked)],
        reply=listed("The customer asks", [quoted(Mrkdwn("•"), each) for each in content.questions]),
        details=(),
        foot=lambda **_: [],
    )
    count = counted(len(content.questions), "question")
    return lay_out(f"{count} for the document owners: no approved document answers", "Questions", flow)
