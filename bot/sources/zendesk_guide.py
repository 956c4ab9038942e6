"""Zendesk Guide: the published articles of a help centre.

Shapes: developer.zendesk.com/api-reference/help_center/help-center-api/articles/ and .../help_center_locales/. A public
help centre needs no token; who comes without one must name a locale, so the default one is looked up.
"""

import re
from collections.abc import AsyncIterator, Callable, Mapping

from bot.errors import SourceError
from bot.helpdesks.payload import Key, Many, Payload, Text
from bot.sources.articles import Article, Platform, basic, bearer, pages_of
from bot.sources.page import Pages, Refused
from knowledge.sources import SourceSettings

_NAME = "Zendesk Guide"
_AT_ONCE = 30
_FOR_SOME = (
    "It is for signed-in or internal readers alone. To use it, write an `audience` for this source in desk.yaml, and "
    "read the others by a source of their own, without a token."
)
_LOCALE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,2}")


class _Article(Payload):
    id: Key
    title: Text = ""
    body: Text = ""
    html_url: Text = ""
    draft: bool | None = None
    user_segment_id: Key | None = None


class _Meta(Payload):
    has_more: bool | None = None
    after_cursor: Text = ""


class _Articles(Payload):
    articles: Many[_Article]
    meta: _Meta | None = None


class _Locales(Payload):
    default_locale: Text = ""


def read(settings: SourceSettings, token: str, told: Callable[[int], None]) -> Pages:
    """The articles; `start` may name the locale in which they are read."""
    return pages_of(settings, _articles(settings, token, told))


async def _articles(
    settings: SourceSettings, token: str, told: Callable[[int], None]
) -> AsyncIterator[Article | Refused]:
    headers = _headers(settings.user, token)
    guide = Platform(_NAME, settings.address, headers, private=settings.private)
    locale = settings.start
    if not locale and not token:
        locale = (await guide.ask(_Locales, "/api/v2/help_center/locales.json")).default_locale
    if locale and not _LOCALE.fullmatch(locale):
        raise SourceError(f"{locale[:40]!r} is no locale: write one such as `en-us` at `start` of {settings.name}.")
    path = "/api/v2/help_center" + (f"/{locale.lower()}" if locale else "") + "/articles.json"
    listed = 0
    async for answer in guide.listing(_Articles, path, _following, **{"page[size]": _AT_ONCE}):
        published = [article for article in answer.articles if not article.draft]
        listed += len(published)
        told(min(listed, settings.most))
        for article in published:
            if article.user_segment_id and not settings.audience:
                yield Refused(what=article.title, reason=_FOR_SOME, key=article.id, lasting=True)
            else:
                yield Article(article.id, article.title, article.body, article.html_url)


def _following(answer: _Articles) -> Mapping[str, str | int] | None:
    meta = answer.meta or _Meta()
    return {"page[after]": meta.after_cursor} if meta.has_more and meta.after_cursor else None


def _headers(user: str, token: str) -> dict[str, str]:
    if not token:
        return {}
    return basic(f"{user}/token", token) if user else bearer(token)
