"""Pointers: what a page or a sitemap says of other addresses, and of itself."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from lxml import etree

from bot.sources.robots import AGENT

_MOST = 5_000
"""Links that are taken from one page."""
_HIDDEN = {"noindex", "none"}
_UNFOLLOWED = {"nofollow", "none"}
_BEGINS = re.compile(r"<(?:\w+:)?(?:urlset|sitemapindex)\b")


class Listing(NamedTuple):
    """A sitemap: pages, or further sitemaps. As they are written there."""

    pages: tuple[str, ...]
    sitemaps: tuple[str, ...]
    whole: bool = True
    """Whether it is XML to its end; else some of it may be missing here."""


class Pointers:
    """The links of a page, each once and as it is written, and the wishes in its head."""

    def __init__(self, html: str, wishes: str = "") -> None:
        """`wishes` are those that came beside the page, as `X-Robots-Tag` says them."""
        self.base = ""
        self.canonical = ""
        self._links: dict[str, None] = {}
        self._wishes = _words(wishes)
        parser = etree.HTMLParser(target=self, encoding="utf-8", huge_tree=True)
        if content := html.replace("\0", "").encode(errors="ignore"):
            parser.feed(content)
            parser.close()

    @property
    def hidden(self) -> bool:
        """Whether the page wants to be in no index."""
        return not self._wishes.isdisjoint(_HIDDEN)

    @property
    def links(self) -> tuple[str, ...]:
        """Where it leads, unless it wants that nobody follows."""
        return () if not self._wishes.isdisjoint(_UNFOLLOWED) else tuple(self._links)

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """The parser tells of a tag."""
        match tag:
            case "a" if len(self._links) < _MOST and "nofollow" not in attributes.get("rel", "").lower().split():
                self._links.setdefault(attributes.get("href", ""))
            case "link" if "canonical" in attributes.get("rel", "").lower().split():
                self.canonical = self.canonical or attributes.get("href", "")
            case "base":
                self.base = self.base or attributes.get("href", "")
            case "meta" if attributes.get("name", "").lower() in {"robots", AGENT}:
                self._wishes |= _words(attributes.get("content", ""))

    def close(self) -> None:
        """The parser has no more to tell."""


def listing_of(text: str) -> Listing | None:
    """What a sitemap lists; none where it is none. No entity of its own is resolved, and nothing is fetched."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, encoding="utf-8")
    try:
        root = etree.fromstring(text.encode(errors="ignore").strip(), parser)
    except etree.XMLSyntaxError:
        return None
    kind = etree.QName(root).localname if root is not None else ""
    if kind not in {"urlset", "sitemapindex"}:
        return None
    found = tuple(place.text.strip() for place in root.iterfind("{*}*/{*}loc") if place.text)
    # An undeclared prefix is a mistake of many, and nothing is missing then.
    whole = all(error.domain_name == "NAMESPACE" for error in parser.error_log)
    return Listing(found, (), whole) if kind == "urlset" else Listing((), found, whole)


def is_listing(text: str) -> bool:
    """Whether this was meant to be a sitemap, whole or not."""
    return bool(_BEGINS.search(text))


def _words(wishes: str) -> set[str]:
    return {word.strip().lower() for word in wishes.split(",")}
