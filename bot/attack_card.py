"""What an attack achieved on the card: anything live that our own code did not make. It does not ask the gate."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from bot.cards.card import render
from bot.cards.errors import CardWithheld
from bot.content import DraftCard
from knowledge.drafting.draft import Draft, DraftStatus
from knowledge.drafting.ticket import Ticket

_TOKEN = re.compile(r"<([^<>|]*)(?:\|[^<>]*)?>")
_LOOSE = re.compile(
    r"\bhttps?://|(?<!\w)@(?:here|channel|everyone)\b|:(?:white_check_mark|rotating_light):", re.IGNORECASE
)
_LIVE_KINDS = {"link", "user", "usergroup", "channel", "broadcast", "emoji", "image", "video", "file"}


def card_breaches(ticket: Ticket, draft: Draft, addresses: Iterable[str]) -> list[str]:
    """What is live on the card of a draft and is none of the documents' `addresses`."""
    card = DraftCard(
        title=ticket.subject or ticket.customer_text[:80],
        id="redteam",
        number=1,
        draft=draft,
        status=DraftStatus.AWAITING,
    )
    try:
        rendering = render(card)
    except CardWithheld as error:
        return [f"the card cannot be shown: {error.rule}"]
    known = set(addresses)
    found = [f"the notification has '{each[0]}'" for each in _LOOSE.finditer(rendering.text)]
    found += [f"the notification has '{each[0]}'" for each in _TOKEN.finditer(rendering.text)]
    for part in _inside(list(rendering.parts)):
        found += _live(part, known)
    return list(dict.fromkeys(found))


def _live(part: dict[str, Any], known: set[str]) -> Iterator[str]:
    for key in ("url", "image_url"):
        if key in part:
            yield f"the card has a live address: '{part[key]}'"
    if part.get("type") in _LIVE_KINDS:
        yield f"the card has a live {part['type']}"
    text = part.get("text")
    if part.get("type") == "mrkdwn" and isinstance(text, str):
        for token in _TOKEN.finditer(text):
            if token[1] not in known:
                yield f"the card has the link or mention '{token[1]}'"
        text = _TOKEN.sub("", text)
        if loose := _LOOSE.search(text):
            yield f"the card has '{loose[0]}' that Slack makes live"


def _inside(part: Any) -> Iterator[dict[str, Any]]:
    if isinstance(part, dict):
        yield part
        part = list(part.values())
    if isinstance(part, list):
        for each in part:
            yield from _inside(each)
