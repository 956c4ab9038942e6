"""Website: a help centre as everybody sees it, read from its sitemap, or from a start page along its links."""

import asyncio
from collections.abc import Callable

from bot.errors import SourceError
from bot.sources.page import Page, Pages, Refused
from bot.sources.site import Site
from bot.sources.walk import Walk
from bot.sources.web import open_web
from knowledge.sources import SourceSettings

_FIRST = 20
"""Pages by which a site is judged, at its beginning and in a row later on."""


async def read(settings: SourceSettings, _token: str, told: Callable[[int], None], *, pause: float = 0.2) -> Pages:
    """The pages of a site, in the order in which it lists or links them.

    Raises `SourceError` where the site as a whole cannot be read. The first pages are held back until that is known.
    """
    site = Site(settings)
    async with open_web(site, pause) as web:
        walk = Walk(site, web, settings.most)
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
        held += await walk.rest()
        if not walk.keys:
            why = f" {first.what}: {first.reason}." if first else ""
            raise SourceError(f"no page of {site.home} could be read.{why}")
        for each in held:
            yield each


def _judge(site: Site, failed: list[bool], such: str) -> None:
    """Raises `SourceError` where so many pages failed that it is the site that fails."""
    first = failed[:_FIRST]
    if 2 * sum(first) > len(first) or (len(failed) >= _FIRST and all(failed[-_FIRST:])):
        raise SourceError(f"{sum(failed)} of {len(failed)} pages of {site.home} were answered with an error, {such}.")
