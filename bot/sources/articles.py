"""Articles: what a platform holds behind a JSON API, read through the door that can only GET, as pages of a source."""

import asyncio
import base64
import re
from collections.abc import AsyncIterator, Callable, Mapping
from html import escape
from typing import NamedTuple, TypeVar

from pydantic import BaseModel

from bot.errors import HelpdeskError, SourceError
from bot.helpdesks.door import Access, open_door
from bot.sources.page import Page, Pages, Refused, reason_of
from knowledge.documents.formats.html import markdown_of_html
from knowledge.errors import DeskFileError
from knowledge.sources import SourceSettings

P = TypeVar("P", bound=BaseModel)
_MOST_ANSWERS = 4_000
"""Answers of one listing."""
_STATUS = re.compile(r"\((\d{3})\)")
_WHOLE_PAGE = re.compile(r"</?(?:html|body|main|article)\b[^>]*>", re.IGNORECASE)


class Article(NamedTuple):
    """A document of a platform; its text is HTML."""

    key: str
    title: str
    html: str
    url: str = ""

    def page(self) -> Page | Refused:
        """The article as Markdown below its title, or why it is none."""
        what = self.title.strip() or f"{self.url or self.key} (without a title)"
        if not self.title.strip():
            return Refused(what=what, reason="It has no title. Give it one where it is written.", key=self.key)
        # All of the text is the article's own, so that no box within is taken to be the main part of a page.
        body = _WHOLE_PAGE.sub("", self.html)
        html = f'<main><article itemprop="articleBody"><h1>{escape(self.title)}</h1>{body}</article></main>'
        try:
            markdown = markdown_of_html(html, self.url, what).markdown
        except DeskFileError as error:
            return Refused(what=what, reason=reason_of(error, what), key=self.key)
        heading, _, text = markdown.partition("\n\n")
        if text.startswith(f"{heading}\n"):
            text = text.removeprefix(heading).lstrip("\n")
        if not text.strip():
            return Refused(
                what=what, reason="It has no text. Write some where it is kept, or unpublish it.", key=self.key
            )
        url = self.url if self.url.startswith("https://") else ""
        return Page(key=self.key, title=self.title.strip(), markdown=f"{heading}\n\n{text}", url=url)


async def pages_of(settings: SourceSettings, articles: AsyncIterator[Article | Refused]) -> Pages:
    """Each article once, as a page; `settings.most` of them, and a word where there are more."""
    seen: set[str] = set()
    async for each in articles:
        if isinstance(each, Refused):
            yield each
        elif each.key not in seen:
            if len(seen) == settings.most:
                yield Refused(
                    what=settings.name,
                    reason=f"It holds more than {settings.most:,} documents, and the rest was not read. Raise `most` "
                    "for it in desk.yaml.",
                )
                return
            seen.add(each.key)
            yield await asyncio.to_thread(each.page)


class Platform:
    """A platform's API. Each question has a door of its own, for a source takes longer than a ticket may."""

    def __init__(self, name: str, address: str, headers: Mapping[str, str], *, private: bool) -> None:
        self._access = Access(name=name, api=address.rstrip("/"), headers=dict(headers), private=private)

    async def ask(self, shape: type[P], path: str, **query: str | int) -> P:
        """What is at a path. Raises `SourceError` with a sentence for each way to fail."""
        try:
            async with open_door(self._access) as door:
                return await door.get(shape, path, **query)
        except HelpdeskError as error:
            raise SourceError(self._sentence(str(error))) from error

    async def listing(
        self, shape: type[P], path: str, following: Callable[[P], Mapping[str, str | int] | None], **query: str | int
    ) -> AsyncIterator[P]:
        """The answers of a long list, one after another.

        `following` says with which number or mark the answer after one is asked for, and nothing for the last. An
        address in an answer is never followed.
        """
        for _ in range(_MOST_ANSWERS):
            answer = await self.ask(shape, path, **query)
            yield answer
            more = following(answer)
            if not more:
                return
            if more.items() <= query.items():
                break
            query |= more
        raise SourceError(f"{self._access.name} goes on listing without an end. Try again later, or report this line.")

    def _sentence(self, said: str) -> str:
        """What the door says of a ticket, said of documents."""
        name, found = self._access.name, _STATUS.search(said)
        status = found[1] if found else ""
        if status == "401" and "Authorization" not in self._access.headers:
            return f"{name} wants a token (401). Put one for this source into the environment and restart."
        if status == "403":
            return f"{name} does not let us read the documents (403). Ask an admin to give the token read access."
        if status in {"404", "410"}:
            return (
                f"{name} has nothing at this place, or does not show it to this token ({status}). Check `address` and "
                "`start` of this source in desk.yaml."
            )
        if status.startswith("3"):
            return f"{name} points elsewhere ({status}). Correct the address of this source in desk.yaml."
        return said.replace("read of one ticket, so", "read at once, so")


def needed(token: str, name: str) -> str:
    """The token of a platform that shows nothing without one."""
    if not token:
        raise SourceError(f"{name} wants a token. Put one for this source into the environment and restart.")
    return token


def bearer(token: str) -> dict[str, str]:
    """The header that carries a token by itself."""
    return {"Authorization": f"Bearer {token}"}


def basic(user: str, token: str) -> dict[str, str]:
    """The header that carries a user and a token."""
    return {"Authorization": "Basic " + base64.b64encode(f"{user}:{token}".encode()).decode()}
