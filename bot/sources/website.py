"""Website: a help centre as everybody sees it, read from its sitemap, or from a start page along its links."""

import asyncio
from collections import deque
from collections.abc import Callable
from hashlib import sha256

from yarl import URL

from bot.errors import SourceError
from bot.sources.page import Page, Pages, Refused
from bot.sources.pointers import Pointers, is_listing, listing_of
from bot.sources.site import Site
from bot.sources.web import CLOSED, Answer, Web, open_web
from knowledge.documents.formats.html import markdown_of_html
from knowledge.errors import DeskFileError
from knowledge.sources import SourceSettings

_FIRST = 20
"""Pages by which a site is judged, at its beginning and in a row later on."""
_MOST_SITEMAPS = 100
_NO_PAGES = tuple(".avif .bmp .css .gif .ico .jpeg .jpg .js .mp3 .mp4 .png .svg .webm .webp .woff2 .xml".split())
"""How links to what is no document end."""


async def read(settings: SourceSettings, _token: str, told: Callable[[int], None], *, pause: float = 0.2) -> Pages:
    """The pages of a site, in the order in which it lists or links them.

    Raises `SourceError` where the site as a whole cannot be read. The first pages are held back until that is known.
    """
    site = Site(settings)
    async with open_web(site, pause) as web:
        walk = _Walk(site, web, settings.most)
        held: list[Page | Refused] = [*await walk.begin(settings.start)]
        told(len(walk.known))
        failed: list[bool] = []
        first: Refused | None = None
        while walk.waiting:
            pair = [walk.waiting.popleft() for _ in range(min(2, len(walk.waiting)))]
            for asked, answer in zip(pair, await asyncio.gather(*map(web.page, pair)), strict=True):
                failed.append(answer.passing)
                held += await asyncio.to_thread(walk.taken, asked, answer)
            if len(failed) < _FIRST and walk.waiting:
                continue
            first = first or next((each for each in held if isinstance(each, Refused)), None)
            _judge(site, failed, f"such as {first.what}: {first.reason}" if first else "")
            told(len(walk.known))
            if walk.keys:
                for each in held:
                    yield each
                held = []
        if not walk.keys:
            why = f" {first.what}: {first.reason}." if first else ""
            raise SourceError(f"{site.name}: no page of {site.home} could be read.{why}")
        if walk.cut:
            yield Refused(what=str(site.home), reason=f"it has more than {settings.most} pages; set most, or a path")


def _judge(site: Site, failed: list[bool], such: str) -> None:
    """Raises `SourceError` where so many pages failed that it is the site that fails."""
    first = failed[:_FIRST]
    if 2 * sum(first) > len(first) or (len(failed) >= _FIRST and all(failed[-_FIRST:])):
        raise SourceError(
            f"{site.name}: {site.home} has trouble of its own: {sum(failed)} of {len(failed)} pages were "
            f"answered with an error, {such}. Nothing of it is taken to be gone; try again in a moment."
        )


