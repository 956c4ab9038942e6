"""Front, as its Core API describes conversations, their messages and the comments on them.

Shapes: dev.frontapp.com/reference/conversations, /reference/messages, /reference/comments, /docs/pagination and
github.com/frontapp/front-api-specs.
"""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

from pydantic import Field

from bot.helpdesks.conversation import Conversation, Entry, in_order
from bot.helpdesks.door import Door
from bot.helpdesks.paging import read_pages
from bot.helpdesks.payload import File, Many, Moment, Named, Payload, Person, Text, fields_of, names_of
from knowledge.drafting.ticket import Author

_PAGE = 100
_MARKUP = re.compile(r"<[a-z!/]", re.IGNORECASE)


class _Recipient(Named):
    role: Text = ""


class _Conversation(Payload):
    id: str
    subject: Text = ""
    status: Text = ""
    status_category: Text = ""
    recipient: _Recipient | None = None
    tags: Many[Named] = ()
    custom_fields: Mapping[str, Any] | None = None
    created_at: Moment | None = None


class _Message(Payload):
    type: Text = ""
    is_inbound: bool
    draft_mode: Text = ""
    created_at: Moment | None = None
    author: Person | None = None
    recipients: Many[_Recipient] = ()
    body: Text = ""
    text: Text = ""
    attachments: Many[File] = ()


class _Comment(Payload):
    author: Person | None = None
    body: Text = ""
    posted_at: Moment | None = None
    attachments: Many[File] = ()


class _Next(Payload):
    next: Text = ""


class _Answer(Payload):
    pagination: _Next | None = Field(None, alias="_pagination")


class _MessagesAnswer(_Answer):
    results: tuple[_Message, ...] = Field(alias="_results")


class _CommentsAnswer(_Answer):
    results: tuple[_Comment, ...] = Field(alias="_results")


async def read(door: Door, ticket_id: str) -> Conversation:
    """A conversation with its messages, and its comments as notes, oldest first."""
    path = f"/conversations/{ticket_id}"
    shown = await door.get(_Conversation, path)
    sent = await read_pages(door, _MessagesAnswer, f"{path}/messages", _following, limit=_PAGE)
    noted = await read_pages(door, _CommentsAnswer, f"{path}/comments", _following)
    messages = [_entry(each) for page in sent for each in page.results if not each.draft_mode]
    notes = [_note(each) for page in noted for each in page.results]
    return Conversation(
        subject=shown.subject,
        requester=shown.recipient.name if shown.recipient else "",
        # Both come newest first.
        entries=in_order((*reversed(messages), *reversed(notes))),
        status=shown.status_category or shown.status,
        tags=tuple(tag.name for tag in shown.tags),
        fields=fields_of(shown.custom_fields or {}),
        opened_at=shown.created_at,
    )


def _following(answer: _Answer) -> dict[str, str] | None:
    """The mark of the next page; of the address that it stands in nothing else is taken."""
    query = parse_qs(urlsplit(answer.pagination.next).query) if answer.pagination else {}
    return {"page_token": query["page_token"][0]} if "page_token" in query else None


def _entry(message: _Message) -> Entry:
    sender = next((each.name for each in message.recipients if each.role == "from"), "")
    return Entry(
        author=Author.CUSTOMER if message.is_inbound else Author.AGENT,
        name=message.author.name if message.author else sender,
        at=message.created_at,
        text=message.text or message.body,
        # A text message has no markup in its body, nor any other text.
        html=message.body if _MARKUP.search(message.body) else "",
        internal=message.type == "internal",
        attachments=names_of(message.attachments),
    )


def _note(comment: _Comment) -> Entry:
    return Entry(
        author=Author.AGENT,
        name=comment.author.name if comment.author else "",
        at=comment.posted_at,
        text=comment.body,
        internal=True,
        attachments=names_of(comment.attachments),
    )
