"""Walk: which pages of a website there are to read, and what is made of each."""

import asyncio
import re
from collections import deque
from hashlib import sha256
from typing import NamedTuple

from yarl import URL

from bot.errors import SourceError
from bot.sources.page import Page, Refused, reason_of
from bot.sources.pointers import Pointers
from bot.sources.site import Site
from bot.sources.sitemaps import sitemaps
from bot.sources.web import CLOSED, Answer, Web
from knowledge.documents.formats.html import markdown_of_html
from knowledge.documents.formats.page import Page as Text
from knowledge.errors import DeskFileError

_MOST_SPELLINGS = 3
"""Addresses with one path that are compared."""
_MOST_COMPARED = 200
_NO_PAGES = tuple(".avif .bmp .css .gif .ico .jpeg .jpg .js .mp3 .mp4 .png .svg .webm .webp .woff2 .xml".split())
"""How links to what is no document end."""
_HEADING = re.compile(r"\A# .*\n+")


class _Twin(NamedTuple):
    """A page that says it belongs at the place of another."""

    asked: URL
    own: URL
    place: str
    text: Text


class Walk:
    """Pages are known by their paths and told apart by their keys and texts."""

    def __init__(self, site: Site, web: Web, most: int) -> None:
        self.waiting: deque[URL] = deque()
        self.known: set[URL] = set()
        self.keys: dict[str, URL] = {}
        """The keys of all documents, and what was asked for to read them."""
        self._site = site
        self._web = web
        self._most = most
        self._texts: set[bytes] = set()
        self._bodies: dict[str, bytes] = {}
        self._twins: list[_Twin] = []
        self._spellings: dict[URL, dict[URL, None]] = {}
        self._unread: set[str] = set()
        self._along_links = False

    async def begin(self, start: str) -> list[Refused]:
        """Find the first pages: those of the sitemap, else the start page. What was refused on the way.

        Raises `SourceError` where there is a sitemap that cannot be read now, or the start is no page of the site.
        """
        reason = "its robots.txt cannot be read now, so nothing there is; try again later"
        refused = [Refused(what=str(root), reason=reason) for root, robots in self._web.robots.items() if not robots]
        if not start:
            listed = await sitemaps(self._site, self._web)
            refused += listed.refused
            for each in listed.pages:
                self._add(each)
        if not self.waiting:
            self._along_links = True
            address = self._site.page(self._site.home, start)
            if not address:
                raise SourceError(f"its start {start} is no page below {self._site.home}; correct it.")
            self._add(address)
        return refused

    def taken(self, asked: URL, answer: Answer) -> list[Page | Refused]:
        """What is made of a page: a document, a refusal, or nothing where it is known already or no document."""
        own = answer.address.with_query(None)
        if answer.trouble:
            # Where links are followed, nobody knows where a page in trouble would have led.
            unknown = self._along_links and answer.passing and answer.status not in CLOSED
            keys = frozenset() if unknown else frozenset({self._site.key(asked), self._site.key(own)})
            return [Refused(what=str(asked), reason=answer.trouble, keys=keys, lasting=not answer.passing)]
        pointers = Pointers(answer.text, answer.wishes)
        base = self._site.joined(answer.address, pointers.base) or answer.address
        links = pointers.links if self._along_links else ()
        inner = [page for link in links if (page := self._site.written(base, link))]
        for page in inner:
            bare = page.with_query(None)
            if self._web.lets(bare) and not bare.raw_path.lower().endswith(_NO_PAGES):
                self._add(page)
        if pointers.hidden:
            return []
        try:
            text = markdown_of_html(answer.text, str(own))
        except DeskFileError as error:
            return [self._no_document(own, reason_of(error, str(own)))]
        if not text.markdown.strip():
            reason = "there is no text in it; if its text is written by a script, export it into the documents folder"
            return [] if inner else [self._no_document(own, reason)]
        if not text.title:
            return [self._no_document(own, "it has no title; give it a heading or a title")]
        place = self._place(own, base, pointers.canonical)
        if place != own and (place in self.known or self._site.key(place) in self.keys):
            self._twins.append(_Twin(asked, own, self._site.key(place), text))
            return []
        return self._document(asked, place, text)

    async def rest(self) -> list[Page | Refused]:
        """What is to be told when all pages were read."""
        found: list[Page | Refused] = []
        for twin in self._twins:
            # A canonical that another text claims is a mistake.
            if self._bodies.get(twin.place) != _body(twin.text):
                found += self._document(twin.asked, twin.own, twin.text)
        compared = [each for all_ in self._spellings.values() if len(all_) > 1 for each in all_ if each.query_string]
        for address in compared[:_MOST_COMPARED]:
            found += await asyncio.to_thread(self._compared, address, await self._web.page(address))
        if self._unread:
            reason = f"it has more than {self._most} pages; set most, or a path"
            unread = frozenset() if self._along_links else frozenset(self._unread)
            found.append(Refused(what=str(self._site.home), reason=reason, keys=unread))
        return found

    def _document(self, asked: URL, address: URL, text: Text) -> list[Page | Refused]:
        digest = _digest(text.markdown)
        if digest in self._texts:
            return []
        key = self._site.key(address)
        if key in self.keys:
            reason = f"{self.keys[key]} has another text and is read as {address} already; give each a path of its own"
            return [Refused(what=f"{text.title} at {asked}", reason=reason, lasting=True)]
        self._texts.add(digest)
        self._bodies[key] = _body(text)
        self.keys[key] = asked
        url = str(address) if address.scheme == "https" else ""
        named = self._site.key(asked)
        asked_as = named if named != key else ""
        listed = not self._along_links
        return [Page(key=key, title=text.title, markdown=text.markdown, url=url, asked=asked_as, listed=listed)]

    def _no_document(self, address: URL, reason: str) -> Refused:
        return Refused(what=str(address), reason=reason, key=self._site.key(address), lasting=True)

    def _compared(self, address: URL, answer: Answer) -> list[Refused]:
        """A word where an address that differs from others only behind its `?` has a text that nobody read."""
        pointers = Pointers(answer.text, answer.wishes)
        bare = address.with_query(None)
        canonical = self._site.written(answer.address, pointers.canonical) if pointers.canonical else None
        if answer.trouble or pointers.hidden or canonical == bare:
            return []
        try:
            text = markdown_of_html(answer.text, str(address))
        except DeskFileError:
            return []
        if not text.markdown.strip() or _digest(text.markdown) in self._texts:
            return []
        reason = f"what is behind a ? is not read, and {bare} has another text; give each page a path of its own"
        return [Refused(what=str(address), reason=reason, lasting=True)]

    def _place(self, address: URL, base: URL, canonical: str) -> URL:
        """Where a page says that it belongs. Many sites say "at home" of all their pages by mistake."""
        place = self._site.page(base, canonical) if canonical else None
        return place if place and self._site.key(place) != self._site.key(self._site.home) else address

    def _add(self, written: URL) -> None:
        address = written.with_query(None)
        spellings = self._spellings.setdefault(address, {})
        if len(spellings) < _MOST_SPELLINGS:
            spellings[written] = None
        if address in self.known:
            return
        if len(self.known) >= self._most:
            self._unread.add(self._site.key(address))
            return
        self.known.add(address)
        self.waiting.append(address)


def _digest(text: str) -> bytes:
    return sha256(text.encode()).digest()


def _body(text: Text) -> bytes:
    """What tells a page apart from one that is the same below another title."""
    return _digest(_HEADING.sub("", text.markdown) or text.markdown)
