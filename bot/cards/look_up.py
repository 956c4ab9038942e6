"""A look-up: a colleague's question answered with proven sentences, or not at all."""

from bot.cards.actions import Action
from bot.cards.blocks import actions, button, listed, quoted, section
from bot.cards.layout import Flow, lay_out
from bot.cards.mrkdwn import Mrkdwn, clip, mention, say
from bot.cards.rendering import Block, Rendering
from bot.cards.reply import proven
from bot.cards.sources import nearest, numbered, sources
from bot.cards.wording import named
from bot.content import Found
from bot.numbers import counted
from knowledge.drafting.draft import UNVERIFIED
from knowledge.left_out import reported

_LONGEST_SHOWN = 1_000
_LONGEST_SHARED = 1_900
"""Characters of a question that a button can carry."""


def found(content: Found) -> Rendering:
    """The answer to a look-up, in private or shared with the channel."""
    draft = content.draft
    if draft.statements:
        answer, text = proven(draft), f"answer with {counted(len(numbered(draft)), 'source')}"
    else:
        answer, text = [section(Mrkdwn(f"*{UNVERIFIED}*"))], UNVERIFIED
    flow = Flow(
        head=_head(content),
        reply=[*answer, *sources(draft), *_left_out(content)],
        details=() if draft.statements else nearest(draft),
        foot=lambda **_: _share(content),
    )
    return lay_out(f"{named(content.question)}: {text}", content.question, flow)


def _left_out(content: Found) -> list[Block]:
    """What would have answered, and is reported as wrong."""
    entries = [quoted(Mrkdwn("•"), each.text, say(": {}", clip(each.reason, 500))) for each in reported(content.draft)]
    return listed("Left out", entries, small=True)


def _head(content: Found) -> list[Block]:
    asked = section(say("🔎 “{}”", clip(content.question, _LONGEST_SHOWN)))
    return [asked, section(say("Shared by {}", mention(content.shared_by)))] if content.shared_by else [asked]


def _share(content: Found) -> list[Block]:
    if content.shared_by or not content.question.strip() or len(content.question) > _LONGEST_SHARED:
        return []
    return actions("look_up", [button("Share in channel", Action.SHARE, content.question)])
