"""Confluence: the current pages of a space in Confluence Cloud.

Shapes: developer.atlassian.com/cloud/confluence/rest/v2/api-group-space/ and .../api-group-page/ (get pages in space).
Archived pages come too unless only current ones are asked for.
"""

from collections.abc import AsyncIterator, Callable, Mapping
from urllib.parse import parse_qs, urlsplit

from pydantic import Field

from bot.errors import SourceError
from bot.helpdesks.payload import Key, Many, Payload, Text
from bot.sources.articles import Article, Platform, basic, bearer, needed, pages_of
from bot.sources.confluence_storage import html_of_storage
from bot.sources.page import Pages, Refused
from knowledge.sources import SourceSettings

_NAME = "Confluence"
_AT_ONCE = 25


class _Space(Payload):
    id: Key
    key: Text = ""


class _Spaces(Payload):
    results: Many[_Space]


class _Storage(Payload):
    value: Text = ""


class _Body(Payload):
    storage: _Storage | None = None


class _Links(Payload):
    next: Text = ""
    base: Text = ""
    webui: Text = ""


class _Page(Payload):
    id: Key
    title: Text = ""
    status: Text = ""
    body: _Body | None = None
    links: _Links | None = Field(None, validation_alias="_links")


class _Listed(Payload):
    results: Many[_Page]
    links: _Links | None = Field(None, validation_alias="_links")


def read(settings: SourceSettings, token: str, told: Callable[[int], None]) -> Pages:
    """The pages of the space whose key is at `start`."""
    return pages_of(settings, _articles(settings, token, told))


async def _articles(
    settings: SourceSettings, token: str, told: Callable[[int], None]
) -> AsyncIterator[Article | Refused]:
    if not settings.start:
        raise SourceError(f"Write the key of a space, such as `SUP`, at `start` of {settings.name} in desk.yaml.")
    headers = basic(settings.user, needed(token, _NAME)) if settings.user else bearer(needed(token, _NAME))
    site = settings.address.rstrip("/").removesuffix("/wiki")
    confluence = Platform(_NAME, site, headers, private=settings.private)
    spaces = (await confluence.ask(_Spaces, "/wiki/api/v2/spaces", keys=settings.start)).results
    space = next((each for each in spaces if each.key.casefold() == settings.start.casefold()), None)
    if space is None:
        raise SourceError(
            f"{_NAME} has no space {settings.start}, or does not show it to this token. Correct `start` of "
            f"{settings.name} in desk.yaml, or ask an admin to give the token read access."
        )
    listed = 0
    path, query = f"/wiki/api/v2/spaces/{space.id}/pages", {"body-format": "storage", "status": "current"}
    async for answer in confluence.listing(_Listed, path, _following, limit=_AT_ONCE, **query):
        base = (answer.links and answer.links.base) or f"{site}/wiki"
        current = [page for page in answer.results if page.status in {"", "current"}]
        listed += len(current)
        told(min(listed, settings.most))
        for page in current:
            storage = (page.body and page.body.storage) or _Storage()
            shown = page.links.webui if page.links else ""
            yield Article(page.id, page.title, html_of_storage(storage.value), base + shown if shown else "")


def _following(answer: _Listed) -> Mapping[str, str | int] | None:
    cursors = parse_qs(urlsplit(answer.links.next).query).get("cursor") if answer.links else None
    return {"cursor": cursors[0]} if cursors else None
