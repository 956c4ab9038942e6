"""Gorgias, as its REST API describes tickets, their messages and the values of their fields.

Shapes: developers.gorgias.com/reference/the-ticket-object, /reference/the-ticketmessage-object, and, for lists,
/reference/list-messages and /reference/list-ticket-custom-fields.
"""

from typing import Any

from bot.helpdesks.conversation import Conversation, Entry, in_order
from bot.helpdesks.door import Door
from bot.helpdesks.paging import read_pages
from bot.helpdesks.payload import File, Listing, Many, Moment, Named, Payload, Text, fields_of, names_of, stars
from knowledge.drafting.ticket import Author

_PAGE = 100


class _Survey(Payload):
    score: int | None = None


class _Ticket(Payload):
    id: int
    subject: Text = ""
    status: Text = ""
    customer: Named | None = None
    tags: Many[Named] = ()
    created_datetime: Moment | None = None
    satisfaction_survey: _Survey | None = None


class _Message(Payload):
    from_agent: bool
    public: bool
    sender: Named | None = None
    body_text: Text = ""
    body_html: Text = ""
    created_datetime: Moment | None = None
    failed_datetime: Moment | None = None
    deleted_datetime: Moment | None = None
    attachments: Many[File] = ()


class _Meta(Payload):
    next_cursor: Text = ""


class _MessagesAnswer(Payload):
    data: tuple[_Message, ...]
    meta: _Meta | None = None


class _Field(Payload):
    id: Text = ""
    label: Text = ""


class _Value(Payload):
    field: _Field | None = None
    value: Any = None


async def read(door: Door, ticket_id: str) -> Conversation:
    """A ticket with its messages, oldest first."""
    path = f"/tickets/{ticket_id}"
    ticket = await door.get(_Ticket, path)
    pages = await read_pages(
        door,
        _MessagesAnswer,
        "/messages",
        _following,
        ticket_id=ticket_id,
        limit=_PAGE,
        order_by="created_datetime:asc",
    )
    values = (await door.get(Listing[_Value], f"{path}/custom-fields")).root
    return Conversation(
        subject=ticket.subject,
        requester=ticket.customer.name if ticket.customer else "",
        entries=in_order(_entry(each) for page in pages for each in page.data if not each.deleted_datetime),
        status=ticket.status,
        tags=tuple(tag.name for tag in ticket.tags),
        fields=fields_of({key: v.value for v in values if v.field for key in (v.field.id, v.field.label)}),
        opened_at=ticket.created_datetime,
        satisfaction=stars(ticket.satisfaction_survey.score) if ticket.satisfaction_survey else "",
    )


def _following(answer: _MessagesAnswer) -> dict[str, str] | None:
    return {"cursor": answer.meta.next_cursor} if answer.meta and answer.meta.next_cursor else None


def _entry(message: _Message) -> Entry:
    return Entry(
        author=Author.AGENT if message.from_agent else Author.CUSTOMER,
        name=message.sender.name if message.sender else "",
        at=message.created_datetime,
        text=message.body_text,
        html=message.body_html,
        # What could not be sent was never seen by the customer either.
        internal=not message.public or message.failed_datetime is not None,
        attachments=names_of(message.attachments),
    )
