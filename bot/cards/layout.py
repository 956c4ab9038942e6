"""Layout: blocks dealt out to as few messages as Slack's limits need. Nothing is cut without a word."""

from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

from bot.cards.blocks import context
from bot.cards.mrkdwn import Mrkdwn, clip, inert, say
from bot.cards.rendering import Block, Rendering
from bot.cards.wording import LONGEST_TITLE

MOST_CHARACTERS = 10_000
"""Of one message. Slack refuses somewhere above 13,000."""
MOST_BLOCKS = 45
"""Of one message. Slack refuses more than 50."""
_LONGEST_NOTICE = 300
_RESERVE = 300
"""For the lines that say that a card goes on, or ends."""
_TOO_LONG = "⚠ This is too long to be shown whole, so it cannot be approved here. Edit it, or ask for a shorter one."
_PARTS = 5
_REPLY_PARTS = 8
"""A reply is shown whole before details are."""


class Foot(Protocol):
    """What ends the first message."""

    def __call__(self, *, whole: bool) -> Sequence[Block]:
        """Its blocks, given whether the reply is shown whole."""
        ...


class Flow(NamedTuple):
    """What stands on a card, in its order."""

    head: Sequence[Block]
    reply: Sequence[Block]
    """What must be shown whole."""
    details: Sequence[Block]
    """What may be shown in part, if the card says so."""
    foot: Foot


class _Part:
    def __init__(self, head: Sequence[Block], foot: Sequence[Block] = ()) -> None:
        self.blocks = list(head)
        self._room = MOST_CHARACTERS - _RESERVE - sum(characters(block.data) for block in (*head, *foot))
        self._slots = MOST_BLOCKS - 2 - len(head) - len(foot)

    def takes(self, block: Block) -> bool:
        """Whether there was room."""
        size = characters(block.data)
        if size > self._room or not self._slots:
            return False
        self._room -= size
        self._slots -= 1
        self.blocks.append(block)
        return True


def lay_out(notification: str, title: str, flow: Flow) -> Rendering:
    """A card as messages: the buttons in the first, what has no room there in others."""
    parts = [_Part(flow.head, flow.foot(whole=True))]
    going_on = context(say("Continued · “{}”", clip(title, LONGEST_TITLE)))

    def deal(blocks: Sequence[Block], most: int) -> Sequence[Block]:
        """What had no room in so many parts."""
        for place, block in enumerate(blocks):
            if parts[-1].takes(block):
                continue
            if len(parts) >= most:
                return blocks[place:]
            parts.append(_Part([going_on]))
            parts[-1].takes(block)
        return ()

    unshown = deal(flow.reply, _REPLY_PARTS)
    left = deal(flow.details, _PARTS) if not unshown else flow.details
    if unshown:
        parts[-1].blocks.append(context(Mrkdwn(_TOO_LONG)))
    if left:
        count = sum(block.entries for block in left)
        parts[-1].blocks.append(context(say("…and {} more; `proofdesk` shows all.", str(count))))
    if len(parts) > 1:
        parts[0].blocks.append(context(say("Continues below: part 1 of {}.", str(len(parts)))))
    parts[0].blocks += flow.foot(whole=not unshown)
    return Rendering(
        text=notice_text(notification),
        parts=tuple([block.data for block in part.blocks] for part in parts),
        live=frozenset().union(*(block.live for part in parts for block in part.blocks)),
    )


def message(notification: str, *blocks: Block) -> Rendering:
    """A card that is one message."""
    live = frozenset[str]().union(*(block.live for block in blocks))
    return Rendering(notice_text(notification), ([block.data for block in blocks],), live)


def notice_text(words: str) -> str:
    """What a notification says: one line, nothing that acts."""
    return inert(clip(words, _LONGEST_NOTICE))


def characters(part: Any) -> int:
    """How many characters of text are in blocks."""
    match part:
        case dict():
            own = len(part["text"]) if isinstance(part.get("text"), str) else 0
            return own + sum(characters(value) for value in part.values() if not isinstance(value, str))
        case list():
            return sum(characters(each) for each in part)
        case _:
            return 0
