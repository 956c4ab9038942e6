"""Sitemaps: the addresses that a website lists itself."""

from collections import deque
from typing import NamedTuple

from yarl import URL

from bot.errors import SourceError
from bot.sources.page import Refused
from bot.sources.pointers import is_listing, listing_of
from bot.sources.site import Site
from bot.sources.web import CLOSED, Web

_MOST_SITEMAPS = 100
_MOST_PAGES = 100_000


class Listed(NamedTuple):
    """What a site lists."""

    pages: list[URL]
    """Each as it is written there, query and all."""
    refused: list[Refused]
    """Sitemaps that could not be read whole: which pages they would have named is not known."""


async def sitemaps(site: Site, web: Web) -> Listed:
    """Read those that robots.txt names, else the usual ones, and those that are named there.

    Raises `SourceError` where there is one that cannot be read now.
    """
    robots = web.robots[site.roots[0]]
    named = [site.joined(site.home, each) for each in (robots.sitemaps if robots else [])]
    usual = (site.home / "sitemap.xml", site.home.origin() / "sitemap.xml")
    guessed = [each for each in usual if web.lets(each)]
    waiting = deque(dict.fromkeys(each for each in named if each and site.has(each)) or guessed)
    seen: set[URL] = set()
    pages: dict[URL, None] = {}
    refused: list[Refused] = []
    while waiting:
        address = waiting.popleft()
        if address in seen:
            continue
        if len(seen) == _MOST_SITEMAPS or len(pages) > _MOST_PAGES:
            reason = f"it lists more than {_MOST_SITEMAPS} sitemaps or {_MOST_PAGES:,} pages; set a path in its address"
            refused.append(Refused(what=str(site.home), reason=reason))
            break
        seen.add(address)
        answer = await web.file(address)
        # Some stores say "not open" of what they do not have.
        if answer.passing and not (address in guessed and answer.status in CLOSED):
            raise SourceError(f"{address}: {answer.trouble}, or name a start page under `start`.")
        listing = None if answer.trouble else listing_of(answer.text)
        if listing:
            pages |= dict.fromkeys(page for each in listing.pages if (page := site.written(address, each)))
            further = (site.joined(address, each) for each in listing.sitemaps)
            waiting += [each for each in further if each and site.has(each)]
        is_one = address not in guessed or (not answer.trouble and is_listing(answer.text))
        if is_one and not (listing and listing.whole):
            reason = answer.trouble or "it is no whole sitemap; correct it, or what names it"
            refused.append(Refused(what=str(address), reason=reason))
    return Listed(list(pages), refused)
