"""Sources: what proves a draft, and everything else an agent should know about how it was made."""

import re
from collections.abc import Sequence

from bot.cards.blocks import listed, quoted
from bot.cards.mrkdwn import Mrkdwn, clip, join, link, say
from bot.cards.rendering import Block
from bot.cards.wording import day, spaced
from knowledge.drafting.draft import Citation, Draft
from knowledge.drafting.wording import Wording

_NO_HASH = re.compile(r"[^\w.-]")
"""A version is a hash; whatever else one says does not meet our own comma."""
_SHORT = 120
_REASON = 500


def numbered(draft: Draft) -> dict[Citation, int]:
    """The citations of a draft and their numbers, counted from 1."""
    citations = dict.fromkeys(citation for statement in draft.statements for citation in statement.citations)
    return {citation: number for number, citation in enumerate(citations, 1)}


def sources(draft: Draft) -> list[Block]:
    """Where each mark points: the section, the exact words, the version, who approved it and until when."""
    entries = [
        quoted(
            say("`[{}]` {}", str(number), _section(citation)),
            Wording(citation.quote).text,
            say("  {}", _approval(citation)),
        )
        for citation, number in numbered(draft).items()
    ]
    return listed("Sources", entries, small=True)


def folded(draft: Draft) -> list[Block]:
    """The sources on a line each."""
    lines = [
        [say("`[{}]` {}, {}", str(number), _section(citation), _approval(citation))]
        for citation, number in numbered(draft).items()
    ]
    return listed("Sources", lines, small=True)


def nearest(draft: Draft) -> list[Block]:
    """The approved documents that come nearest to a question none answers."""
    return listed("Nearest approved documents", [quoted(Mrkdwn("•"), title) for title in draft.nearest], small=True)


def omissions(draft: Draft) -> list[Block]:
    """What was left out, asked, not answered and taken for granted."""
    removed = [quoted(Mrkdwn("•"), each.text, say(": {}", clip(each.reason, _REASON))) for each in draft.removed]
    asked = [
        quoted(say("• {} –", clip(spaced(each.fact), _SHORT)), each.question, Mrkdwn(" (needed; not in the ticket)"))
        for each in draft.missing_facts
    ]
    return [
        *listed("Left out", removed, small=True),
        *listed("Asked", asked, small=True),
        *_plainly("Unanswered", draft.unanswered),
        *_plainly("Assumptions", draft.assumptions),
        *_plainly("Notes", draft.notes),
    ]


def _plainly(heading: str, texts: Sequence[str]) -> list[Block]:
    return listed(heading, [quoted(Mrkdwn("•"), each) for each in texts], small=True)


def _section(citation: Citation) -> Mrkdwn:
    return link(citation.url, clip(citation.section or citation.title or citation.document, _SHORT))


def _approval(citation: Citation) -> Mrkdwn:
    until = f" until {day(citation.in_force_until)}" if citation.in_force_until else ""
    return join(
        (
            say("version {},", _NO_HASH.sub("", citation.version)[:8]),
            say("approved by {}", clip(citation.approved_by, _SHORT) + until),
        ),
        " ",
    )
