"""Intercom, as its REST API describes conversations and their parts.

Shapes: developers.intercom.com/docs/references/2.11/rest-api/api.intercom.io/conversations/retrieveconversation and
github.com/intercom/Intercom-OpenAPI. Of a longer conversation it gives the opening message and the newest 500 parts.
"""

from collections.abc import Mapping
from typing import Any

from bot.helpdesks.conversation import Conversation, Entry
from bot.helpdesks.door import Door
from bot.helpdesks.message_text import message_text
from bot.helpdesks.payload import File, Many, Moment, Named, Payload, Text, fields_of, names_of, stars
from knowledge.drafting.ticket import Author

_COLLEAGUES = {"admin", "team", "bot", "operator"}
_SAID = {"comment", "quick_reply", "open", "close"}
"""Parts whose text the customer sees: a reply may open or close the conversation at once."""
_NOTED = {"note", "note_and_reopen", "assignment", "assign_and_reopen"}
"""Parts among colleagues. All others are events, such as a new tag."""


class _Author(Named):
    type: Text = ""


class _Part(Payload):
    part_type: Text = ""
    body: Text = ""
    author: _Author | None = None
    created_at: Moment | None = None
    attachments: Many[File] = ()


class _Source(_Part):
    subject: Text = ""


class _Parts(Payload):
    conversation_parts: Many[_Part] = ()


class _Tags(Payload):
    tags: Many[Named] = ()


class _Rating(Payload):
    rating: int | None = None


class _Conversation(Payload):
    id: str
    title: Text = ""
    state: Text = ""
    created_at: Moment | None = None
    source: _Source | None = None
    conversation_parts: _Parts | None = None
    tags: _Tags | None = None
    custom_attributes: Mapping[str, Any] | None = None
    conversation_rating: _Rating | None = None


async def read(door: Door, ticket_id: str) -> Conversation:
    """A conversation: the message that began it, and its parts, oldest first."""
    found = await door.get(_Conversation, f"/conversations/{ticket_id}")
    source = found.source or _Source()
    opening = source.model_copy(update={"part_type": "comment", "created_at": found.created_at})
    parts = found.conversation_parts.conversation_parts if found.conversation_parts else ()
    return Conversation(
        subject=message_text("", source.subject or found.title).text,
        entries=tuple(_entry(part) for part in (opening, *parts) if part.part_type in _SAID | _NOTED),
        status=found.state,
        tags=tuple(tag.name for tag in found.tags.tags) if found.tags else (),
        fields=fields_of(found.custom_attributes or {}),
        opened_at=found.created_at,
        satisfaction=stars(found.conversation_rating.rating) if found.conversation_rating else "",
    )


def _entry(part: _Part) -> Entry:
    author = part.author or _Author()
    return Entry(
        author=Author.AGENT if author.type in _COLLEAGUES else Author.CUSTOMER,
        name=author.name,
        at=part.created_at,
        html=part.body,
        internal=part.part_type in _NOTED,
        attachments=names_of(part.attachments),
    )
