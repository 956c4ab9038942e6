"""Chatwoot, as its application API describes conversations and their messages.

Shapes: developers.chatwoot.com/api-reference/conversations/conversation-details and, for how messages are paged,
github.com/chatwoot/chatwoot/blob/develop/app/finders/message_finder.rb.
"""

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from pydantic import AliasPath, Field

from bot.helpdesks.conversation import Conversation, Entry
from bot.helpdesks.door import Door
from bot.helpdesks.paging import read_pages
from bot.helpdesks.payload import Many, Moment, Payload, Text, fields_of, stars
from knowledge.drafting.ticket import Author

_PAGE = 20
"""Messages on a page, as Chatwoot has it."""
_INCOMING, _OUTGOING = 0, 1
"""Messages that somebody wrote; other kinds tell of events, or greet and ask for stars by themselves."""


class _Customer(Payload):
    name: Text = ""
    custom_attributes: Mapping[str, Any] | None = None


class _Conversation(Payload):
    id: int
    subject: Text = Field("", validation_alias=AliasPath("additional_attributes", "mail_subject"))
    customer: _Customer | None = Field(None, validation_alias=AliasPath("meta", "sender"))
    status: Text = ""
    labels: Many[str] = ()
    custom_attributes: Mapping[str, Any] | None = None
    created_at: Moment | None = None


class _File(Payload):
    data_url: Text = ""
    fallback_title: Text = ""

    @property
    def name(self) -> str:
        """What stands last in its address, since nothing else names it."""
        return PurePosixPath(unquote(urlsplit(self.data_url).path)).name or self.fallback_title or "a file"


class _Message(Payload):
    id: int
    message_type: int
    private: bool
    content: Text = ""
    deleted: Any = Field(None, validation_alias=AliasPath("content_attributes", "deleted"))
    stars: int | None = Field(
        None, validation_alias=AliasPath("content_attributes", "submitted_values", "csat_survey_response", "rating")
    )
    sender: Text = Field("", validation_alias=AliasPath("sender", "name"))
    created_at: Moment | None = None
    attachments: Many[_File] = ()


class _MessagesAnswer(Payload):
    payload: tuple[_Message, ...]


async def read(door: Door, ticket_id: str) -> Conversation:
    """A conversation with its messages, oldest first."""
    path = f"/conversations/{ticket_id}"
    shown = await door.get(_Conversation, path)
    pages = await read_pages(door, _MessagesAnswer, f"{path}/messages", _following)
    # The page of the newest comes first, and each page begins with its oldest.
    messages = [message for page in reversed(pages) for message in page.payload]
    customer = shown.customer or _Customer()
    given = [message.stars for message in messages if message.stars]
    return Conversation(
        subject=shown.subject,
        requester=customer.name,
        entries=tuple(_entry(each) for each in messages if _is_entry(each)),
        status=shown.status,
        tags=shown.labels,
        fields=fields_of({**(customer.custom_attributes or {}), **(shown.custom_attributes or {})}),
        opened_at=shown.created_at,
        satisfaction=stars(given[-1] if given else None),
    )


def _following(answer: _MessagesAnswer) -> dict[str, int] | None:
    ids = [message.id for message in answer.payload]
    return {"before": min(ids)} if len(ids) >= _PAGE else None


def _is_entry(message: _Message) -> bool:
    return message.message_type in {_INCOMING, _OUTGOING} and not message.deleted


def _entry(message: _Message) -> Entry:
    return Entry(
        author=Author.CUSTOMER if message.message_type == _INCOMING else Author.AGENT,
        name=message.sender,
        at=message.created_at,
        text=message.content,
        internal=message.private,
        attachments=tuple(each.name for each in message.attachments),
    )
