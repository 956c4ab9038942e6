"""Notices: what one person is told in private, and the help."""

import re
from typing import Any

from bot.cards.actions import Action
from bot.cards.blocks import Option, actions, button, context, copyable, prose, section, select
from bot.cards.layout import Flow, lay_out, message
from bot.cards.mrkdwn import Mrkdwn, clip, link, mention, say
from bot.cards.rendering import Block, Rendering
from bot.content import Choice, Notice

HELP = (
    "*Draft a reply*: paste a customer's message into the intake channel, mention me, or use `/draft` or the shortcut.",
    "*Decide*: ✅ approve · ✏️ edit · ❌ reject · 🚨 escalate · 🔁 redraft · 👀 I am on it. The buttons do the same.",
    "*Refine*: answer in the thread: “shorter”, “friendlier”, “two options”, or what the customer left out.",
    "*Look something up*: `/kb how long is the refund window`.",
    "*Documents*: `/docs list`, `/docs stale`, `/docs refund`: which are approved, by whom and until when.",
    "*Document owners*: `/docs waiting`: what waits for approval; `/docs errors`: what is reported as wrong.",
    "*Switch*: `/desk off` and `/desk on`; `/desk status` says how it is.",
)

_SHORT = 60


def notice(content: Notice) -> Rendering:
    """Why something was refused, and what to do next."""
    kept: list[Block] = [context(Mrkdwn("*Your text, to keep*")), *copyable(content.quoted)] if content.quoted else []
    row = _menu(content) if content.menu else [_button(choice) for choice in content.choices]
    named = [mention(person) for person in content.people]
    open_it = [section(link(content.link, "Open the draft"))] if content.link else []
    flow = Flow(
        head=[prose(content.text, named), *open_it], reply=kept, details=(), foot=lambda **_: actions("notice", row)
    )
    return lay_out(re.sub(r"\{[0-9]\}", "a colleague", content.text), "Your text", flow)


def _button(choice: Choice) -> dict[str, Any]:
    return button(choice.label, Action(choice.action), choice.value)


def _menu(content: Notice) -> list[dict[str, Any]]:
    options = [Option(choice.label, choice.value) for choice in content.choices]
    return [select(content.menu, Action(content.choices[0].action), options)]


def help_text(unknown: str = "") -> Rendering:
    """What people can do with the desk."""
    lines = [section(Mrkdwn(line)) for line in HELP]
    if unknown:
        lines.insert(0, section(say("I do not know “{}”. This is what I know:", clip(unknown, _SHORT))))
    return message("How to use Proofdesk", *lines, context(Mrkdwn("Nothing is sent to a customer; a person decides.")))
