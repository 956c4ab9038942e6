"""HubSpot: a ticket of the CRM, and the messages of the conversation threads that belong to it.

Shapes: developers.hubspot.com/docs/api-reference/crm-tickets-v3/guide, .../crm-associations-v4/guide,
.../crm-pipelines-v3/guide and .../conversations-conversations-inbox-&-messages-v3/guide.
"""

from pydantic import AliasPath, ConfigDict, Field

from bot.errors import HelpdeskError
from bot.helpdesks.conversation import Conversation, Entry, in_order
from bot.helpdesks.door import Door
from bot.helpdesks.paging import read_pages
from bot.helpdesks.payload import CamelPayload, File, Key, Many, Moment, Payload, Text, fields_of, names_of
from knowledge.drafting.ticket import Author

_PAGE = 100
_MOST_THREADS = 20
_TO_THREAD = 32
"""How a ticket is associated with a thread; with what holds no messages of its own it is so otherwise."""


class _Properties(Payload):
    """What was asked for; fields of a company's own stand beside the usual ones."""

    model_config = ConfigDict(extra="allow")

    subject: Text = ""
    content: Text = ""
    createdate: Moment | None = None
    hs_pipeline: Key | None = None
    hs_pipeline_stage: Key | None = None
    hs_feedback_last_ces_rating: Text = ""


class _Ticket(Payload):
    properties: _Properties


class _Stage(Payload):
    label: Text = ""


class _Association(CamelPayload):
    type_id: int


class _Associated(CamelPayload):
    to_object_id: int
    association_types: Many[_Association] = ()


class _AssociationsAnswer(Payload):
    results: tuple[_Associated, ...]


class _File(File):
    type: Text = ""


class _Content(CamelPayload):
    text: Text = ""
    rich_text: Text = ""


class _Message(_Content):
    id: Key
    type: str
    direction: Text = ""
    truncation_status: Text = ""
    sender: Text = Field("", validation_alias=AliasPath("senders", 0, "name"))
    created_at: Moment | None = None
    attachments: Many[_File] = ()


class _MessagesAnswer(Payload):
    results: tuple[_Message, ...]
    after: Text = Field("", validation_alias=AliasPath("paging", "next", "after"))


async def read(door: Door, ticket_id: str) -> Conversation:
    """A ticket with the messages of its threads, oldest first."""
    asked = ",".join((*_Properties.model_fields, *door.fields))
    ticket = (await door.get(_Ticket, f"/crm/v3/objects/tickets/{ticket_id}", properties=asked)).properties
    entries = [entry for thread in await _threads(door, ticket_id) for entry in await _entries(door, thread)]
    if all(entry.internal for entry in entries):
        # A form or a call made the ticket, and what was said then stands in itself.
        entries.append(Entry(author=Author.CUSTOMER, at=ticket.createdate, text=ticket.content))
    rating = ticket.hs_feedback_last_ces_rating
    return Conversation(
        subject=ticket.subject,
        entries=in_order(entries),
        status=await _status(door, ticket),
        fields=fields_of(ticket.model_extra or {}),
        opened_at=ticket.createdate,
        satisfaction=f"{rating} of 7" if rating else "",
    )


async def _threads(door: Door, ticket_id: str) -> list[int]:
    path = f"/crm/v4/objects/tickets/{ticket_id}/associations/conversation"
    found = (await door.get(_AssociationsAnswer, path)).results
    threads = {each.to_object_id for each in found if _TO_THREAD in {kind.type_id for kind in each.association_types}}
    return sorted(threads)[-_MOST_THREADS:]


async def _entries(door: Door, thread: int) -> list[Entry]:
    """What people wrote in a thread; events and greetings are of other types. It comes newest first."""
    path = f"/conversations/v3/conversations/threads/{thread}/messages"
    pages = await read_pages(
        door,
        _MessagesAnswer,
        path,
        lambda answer: {"after": answer.after} if answer.after else None,
        limit=_PAGE,
    )
    messages = [message for page in pages for message in page.results if message.type in {"MESSAGE", "COMMENT"}]
    return [_entry(message, await _content(door, path, message)) for message in reversed(messages)]


async def _content(door: Door, path: str, message: _Message) -> _Content:
    if message.truncation_status != "TRUNCATED":
        return message
    return await door.get(_Content, f"{path}/{message.id}/original-content")


def _entry(message: _Message, content: _Content) -> Entry:
    return Entry(
        author=Author.CUSTOMER if message.direction == "INCOMING" else Author.AGENT,
        name=message.sender,
        at=message.created_at,
        text=content.text,
        html=content.rich_text,
        internal=message.type == "COMMENT",
        attachments=names_of(tuple(each for each in message.attachments if each.type == "FILE")),
    )


async def _status(door: Door, ticket: _Properties) -> str:
    """The stage by the name that people see, where the token may read it."""
    pipeline, stage = ticket.hs_pipeline, ticket.hs_pipeline_stage
    if not (pipeline and stage):
        return ""
    try:
        return (await door.get(_Stage, f"/crm/v3/pipelines/tickets/{pipeline}/stages/{stage}")).label
    except HelpdeskError:
        return ""
