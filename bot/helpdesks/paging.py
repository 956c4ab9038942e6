"""Paging: the pages of a long answer, one after another."""

from collections.abc import Callable, Mapping
from itertools import count
from typing import TypeVar

from pydantic import BaseModel

from bot.helpdesks.door import Door
from bot.helpdesks.payload import Listing, Payload

L = TypeVar("L", bound=Payload)
P = TypeVar("P", bound=BaseModel)
_MOST = 40
_FULL = 100


async def read_pages(
    door: Door,
    shape: type[P],
    path: str,
    following: Callable[[P], Mapping[str, str | int] | None],
    **query: str | int,
) -> list[P]:
    """The pages at a path, 40 at most.

    `following` says with which number or mark the page after one is asked for, and nothing for the last. An address
    in an answer is never followed.
    """
    pages: list[P] = []
    while len(pages) < _MOST:
        pages.append(await door.get(shape, path, **query))
        more = following(pages[-1])
        if not more:
            break
        query |= more
    return pages


async def read_listing(door: Door, shape: type[Listing[L]], path: str) -> list[L]:
    """What is in the arrays at a path, where pages have numbers and a page that is not full is the last one."""
    numbers = count(2)
    pages = await read_pages(
        door,
        shape,
        path,
        lambda page: {"page": next(numbers)} if len(page.root) == _FULL else None,
        per_page=_FULL,
    )
    return [each for page in pages for each in page.root]
