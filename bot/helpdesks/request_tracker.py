"""Request Tracker, as its REST 2.0 describes tickets, their history and what was attached.

Shapes: docs.bestpractical.com/rt/5.0.3/RT/REST2.html, and the answers of a running RT 5.0.3.
"""

import json
from asyncio import gather
from collections import defaultdict
from collections.abc import Collection, Sequence
from html import escape
from typing import Any, Generic, TypeVar
from urllib.parse import quote

from pydantic import ConfigDict, Field
from pydantic.alias_generators import to_pascal

from bot.helpdesks.conversation import Conversation, Entry
from bot.helpdesks.door import Door
from bot.helpdesks.paging import read_pages
from bot.helpdesks.payload import Many, Moment, Payload, Text, fields_of
from knowledge.drafting.ticket import Author

_PAGE = 100
_BODIES = 10
"""Texts on one page; each may be long."""
_MOST = 500
"""Messages that are read: the first one and the newest."""
_READABLE = ("text/plain", "text/html")
_NAMELESS = {"field": "Filename", "operator": "IS", "value": "NULL"}
_ALTERNATIVE = "multipart/alternative"
_NOTE = "Comment"
_AUTOMATIC = "RT_System"


class _Record(Payload):
    """What RT stores, its columns named as in `RealName`; `id`, `name` and `values` are the API's own."""

    model_config = ConfigDict(alias_generator=to_pascal)


R = TypeVar("R", bound=_Record)


class _Page(Payload, Generic[R]):
    items: tuple[R, ...]
    page: int = 1


class _Member(_Record):
    """A user by name; or a group, which has a number for one."""

    id: str = Field(alias="id")


class _Field(_Record):
    name: Text = Field("", alias="name")
    values: Many[Any] = Field((), alias="values")


class _Ticket(_Record):
    subject: Text
    status: Text = ""
    created: Moment | None = None
    requestor: Many[_Member] = ()
    custom_fields: Many[_Field] = ()


class _User(_Record):
    name: Text = ""
    real_name: Text = ""


class _Creator(_User):
    id: int = Field(alias="id")


class _Transaction(_Record):
    id: int = Field(alias="id")
    type: Text
    created: Moment | None = None
    creator: _Creator


class _Colleague(_User):
    privileged: bool


class _Part(_Record):
    id: int = Field(alias="id")
    transaction_id: int
    content_type: Text = ""
    filename: Text = ""
    content: Text = ""

    @property
    def is_html(self) -> bool:
        return self.content_type == "text/html"


async def read(door: Door, ticket_id: str) -> Conversation:
    """A ticket with what was said on it, in the order it was written."""
    ticket = await door.get(_Ticket, f"/ticket/{ticket_id}")
    said, notes = await gather(_history(door, ticket_id, "Create", "Correspond"), _history(door, ticket_id, _NOTE))
    history = sorted(said + notes, key=lambda each: each.id)
    history = history[:1] + history[1:][1 - _MOST :]
    parts = await _parts(door, [each.id for each in history])
    requestors = [member.id for member in ticket.requestor]
    others = (each.creator for each in history if each.type != _NOTE)
    staff = await _staff(door, {each.id for each in others if each.name not in {*requestors, _AUTOMATIC}})
    return Conversation(
        subject=ticket.subject,
        requester=await _requester(door, requestors, said),
        entries=tuple(_entry(each, parts[each.id], staff) for each in history),
        status=ticket.status,
        fields=fields_of({field.name: field.values[0] for field in ticket.custom_fields if len(field.values) == 1}),
        opened_at=ticket.created,
    )


async def _history(door: Door, ticket_id: str, *types: str) -> list[_Transaction]:
    asked: dict[str, str | int] = {"fields": "Type,Created,Creator", "fields[Creator]": "id,Name,RealName"}
    return await _all(door, _Page[_Transaction], f"/ticket/{ticket_id}/history", _PAGE, _only(Type=types), **asked)


