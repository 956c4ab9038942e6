"""HelpCentre: a website on this machine that imitates a team's help centre, good pages and bad ones."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

from tests.serving import serving

Reply = str | Callable[[], web.StreamResponse]

WORDS = {
    "refunds": "Yearly plans are refunded within 14 days of the payment.",
    "invoices": "Invoices are sent on the first day of each month.",
    "seats": "A seat may be moved to another person at any time.",
    "exports": "Exports are kept for 30 days and then removed.",
    "sign-in": "Single sign-on is part of the Business plan.",
    "browsers": "Firefox and Chrome are supported, each in its latest version.",
}


def page(title: str, text: str, head: str = "", links: tuple[str, ...] = ()) -> str:
    """A page with a menu around its text."""
    menu = "".join(f'<li><a href="{link}">More</a></li>' for link in links)
    heading = f"<h1>{title}</h1>" if title else ""
    return (
        f"<!doctype html><html><head><title>{title}</title>{head}</head><body><nav><ul>{menu}</ul></nav>"
        f"<main>{heading}<p>{text}</p></main></body></html>"
    )


def articles() -> dict[str, Reply]:
    """The good pages of a help centre, by path."""
    return {f"/articles/{name}": page(name.title(), text) for name, text in WORDS.items()}


def redirect(to: str) -> Reply:
    """A page that has moved."""
    return lambda: web.Response(status=302, headers={"Location": to})


def status(code: int, **headers: str) -> Reply:
    """A page that is answered with an error."""
    return lambda: web.Response(status=code, headers=headers)


@dataclass
class HelpCentre:
    """A running site."""

    pages: dict[str, Reply]
    """What is answered at a path, or a path with its query; what is not here is not found."""
    url: str = ""
    instead: dict[str, list[Reply]] = field(default_factory=dict)
    """Answers that are given once, before the page itself."""
    asked: list[str] = field(default_factory=list)
    verbs: set[str] = field(default_factory=set)
    headers: list[Mapping[str, str]] = field(default_factory=list)
    now: int = 0
    at_once: int = 0
    """Requests that were open together, at most."""

    @property
    def host(self) -> str:
        return self.url.removeprefix("http://")

    def map(self, *paths: str) -> None:
        """Have a sitemap of these paths, or addresses."""
        places = "".join(f"<url><loc>{self.full(path)}</loc></url>" for path in paths)
        self.pages["/sitemap.xml"] = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{places}</urlset>'

    def full(self, path: str) -> str:
        return path if "://" in path else self.url + path

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Answers a request."""
        self.asked.append(request.path_qs)
        self.verbs.add(request.method)
        self.headers.append(request.headers)
        self.now += 1
        self.at_once = max(self.at_once, self.now)
        for _ in range(20):
            await asyncio.sleep(0)
        self.now -= 1
        once = self.instead.get(request.path)
        reply = once.pop(0) if once else self.pages.get(request.path_qs, self.pages.get(request.path, status(404)))
        if not isinstance(reply, str):
            return reply()
        kind = "text/plain" if request.path == "/robots.txt" else "text/html"
        response = web.Response(text=reply, content_type="application/xml" if reply.startswith("<urlset") else kind)
        response.set_cookie("visitor", "1")
        return response


@asynccontextmanager
async def help_centre(pages: dict[str, Reply] | None = None) -> AsyncIterator[HelpCentre]:
    """A site that is there until the end of the block."""
    running = HelpCentre(pages if pages is not None else articles())
    async with serving(running.serve) as url:
        running.url = url
        yield running