class _Walk:
    """Pages are known by their addresses and told apart by their keys and texts."""

    def __init__(self, site: Site, web: Web, most: int) -> None:
        self.waiting: deque[URL] = deque()
        self.known: set[URL] = set()
        self.keys: set[str] = set()
        self._at_home: set[str] = set()
        """Keys of pages that were read at their own address."""
        self.cut = False
        """Whether there is more than may be read."""
        self._site = site
        self._web = web
        self._most = most
        self._texts: set[bytes] = set()
        self._along_links = False

    async def begin(self, start: str) -> list[Refused]:
        """Find the first pages: those of the sitemap, else the start page. What was refused on the way.

        Raises `SourceError` where there is a sitemap that cannot be read now, or the start is no page of the site.
        """
        refused = [] if start else await self._sitemaps()
        if not self.waiting:
            self._along_links = True
            address = self._site.page(self._site.home, start)
            if not address:
                raise SourceError(
                    f"{self._site.name}: its start {start} is no page below {self._site.home}; correct it."
                )
            self._add(address)
        return refused

    def taken(self, asked: URL, answer: Answer) -> list[Page | Refused]:
        """What is made of a page: a document, a refusal, or nothing where it is known already or no document."""
        if answer.trouble:
            key = self._site.key(asked)
            return [Refused(what=str(asked), reason=answer.trouble, key=key, lasting=not answer.passing)]
        pointers = Pointers(answer.text, answer.wishes)
        base = self._site.joined(answer.address, pointers.base) or answer.address
        inner = [page for link in pointers.links if (page := self._site.page(base, link))] if self._along_links else []
        for page in inner:
            if self._web.lets(page) and not page.raw_path.lower().endswith(_NO_PAGES):
                self._add(page)
        if pointers.hidden:
            return []
        own = answer.address.with_query(None)
        place = self._place(own, base, pointers.canonical)
        if place != own and self._site.key(place) in self._at_home:
            return []
        # Where several pages say that they belong at a place where none is, that place is a mistake.
        address = own if self._site.key(place) in self.keys else place
        if address == own:
            self._at_home.add(self._site.key(own))
        return self._document(address, answer.text, is_menu=bool(inner))

    def _document(self, address: URL, html: str, *, is_menu: bool) -> list[Page | Refused]:
        try:
            page = markdown_of_html(html, str(address))
        except DeskFileError as error:
            reason = str(error).removeprefix(f"{address}: ")
            return [Refused(what=str(address), reason=reason, lasting=True)]
        if not page.markdown.strip():
            reason = "there is no text in it; if its text is written by a script, export it into the documents folder"
            return [] if is_menu else [Refused(what=str(address), reason=reason, lasting=True)]
        if not page.title:
            reason = "it has no title; give it a heading or a title"
            return [Refused(what=str(address), reason=reason, lasting=True)]
        digest = sha256(page.markdown.encode()).digest()
        if digest in self._texts:
            return []
        key = self._site.key(address)
        if key in self.keys:
            reason = f"another page with another text is read as {address} already; give each a path of its own"
            return [Refused(what=f"{page.title} at {address}", reason=reason, lasting=True)]
        self._texts.add(digest)
        self.keys.add(key)
        url = str(address) if address.scheme == "https" else ""
        return [Page(key=key, title=page.title, markdown=page.markdown, url=url)]

    def _place(self, address: URL, base: URL, canonical: str) -> URL:
        """Where a page says that it belongs. Many sites say "at home" of all their pages by mistake."""
        place = self._site.page(base, canonical) if canonical else None
        return place if place and self._site.key(place) != self._site.key(self._site.home) else address

    def _add(self, address: URL | None) -> None:
        if not address or address in self.known:
            return
        if len(self.known) >= self._most:
            self.cut = True
            return
        self.known.add(address)
        self.waiting.append(address)

    async def _sitemaps(self) -> list[Refused]:
        home, robots = self._site.home, self._web.robots[self._site.roots[0]]
        named = [self._site.joined(home, each) for each in (robots.sitemaps if robots else [])]
        guessed = [each for each in (home / "sitemap.xml", home.origin() / "sitemap.xml") if self._web.lets(each)]
        waiting = deque(dict.fromkeys(each for each in named if each and self._site.has(each)) or guessed)
        seen: set[URL] = set()
        refused: list[Refused] = []
        while waiting and not self.cut:
            address = waiting.popleft()
            if address in seen:
                continue
            seen.add(address)
            self.cut = len(seen) > _MOST_SITEMAPS
            answer = await self._web.file(address)
            # Some stores say "not open" of what they do not have.
            if answer.passing and not (address in guessed and answer.status in CLOSED):
                raise SourceError(
                    f"{self._site.name}: {address}: {answer.trouble}, or name a start page under `start`."
                )
            listing = None if answer.trouble else listing_of(answer.text)
            if listing:
                for each in listing.pages:
                    self._add(self._site.page(address, each))
                further = (self._site.joined(address, each) for each in listing.sitemaps)
                waiting += [each for each in further if each and self._site.has(each)]
            elif address not in guessed or is_listing(answer.text):
                # Which pages it would have named is not known, so none is taken to be gone.
                reason = answer.trouble or "it is no whole sitemap; correct it, or what names it"
                refused.append(Refused(what=str(address), reason=reason))
        return refused
