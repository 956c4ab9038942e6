"""Web: the only way to a website. It can do nothing but GET, at the site's own hosts, and it is polite."""

import asyncio
import re
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NamedTuple

import aiohttp
from yarl import URL

from bot.errors import SourceError
from bot.helpdesks.addresses import CheckedResolver, Forbidden
from bot.sources.robots import Robots
from bot.sources.site import Site

_AGENT = "Proofdesk (+documentation reader)"
_LARGEST = 10 * 1024**2
"""Bytes of one page."""
_TIMEOUT = aiohttp.ClientTimeout(total=15, connect=5)
"""Seconds for one request."""
_AT_ONCE = 2
_MOST_REDIRECTS = 5
_LONGEST_WAIT = 10.0
"""Seconds that a site may ask us to wait before the second try; what takes longer is told instead."""
_TOO_OFTEN = 429
CLOSED = frozenset({401, 403})
"""What sites also answer to who asks too much, and then say of pages that are open to everybody."""
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CHARSET = re.compile(rb"<meta[^>]{1,200}?charset\s*=\s*[\"']?([\w-]{1,40})", re.IGNORECASE)
_READ_AS = {"iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252"}
"""What browsers read under another name."""


class Answer(NamedTuple):
    """What came of asking for an address."""

    address: URL
    """Where it was found in the end."""
    text: str = ""
    wishes: str = ""
    """What came beside it as `X-Robots-Tag`."""
    trouble: str = ""
    """Why there is no text, with a remedy."""
    status: int = 200
    """What the site answered; 0 where it did not."""
    again: float = 0.0
    """Seconds that it wants us to wait before we try again."""
    leads: str | None = None
    """Where it redirects to."""

    @property
    def passing(self) -> bool:
        """Whether there is trouble of the site's own that may be over next time."""
        return self.status in {0, _TOO_OFTEN, *CLOSED} or self.status >= 500


class Web:
    """Reads addresses of one site, at most two at a time."""

    def __init__(self, session: aiohttp.ClientSession, site: Site, pause: float) -> None:
        self.robots: dict[URL, Robots | None] = {}
        """What each host lets us read; none where it does not say, so that nothing may be read."""
        self._session = session
        self._site = site
        self._pause = pause
        self._at_once = asyncio.Semaphore(_AT_ONCE)
        self._turn = asyncio.Lock()

    async def page(self, address: URL) -> Answer:
        """A page as HTML, where robots.txt lets us read it."""
        return await self._get(address, page=True)

    async def file(self, address: URL) -> Answer:
        """A file that is there for machines, whatever its type; unpacked where it is packed."""
        return await self._get(address, page=False)

    def lets(self, address: URL) -> bool:
        """Whether robots.txt lets us read an address."""
        robots = self.robots.get(address.origin())
        return robots is not None and robots.let(address)

    async def _get(self, address: URL, *, page: bool) -> Answer:
        asked: list[URL] = []
        while True:
            if page and self.robots.get(address.origin()) is None:
                return Answer(address, trouble="its robots.txt cannot be read now; try again later", status=0)
            if page and not self.lets(address):
                return Answer(address, trouble="robots.txt does not let me read it; allow the agent Proofdesk there")
            asked.append(address)
            answer = await self._asked(address, page=page)
            if answer.leads is None:
                return answer
            target = self._site.joined(address, answer.leads)
            if not target or not (self._site.holds(target) if page else self._site.has(target)):
                where = str(target or "nowhere")[:200]
                trouble = f"it leads to {where}; if that is your site, name it in desk.yaml as address or under hosts"
                return answer._replace(trouble=trouble)
            if target in asked or len(asked) > _MOST_REDIRECTS:
                return answer._replace(trouble="it redirects in a circle or too often; correct its redirect")
            address = target

    async def _asked(self, address: URL, *, page: bool) -> Answer:
        answer = await self._once(address, page=page)
        if answer.passing and answer.again <= _LONGEST_WAIT:
            await asyncio.sleep(answer.again)
            answer = await self._once(address, page=page)
        return answer

    async def _once(self, address: URL, *, page: bool) -> Answer:
        async with self._at_once:
            async with self._turn:
                robots = self.robots.get(address.origin())
                await asyncio.sleep(max(self._pause, robots.delay if robots else 0))
            try:
                async with self._session.get(address, allow_redirects=False) as answer:
                    return await self._taken(address, answer, page=page)
            except (aiohttp.ClientError, TimeoutError) as error:
                if isinstance(error.__cause__, Forbidden):
                    return Answer(address, trouble=self._site.closed(address.host or ""), status=0)
                return Answer(
                    address, trouble="it cannot be reached; check the address, or try again in a moment", status=0
                )

    async def _taken(self, address: URL, answer: aiohttp.ClientResponse, *, page: bool) -> Answer:
        if answer.status in _REDIRECTS:
            return Answer(address, status=answer.status, leads=answer.headers.get("Location", ""))
        if answer.status != 200:
            wanted = answer.headers.get("Retry-After", "")
            again = float(wanted) if re.fullmatch(r"[0-9]{1,6}", wanted) else 5 * self._pause
            return Answer(address, trouble=_refused(answer.status), status=answer.status, again=again)
        if page and answer.content_type not in {"text/html", "application/xhtml+xml"}:
            kind = answer.content_type[:60]
            return Answer(address, trouble=f"it is no page but {kind}; put the file itself into the documents folder")
        body = bytearray()
        async for piece in answer.content.iter_chunked(65_536):
            body += piece
            if len(body) > _LARGEST:
                return Answer(address, trouble=f"it is larger than {_LARGEST // 1024**2} MB; split it into several")
        wishes = ",".join(answer.headers.getall("X-Robots-Tag", ()))
        return Answer(address, text=_text(bytes(body), answer.charset), wishes=wishes)