async def _parts(door: Door, transactions: Sequence[int]) -> dict[int, list[_Part]]:
    """The parts of each transaction: texts with their content, the rest by type and name alone."""
    by_hundreds = [transactions[start : start + _PAGE] for start in range(0, len(transactions), _PAGE)]
    read = await gather(*(_parts_of(door, some) for some in by_hundreds))
    found: dict[int, list[_Part]] = defaultdict(list)
    for part in sorted((part for some in read for part in some), key=lambda part: part.id):
        found[part.transaction_id].append(part)
    return found


async def _parts_of(door: Door, transactions: Sequence[int]) -> list[_Part]:
    kinds, texts = await gather(
        _attachments(door, _PAGE, "ContentType,Filename", _only(TransactionId=transactions)),
        _attachments(
            door,
            _BODIES,
            "ContentType,Content",
            [*_only(TransactionId=transactions, ContentType=_READABLE), _NAMELESS],
        ),
    )
    content = {part.id: part for part in texts}
    return [content.get(part.id, part) for part in kinds]


async def _attachments(door: Door, size: int, fields: str, query: list[dict[str, Any]]) -> list[_Part]:
    return await _all(door, _Page[_Part], "/attachments", size, query, fields=f"TransactionId,{fields}")


def _only(**columns: Sequence[Any]) -> list[dict[str, Any]]:
    return [{"field": name, "operator": "IN", "value": list(values)} for name, values in columns.items()]


async def _all(
    door: Door, shape: type[_Page[R]], path: str, size: int, query: list[dict[str, Any]], **asked: str | int
) -> list[R]:
    # Only a superuser is told how many pages there are, and what a token may not read is missing from a page. But of
    # what is asked here a token may read all or nothing, so a page that is not full is the last.
    pages = await read_pages(
        door,
        shape,
        path,
        lambda page: {"page": page.page + 1} if len(page.items) == size else None,
        **{**asked, "query": json.dumps(query), "orderby": "id", "per_page": size},
    )
    return [item for page in pages for item in page.items]


async def _staff(door: Door, users: Collection[int]) -> set[int]:
    """Who of them works there; RT calls those privileged. Whoever is not known to is a customer."""
    shown = await gather(*(door.get(_Colleague, f"/user/{user}") for user in users))
    return {user for user, colleague in zip(users, shown, strict=True) if colleague.privileged}


async def _requester(door: Door, requestors: list[str], said: list[_Transaction]) -> str:
    """The first requestor's name, looked up where they have not written themselves."""
    # A group's number, and a name of digits, would be taken for the number of a user.
    if not requestors or requestors[0].isdigit():
        return ""
    wrote = (each.creator for each in said if each.creator.name == requestors[0])
    return _name(next(wrote, None) or await door.get(_User, f"/user/{quote(requestors[0], safe='')}"))


def _name(user: _User) -> str:
    return user.real_name or ("" if "@" in user.name else user.name)


def _entry(transaction: _Transaction, parts: list[_Part], staff: set[int]) -> Entry:
    internal = transaction.type == _NOTE
    creator = transaction.creator
    agent = internal or creator.id in staff or creator.name == _AUTOMATIC
    text, html = _body(parts)
    return Entry(
        author=Author.AGENT if agent else Author.CUSTOMER,
        name=_name(creator),
        at=transaction.created,
        text=text,
        html=html,
        internal=internal,
        attachments=tuple(part.filename for part in parts if part.filename),
    )


def _body(parts: list[_Part]) -> tuple[str, str]:
    """A message's text and HTML; RT keeps a mail's parts as they came, containers before what is in them."""
    texts = [(part, before) for before, part in zip([None, *parts], parts, strict=False) if part.content]
    if not any(part.is_html for part, _ in texts):
        return "\n\n".join(part.content for part, _ in texts), ""
    # A plain text that opens an alternative says the same as the HTML after it.
    alone = [part for part, before in texts if part.is_html or before is None or before.content_type != _ALTERNATIVE]
    return "", "\n".join(part.content if part.is_html else _as_html(part.content) for part in alone)


def _as_html(text: str) -> str:
    return "<p>" + escape(text).replace("\n", "<br>") + "</p>"
