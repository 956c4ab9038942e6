"""Title: what a page calls itself."""

import re
from collections.abc import Collection
from urllib.parse import urlsplit

from knowledge.documents.formats.prose import one_line
from knowledge.documents.formats.tree import Node

_BETWEEN = re.compile(r" (?:[-–—|·•»]|::) |\|")
_LONGEST = 300
_SITE = re.compile(
    r"(?:[\w&'’.]+ ){0,3}(?:docs|documentation|faqs?|help|help ?cent(?:er|re)|help ?desk|knowledge ?base|support"
    r"|support cent(?:er|re)|wiki)",
    re.IGNORECASE,
)
_SITE_NAMES = frozenset({"application-name", "og:site_name"})
_TITLES = frozenset({"og:title", "twitter:title"})


class Head:
    """What the head of a page says of it. Read before furniture is gone, for the head is some."""

    def __init__(self, root: Node, url: str) -> None:
        metas = [(node.get("property") or node.get("name"), node) for node in root.below() if node.tag == "meta"]
        told = [(name, one_line(node.attributes.get("content", ""))) for name, node in metas]
        self._sites = {content.casefold() for name, content in told if name in _SITE_NAMES and content}
        self._host = (urlsplit(url).hostname or "").split(".") if url.startswith("http") else []
        element = root.first(lambda node: node.tag == "title")
        written = [content for name, content in told if name in _TITLES] + (
            [one_line(element.text())] if element else []
        )
        self._titles = [title[:_LONGEST] for title in written if title]
        self._headings = [one_line(node.text()) for node in root.below() if node.tag == "h1"]

    def title(self, headings: Collection[str]) -> str:
        """The title, given the main headings of the main part; empty where nothing says one."""
        agreed = (text for text in self._headings if text and any(title.startswith(text) for title in self._titles))
        candidates = [*headings, *agreed, *map(self._without_site, self._titles), *self._headings]
        return next((text for text in candidates if text and text.casefold() not in self._sites), "")

    def _without_site(self, title: str) -> str:
        for between in reversed([*_BETWEEN.finditer(title)]):
            if not between.start() or not self._is_site(title[between.end() :]):
                break
            title = title[: between.start()].strip()
        return title

    def _is_site(self, words: str) -> bool:
        """Whether words name the site: it says so itself, its address does, or a help centre is called so."""
        words = words.strip().casefold()
        if not words:
            return False
        known = any(words in site or site in words for site in self._sites)
        in_address = any(len(label) > 3 and label in words.replace(" ", "") for label in self._host)
        return known or in_address or _SITE.fullmatch(words) is not None