@asynccontextmanager
async def open_web(site: Site, pause: float) -> AsyncIterator[Web]:
    """A site, with its robots.txt read. Raises `SourceError` where that cannot be had: nothing may be read then."""
    session = aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(resolver=CheckedResolver(private=site.private), limit=_AT_ONCE),
        headers={"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9", "User-Agent": _AGENT},
        timeout=_TIMEOUT,
        trust_env=False,
        cookie_jar=aiohttp.DummyCookieJar(),
    )
    async with session:
        web = Web(session, site, pause)
        for root in site.roots:
            answer = await web.file(root / "robots.txt")
            absent = 400 <= answer.status < 500 and answer.status != _TOO_OFTEN
            known = absent or not answer.trouble
            if not known and root == site.roots[0]:
                raise SourceError(f"{root / 'robots.txt'}: {answer.trouble}.")
            web.robots[root] = Robots(answer.text) if known else None
        yield web


def _text(body: bytes, charset: str | None) -> str:
    if body.startswith(b"\x1f\x8b"):
        try:
            body = zlib.decompressobj(31).decompress(body, _LARGEST)
        except zlib.error:
            return ""
    declared = _CHARSET.search(body[:4096])
    name = (
        "utf-8-sig" if body.startswith(b"\xef\xbb\xbf") else charset or (declared[1].decode() if declared else "utf-8")
    )
    try:
        return body.decode(_READ_AS.get(name.lower(), name), errors="replace")
    except (LookupError, ValueError):
        return body.decode("utf-8", errors="replace")


def _refused(status: int) -> str:
    match status:
        case 404 | 410:
            return f"there is no such page ({status}); correct the link or sitemap that names it"
        case 401 | 403:
            return f"it is not open to everybody ({status}); only public pages are read"
        case _ if status == _TOO_OFTEN:
            return "the site is asked too often just now (429); try again later"
        case _ if status >= 500:
            return f"the site has trouble of its own ({status}); try again in a moment"
        case _:
            return f"it was refused ({status}); check the address"
