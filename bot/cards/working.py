"""Working, Failed and Withheld: the cards that hold no draft."""

from bot.cards.actions import Action
from bot.cards.blocks import actions, button, context, prose, section
from bot.cards.layout import message
from bot.cards.mrkdwn import Mrkdwn, clip, join, say
from bot.cards.rendering import Rendering
from bot.cards.wording import LONGEST_TITLE, named
from bot.content import Failed, Step, Withheld, Working
from bot.numbers import counted

_STEPS = {
    Step.READING: ("reading the ticket", "read the ticket"),
    Step.SEARCHING: ("searching {}", "searched {}"),
    Step.WRITING: ("writing", "wrote"),
    Step.CHECKING: ("checking", "checked"),
}
"""Each step while it lasts, and once it is done."""


def working(content: Working) -> Rendering:
    """That a draft is being made, and how far it is."""
    title = clip(content.title, LONGEST_TITLE)
    steps = join((_step(step, content.step, content.documents) for step in Step), "   ")
    return message(
        f"Drafting a reply for {named(title)}", section(say("⏳  *Drafting a reply* · “{}”", title)), context(steps)
    )


def failed(content: Failed) -> Rendering:
    """Why there is no draft, and what to do next."""
    title = clip(content.title, LONGEST_TITLE)
    again = [button("Try again", Action.RETRY, content.card)] if content.card else []
    return message(
        f"No draft for {named(title)}: {content.reason}",
        section(say("✖ *No draft* · “{}”", title)),
        prose(content.reason),
        *actions("failed", again),
    )


def withheld(content: Withheld) -> Rendering:
    """Why a draft may not be seen here any more."""
    return message(
        f"Draft withheld: {content.reason}",
        section(Mrkdwn("🔒 *Draft withheld*")),
        prose(content.reason),
    )


def _step(step: Step, now: Step, documents: int) -> Mrkdwn:
    order = list(Step)
    during, after = _STEPS[step]
    searched = counted(documents, "approved document") if documents else "the approved documents"
    if order.index(step) < order.index(now):
        return say("✓ {}", after.format(searched))
    return say("… {}" if step is now else "· {}", during.format(searched))
