"""Roundup, as its REST API describes issues and their messages.

Shapes: roundup-tracker.org/docs/rest.html, and the answers of a running Roundup 2.6.
"""

from asyncio import gather
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, Field

from bot.helpdesks.conversation import Conversation, Entry
from bot.helpdesks.door import Door
from bot.helpdesks.payload import File, Many, Moment, Payload, Text, fields_of, names_of
from knowledge.drafting.ticket import Author

_PAGE = 25
"""Messages that are asked for at once; each may be long."""
_MOST = 500
"""Messages that are read: the first one and the newest."""
_NAMELESS = "unnamed"
"""What Roundup calls a part of a mail that has no name: the HTML form of its text."""
_SHOWN = "author,author.realname,content,creation,date,files,type"


def _moment(value: Any) -> Any:
    return datetime.strptime(value, "%Y-%m-%d.%H:%M:%S") if isinstance(value, str) else value  # noqa: DTZ007 - UTC.


def _readable(value: Any) -> Any:
    # What is not UTF-8 is a link to itself.
    return value if isinstance(value, str) else ""


_Moment = Annotated[Moment | None, BeforeValidator(_moment)]


class _User(Payload):
    id: str
    username: Text = ""


class _Named(Payload):
    name: Text = ""


class _Numbered(Payload):
    id: int


class _Issue(Payload):
    """An issue. Fields of a tracker's own stand beside the usual ones."""

    model_config = ConfigDict(extra="allow")

    title: Text
    creator: _User | None = None
    creation: _Moment = None
    status: _Named | None = None
    keyword: Many[_Named] = ()
    messages: Many[_Numbered] = ()
    files: Many[File] = ()


class _IssueData(Payload):
    attributes: _Issue


class _IssueAnswer(Payload):
    data: _IssueData


class _Message(_Numbered):
    author: _User | None = None
    realname: Text = Field("", alias="author.realname")
    content: Annotated[str, BeforeValidator(_readable)] = ""
    creation: _Moment = None
    date: _Moment = None
    files: Many[File] = ()
    type: Text = ""


class _MessagesData(Payload):
    collection: tuple[_Message, ...]


class _MessagesAnswer(Payload):
    data: _MessagesData


async def read(door: Door, ticket_id: str) -> Conversation:
    """An issue with its messages, in the order they were written."""
    asked: dict[str, str | int] = {"@verbose": 2, "@protected": "true"}
    issue = (await door.get(_IssueAnswer, f"/issue/{ticket_id}", **asked)).data.attributes
    ids = sorted(message.id for message in issue.messages)
    ids = ids[:1] + ids[1:][1 - _MOST :]
    read = await gather(*(_messages(door, ids[at : at + _PAGE]) for at in range(0, len(ids), _PAGE)))
    messages = [message for some in read for message in some]
    return Conversation(
        subject=issue.title,
        # Files that were handed in over the web belong to the issue alone; they stand with its first message.
        entries=tuple(
            _entry(message, issue.creator, message.files if number else message.files + issue.files)
            for number, message in enumerate(messages)
        ),
        status=issue.status.name if issue.status else "",
        tags=tuple(each.name for each in issue.keyword),
        fields=fields_of({name: _label(value) for name, value in (issue.model_extra or {}).items()}),
        opened_at=issue.creation,
    )


async def _messages(door: Door, ids: list[int]) -> list[_Message]:
    asked: dict[str, str | int | tuple[str, ...]] = {"id": tuple(map(str, ids)), "@verbose": 3, "@fields": _SHOWN}
    shown = await door.get(_MessagesAnswer, "/msg", **asked)
    return sorted(shown.data.collection, key=lambda message: message.id)


def _label(value: Any) -> Any:
    """A link's label: what it shows beside its number and address, such as the name of a priority."""
    if not isinstance(value, Mapping):
        return value
    return next((label for name, label in value.items() if name not in {"id", "link"}), None)


def _entry(message: _Message, creator: _User | None, files: tuple[File, ...]) -> Entry:
    # Roundup does not tell who works there: whoever opened the issue is the customer.
    author = message.author
    customer = author is not None and creator is not None and author.id == creator.id
    html = message.type == "text/html"
    return Entry(
        author=Author.CUSTOMER if customer else Author.AGENT,
        name=message.realname or (author.username if author else ""),
        at=message.date or message.creation,
        text="" if html else message.content,
        html=message.content if html else "",
        attachments=names_of(tuple(file for file in files if file.name != _NAMELESS)),
    )
