"""Reported: what the desk did in some days."""

from bot.cards.blocks import context, listed, section
from bot.cards.layout import Flow, lay_out
from bot.cards.mrkdwn import Mrkdwn, clip, say
from bot.cards.rendering import Block, Rendering
from bot.content import Picture, Reported, Section

_SHORT = 120


def reported(content: Reported) -> Rendering:
    """A report, section by section; the first lines of it are what a notification says."""
    heading = clip(content.heading, _SHORT)
    first = content.sections[0].lines[0] if content.sections else ""
    flow = Flow(
        head=[section(say("📊 *{}*", heading))],
        reply=[block for each in content.sections for block in shown(each)],
        details=[_picture(each) for each in content.pictures],
        foot=lambda **_: [context(Mrkdwn("Figures of the desk, not of people. “proofdesk report” has more."))],
    )
    return lay_out(" ".join((f"{heading}:", first)).strip(), content.heading, flow)


def _picture(picture: Picture) -> Block:
    if not picture.file:
        return context(say("{}", picture.alt))
    return Block({"type": "image", "slack_file": {"id": picture.file}, "alt_text": picture.alt})


def shown(content: Section) -> list[Block]:
    """One section of a report."""
    return listed(content.heading, [[say("• {}", line)] for line in content.lines])
