"""Notion: a page and all pages below it.

Shapes: developers.notion.com/reference/get-block-children, /reference/block, /reference/rich-text and
/reference/retrieve-a-page. Search and the pages of a database are listed only by POST, which is never sent; so the tree
of pages is followed, and a database within it is named as left out.
"""

import re
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from html import escape
from itertools import groupby
from typing import Annotated, Any, NamedTuple

from pydantic import BeforeValidator, model_validator

from bot.errors import SourceError
from bot.helpdesks.payload import Key, Many, Payload, Text
from bot.sources.articles import Article, Platform, bearer, needed, pages_of
from bot.sources.page import Pages, Refused
from knowledge.sources import SourceSettings

_NAME = "Notion"
_ADDRESS = "https://api.notion.com"
_VERSION = {"Notion-Version": "2025-09-03"}
_AT_ONCE = 100
_MOST_LISTINGS = 1_000
"""Blocks with blocks in them, of one page."""
_ID = re.compile(r"[0-9a-f]{32}$")
_LISTS = {"bulleted_list_item": "ul", "numbered_list_item": "ol", "to_do": "ul"}
_TAGS = {"heading_1": "h2", "heading_2": "h3", "heading_3": "h4", "heading_4": "h5", "code": "pre"}
"""The title is the heading above them all."""
_UNREAD = frozenset({"breadcrumb", "child_database", "child_page", "table_of_contents", "template"})
_Flag = Annotated[bool, BeforeValidator(bool)]


class _Marks(Payload):
    code: _Flag = False
    strikethrough: _Flag = False


class _Words(Payload):
    plain_text: Text = ""
    annotations: _Marks | None = None


class _Content(Payload):
    rich_text: Many[_Words] = ()
    caption: Many[_Words] = ()
    cells: Many[Many[_Words]] = ()
    title: Text = ""
    expression: Text = ""
    has_column_header: _Flag = False


class _Block(Payload):
    id: Key
    type: Text = ""
    has_children: _Flag = False
    in_trash: _Flag = False
    content: _Content = _Content()

    @model_validator(mode="before")
    @classmethod
    def _lifted(cls, value: Any) -> Any:
        """What a block holds stands under the name of its type."""
        return {**value, "content": value.get(value.get("type")) or {}} if isinstance(value, Mapping) else value


class _Blocks(Payload):
    results: Many[_Block]
    has_more: _Flag = False
    next_cursor: Text = ""


class _Property(Payload):
    type: Text = ""
    title: Many[_Words] = ()


class _Root(Payload):
    properties: Mapping[str, _Property] = {}


class _Node(NamedTuple):
    block: _Block
    below: list["_Node"]


def read(settings: SourceSettings, token: str, told: Callable[[int], None]) -> Pages:
    """The page whose address or id is at `start`, and those below it."""
    return pages_of(settings, _articles(settings, token, told))


async def _articles(
    settings: SourceSettings, token: str, told: Callable[[int], None]
) -> AsyncIterator[Article | Refused]:
    root = _ID.search(settings.start.partition("?")[0].replace("-", "").lower())
    if not root:
        raise SourceError(f"Write the address of a Notion page at `start` of {settings.name} in desk.yaml.")
    headers = bearer(needed(token, _NAME)) | _VERSION
    notion = Platform(_NAME, settings.address or _ADDRESS, headers, private=settings.private)
    waiting = deque([(root[0], _title(await notion.ask(_Root, f"/v1/pages/{root[0]}")))])
    seen = {root[0]}
    while waiting:
        told(min(len(seen), settings.most))
        key, title = waiting.popleft()
        page = _Reading(notion)
        html = _html(await page.below(key))
        below = [(each.id.replace("-", ""), each.content.title) for each in page.pages]
        waiting += [each for each in below if each[0] not in seen]
        seen |= {each[0] for each in below}
        for database in page.databases:
            yield Refused(
                what=database.content.title or f"a database in {title}",
                reason="Notion lists the pages of a database only to requests that I do not send. Move them below an "
                "ordinary page.",
                lasting=True,
            )
        if page.left <= 0:
            reason = "Too many of its blocks hold others. Split it into several pages."
            yield Refused(what=title or key, reason=reason, key=key)
        elif html or not (page.pages or page.databases):
            # A page without text that leads to others is a folder, and nothing is missing there.
            yield Article(key, title, html, f"https://www.notion.so/{key}")


def _title(root: _Root) -> str:
    titles = (each.title for each in root.properties.values() if each.type == "title")
    return "".join(each.plain_text for each in next(titles, ()))


class _Reading:
    """Reads the blocks of one page, and notes the pages and databases in it."""

    def __init__(self, notion: Platform) -> None:
        self.pages: list[_Block] = []
        self.databases: list[_Block] = []
        self.left = _MOST_LISTINGS
        self._notion = notion

    async def below(self, key: str) -> list[_Node]:
        """The blocks within a block, in their order."""
        nodes: list[_Node] = []
        path = f"/v1/blocks/{key}/children"
        async for answer in self._notion.listing(_Blocks, path, _following, page_size=_AT_ONCE):
            for block in answer.results:
                self.left -= block.has_children
                if block.in_trash:
                    continue
                if block.type == "child_page":
                    self.pages.append(block)
                elif block.type == "child_database":
                    self.databases.append(block)
                elif block.type not in _UNREAD:
                    wanted = block.has_children and self.left > 0
                    nodes.append(_Node(block, await self.below(block.id) if wanted else []))
        return nodes


def _following(answer: _Blocks) -> Mapping[str, str | int] | None:
    return {"start_cursor": answer.next_cursor} if answer.has_more and answer.next_cursor else None


def _html(nodes: Iterable[_Node]) -> str:
    """Blocks as HTML; items of a list that follow each other are one list."""
    parts: list[str] = []
    for tag, group in groupby(nodes, key=lambda node: _LISTS.get(node.block.type, "")):
        if tag:
            items = "".join(f"<li>{_words(node.block.content.rich_text)}{_html(node.below)}</li>" for node in group)
            parts.append(f"<{tag}>{items}</{tag}>")
        else:
            parts += map(_block, group)
    return "".join(parts)


def _block(node: _Node) -> str:
    content, kind = node.block.content, node.block.type
    if kind == "table":
        rows = [
            _row(each, "th" if content.has_column_header and not at else "td") for at, each in enumerate(node.below)
        ]
        return f"<table>{''.join(rows)}</table>"
    words = _words(content.rich_text, "\n" if kind == "code" else "<br>") or escape(content.expression)
    tag, caption = _TAGS.get(kind, "p"), _words(content.caption)
    own = (f"<{tag}>{words}</{tag}>" if words else "") + (f"<p>{caption}</p>" if caption else "")
    return own + _html(node.below)


def _row(node: _Node, tag: str) -> str:
    return f"<tr>{''.join(f'<{tag}>{_words(cell)}</{tag}>' for cell in node.block.content.cells)}</tr>"


def _words(words: Iterable[_Words], line_end: str = "<br>") -> str:
    written = []
    for each in words:
        marks = each.annotations or _Marks()
        text = escape(each.plain_text).replace("\n", line_end)
        text = f"<code>{text}</code>" if marks.code else text
        written.append(f"<s>{text}</s>" if marks.strikethrough else text)
    return "".join(written)
