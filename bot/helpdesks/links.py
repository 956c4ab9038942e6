"""Links: references to tickets in what people post. Pure; a link is never followed, it only names a ticket."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

from knowledge.drafting.ticket import TicketRef
from knowledge.helpdesks import HELPDESKS, Helpdesk, link_patterns

_SLACK_LINK = re.compile(r"<(https?://[^|>\s]+)(?:\|[^>]*)?>", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s<>|\"'`“”‘’«»\\^{}]+", re.IGNORECASE)
# What a sentence, a quote or formatting puts behind an address and is not part of it.
_BEHIND = ".,;:!?)]*_~…"
_LONGEST = 2_000
_MOST = 200
"""Addresses of one text that are looked at."""
_PATH = re.compile(r"[\w./~-]*", re.ASCII)


class Links(NamedTuple):
    """What a text links to."""

    tickets: tuple[TicketRef, ...] = ()
    """Tickets of the desk's own helpdesks, each once, in order."""
    strangers: tuple[str, ...] = ()
    """Names of products to whose tickets it links at addresses that the desk does not name."""
    rest: str = ""
    """The words of the text without its addresses."""


def find_links(text: str, helpdesks: Mapping[str, Helpdesk]) -> Links:
    """The tickets a text links to; of Slack's `<address|label>` only the address counts."""
    shown = _SLACK_LINK.sub(r" \1 ", text)
    tickets: dict[tuple[str, str], TicketRef] = {}
    strangers: dict[str, None] = {}
    for address in _addresses(shown):
        ref = next((found for name, each in helpdesks.items() if (found := _ticket(address, name, each))), None)
        if ref:
            tickets.setdefault((ref.helpdesk, ref.id), ref)
        elif product := _stranger(address):
            strangers.setdefault(product)
    rest = (word for word in _ADDRESS.sub(" ", shown).split() if any(map(str.isalnum, word)))
    return Links(tuple(tickets.values()), tuple(strangers), " ".join(rest))


def _addresses(text: str) -> Iterator[SplitResult]:
    for match in list(_ADDRESS.finditer(text))[:_MOST]:
        address = match[0].rstrip(_BEHIND)
        if len(address) <= _LONGEST and (parts := _parts(address)):
            yield parts


def _parts(address: str) -> SplitResult | None:
    """An address without tricks in it: no user, no escapes or dots in its path, a plain host."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return None
    plain = "@" not in parts.netloc and port != 0 and (parts.hostname or "").isascii()
    path = _PATH.fullmatch(parts.path) and "//" not in parts.path and ".." not in parts.path.split("/")
    return parts if plain and path else None


def _ticket(parts: SplitResult, name: str, helpdesk: Helpdesk) -> TicketRef | None:
    ours = urlsplit(helpdesk.address)
    if _origin(parts) != _origin(ours) or not parts.path.startswith(ours.path):
        return None
    behind = _behind(parts).removeprefix(ours.path)
    for pattern in link_patterns(helpdesk.product, helpdesk.account):
        if match := pattern.fullmatch(behind):
            # Made anew from what was understood: nothing else of the link is ever shown or opened.
            address = f"{ours.scheme}://{ours.netloc}{ours.path}{behind[: match.end('id')]}"
            return TicketRef(helpdesk=name, id=match["id"], url=address)
    return None


def _stranger(parts: SplitResult) -> str:
    for product in HELPDESKS.values():
        known = product.hosts and re.fullmatch(product.hosts, parts.hostname or "", re.ASCII)
        if known and any(pattern.fullmatch(_behind(parts)) for pattern in link_patterns(product)):
            return product.name
    return ""


def _behind(parts: SplitResult) -> str:
    """What follows the host."""
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.path}{query}" + (f"#{parts.fragment}" if parts.fragment else "")


def _origin(parts: SplitResult) -> tuple[str, str, int | None]:
    usual = {"https": 443, "http": 80}
    return parts.scheme, parts.hostname or "", parts.port or usual.get(parts.scheme)
