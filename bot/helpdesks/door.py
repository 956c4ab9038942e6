"""Door: the only way to a helpdesk. It reads JSON, and it can do nothing else: no verb but GET is in this room."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import NamedTuple, TypeVar
from urllib.parse import urlsplit

import aiohttp
from pydantic import BaseModel, ValidationError
from yarl import URL

from bot.errors import HelpdeskError
from bot.helpdesks.addresses import CheckedResolver, Forbidden, is_address, may_be_asked

P = TypeVar("P", bound=BaseModel)
_LARGEST = 4 * 1024**2
"""Bytes of one answer."""
_MOST_IN_ALL = 16 * 1024**2
"""Bytes of all answers for one ticket."""
_TIMEOUT = aiohttp.ClientTimeout(total=15, connect=5)
"""Seconds for one request."""
_IN_ALL = 45
"""Seconds for one ticket."""
_TRIES = 3
_LONGEST_WAIT = 10.0
"""Seconds that a helpdesk may ask us to wait; what takes longer is told instead."""
_PASSING = frozenset({429, 500, 502, 503, 504})


class Access(NamedTuple):
    """How a helpdesk is reached."""

    name: str
    """The product, as people are told of it."""
    api: str
    """Where its API is, with no slash at the end."""
    headers: dict[str, str]
    fields: tuple[str, ...] = ()
    """Its fields that desk.yaml names."""
    private: bool = False
    """Whether it may be at a private address."""
    pause: float = 0.5
    """Seconds before a second try, doubled for each further one."""


class Door:
    """Reads what one helpdesk answers. Every path is one of our own; nothing of a link but the id is in it."""

    def __init__(self, session: aiohttp.ClientSession, access: Access) -> None:
        self._session = session
        self._access = access
        self._left = _MOST_IN_ALL

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that desk.yaml names, for a helpdesk that gives none unasked."""
        return self._access.fields

    async def get(self, shape: type[P], path: str, **query: str | int | tuple[str, ...]) -> P:
        """What is at a path below the API's address, as a `Payload`, or `Listing[_Comment]` for an array.

        A name in the query that has several values is written as often. Raises `HelpdeskError` with a sentence for each
        way to fail.
        """
        body = await self._body(self._access.api + path, query)
        name = self._access.name
        try:
            return shape.model_validate(json.loads(body))
        except ValidationError as error:
            where = ".".join(map(str, error.errors()[0]["loc"]))[:80]
            raise HelpdeskError(
                f"{name} answered in a form I do not know (at {where}). Check its address and kind in desk.yaml; if "
                "those are right, please report this line."
            ) from error
        except (ValueError, RecursionError) as error:
            raise HelpdeskError(
                f"{name} answered with something that is not JSON, as sign-in pages do. Check its address in desk.yaml."
            ) from error

    async def _body(self, address: str, query: Mapping[str, str | int | tuple[str, ...]]) -> bytes:
        for attempt in range(1, _TRIES + 1):
            try:
                async with self._session.get(URL(address).with_query(query), allow_redirects=False) as answer:
                    if answer.status not in _PASSING or attempt == _TRIES:
                        return await self._taken(answer)
                    wait = _seconds(answer.headers.get("Retry-After", ""))
                    if wait is not None and wait > _LONGEST_WAIT:
                        return await self._taken(answer)
            except aiohttp.ClientError as error:
                if attempt == _TRIES or isinstance(error.__cause__, Forbidden):
                    raise HelpdeskError(self._unreachable(error)) from error
                wait = None
            await asyncio.sleep(self._access.pause * 2 ** (attempt - 1) if wait is None else wait)
        raise AssertionError

    async def _taken(self, answer: aiohttp.ClientResponse) -> bytes:
        if answer.status != 200:
            raise HelpdeskError(_refused(self._access.name, answer.status, answer.headers.get("Retry-After", "")))
        body = bytearray()
        async for piece in answer.content.iter_chunked(65_536):
            body += piece
            if len(body) > min(_LARGEST, self._left):
                raise HelpdeskError(f"{self._access.name} sent more than I read of one ticket, so I read none of it.")
        self._left -= len(body)
        return bytes(body)

    def _unreachable(self, error: aiohttp.ClientError) -> str:
        name, host = self._access.name, urlsplit(self._access.api).hostname
        if isinstance(error.__cause__, Forbidden):
            return (
                f"{host} leads to a private address, so {name} was not asked. If it is in your own network, write "
                "`private: true` for it in desk.yaml."
            )
        return f"{name} cannot be reached at {host}. Check the address in desk.yaml, or try again in a moment."


@asynccontextmanager
async def open_door(access: Access) -> AsyncIterator[Door]:
    """A door for one ticket, closed afterwards. Raises `HelpdeskError` where it takes too long."""
    host = urlsplit(access.api).hostname or ""
    if is_address(host) and not may_be_asked(host, private=access.private):
        raise HelpdeskError(
            f"{host} is a private address, so {access.name} was not asked. If it is in your own network, write "
            "`private: true` for it in desk.yaml."
        )
    connector = aiohttp.TCPConnector(resolver=CheckedResolver(private=access.private), limit=4)
    session = aiohttp.ClientSession(
        connector=connector,
        headers={"Accept": "application/json", "User-Agent": "Proofdesk", **access.headers},
        timeout=_TIMEOUT,
        trust_env=False,
        cookie_jar=aiohttp.DummyCookieJar(),
    )
    async with session:
        try:
            async with asyncio.timeout(_IN_ALL):
                yield Door(session, access)
        except TimeoutError as error:
            raise HelpdeskError(f"{access.name} did not answer in time. Try again in a moment.") from error


def _refused(name: str, status: int, retry_after: str) -> str:
    match status:
        case 401:
            return f"{name} does not take the token (401). Ask an admin to renew it in the environment and restart."
        case 403:
            return f"{name} does not let this token read the ticket (403). Ask an admin to give it read access."
        case 404:
            return f"{name} says this ticket does not exist, or the token may not read it (404)."
        case 410:
            return f"{name} says this ticket is gone: deleted, or merged into another one (410). Post that one's link."
        case 429:
            wait = _seconds(retry_after)
            when = f"in {wait:.0f} seconds" if wait else "in a minute"
            return f"{name} is asked too often just now (429). Try again {when}."
        case _ if 300 <= status < 400:
            return (
                f"{name} points elsewhere ({status}): the ticket was merged into another one, or the address in "
                "desk.yaml is an old one. Post the other ticket's link, or correct the address."
            )
        case _ if status >= 500:
            return f"{name} has trouble of its own ({status}). Try again in a moment."
        case _:
            return f"{name} refused the request ({status}). Check its address and token with `proofdesk doctor`."


def _seconds(retry_after: str) -> float | None:
    return float(retry_after) if retry_after.isdigit() and len(retry_after) < 6 else None
