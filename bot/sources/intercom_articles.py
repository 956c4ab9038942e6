"""Intercom Articles: the published articles of a workspace, in its default language.

Shapes: developers.intercom.com/docs/references/2.17/rest-api/api.intercom.io/articles (paging) and
github.com/intercom/Intercom-OpenAPI. It lists the articles changed last first.
"""

from collections.abc import AsyncIterator, Callable, Mapping

from bot.helpdesks.payload import Key, Many, Payload, Text
from bot.sources.articles import Article, Platform, bearer, needed, pages_of
from bot.sources.page import Pages, Refused
from knowledge.sources import SourceSettings

_NAME = "Intercom Articles"
_ADDRESS = "https://api.intercom.io"
_VERSION = {"Intercom-Version": "2.11"}
_AT_ONCE = 25


class _Article(Payload):
    id: Key
    title: Text = ""
    body: Text = ""
    state: Text = ""
    url: Text = ""
    parent_id: Text = ""
    parent_ids: Many[Text] = ()


class _Paging(Payload):
    page: int | None = None
    total_pages: int | None = None


class _Articles(Payload):
    data: Many[_Article]
    pages: _Paging | None = None
    total_count: int | None = None


def read(settings: SourceSettings, token: str, told: Callable[[int], None]) -> Pages:
    """The articles; `start` may be the id of the collection in which they are."""
    return pages_of(settings, _articles(settings, token, told))


async def _articles(
    settings: SourceSettings, token: str, told: Callable[[int], None]
) -> AsyncIterator[Article | Refused]:
    headers = bearer(needed(token, _NAME)) | _VERSION
    intercom = Platform(_NAME, settings.address or _ADDRESS, headers, private=settings.private)
    several = False
    async for answer in intercom.listing(_Articles, "/articles", _following, per_page=_AT_ONCE):
        if not several and answer.total_count:
            told(min(answer.total_count, settings.most))
        for article in _wanted(answer, settings.start):
            yield article
        several = several or _following(answer) is not None
    if several:
        # What was changed meanwhile has come to the front; without a second look it would seem to be gone.
        for article in _wanted(await intercom.ask(_Articles, "/articles", per_page=_AT_ONCE), settings.start):
            yield article


def _wanted(answer: _Articles, collection: str) -> list[Article]:
    return [
        Article(article.id, article.title, article.body, article.url)
        for article in answer.data
        if article.state == "published" and (not collection or collection in {article.parent_id, *article.parent_ids})
    ]


def _following(answer: _Articles) -> Mapping[str, str | int] | None:
    paging = answer.pages or _Paging()
    page = paging.page or 1
    return {"page": page + 1} if page < (paging.total_pages or 1) else None
