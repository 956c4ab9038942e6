"""Zendesk, as its Support API describes tickets and their comments.

Shapes: developer.zendesk.com/api-reference/ticketing/tickets/tickets/ and .../tickets/ticket_comments/.
"""

from typing import Any

from bot.helpdesks.conversation import Conversation, Entry
from bot.helpdesks.door import Door
from bot.helpdesks.payload import Moment, Payload, Text, fields_of
from knowledge.drafting.ticket import Author

_PAGE = 100
_MOST_PAGES = 20


class _User(Payload):
    id: int
    name: Text = ""
    role: Text = ""


class _Field(Payload):
    id: int
    value: Any = None


class _Rating(Payload):
    score: Text = ""


class _Ticket(Payload):
    subject: Text = ""
    requester_id: int | None = None
    status: Text = ""
    tags: tuple[str, ...] = ()
    custom_fields: tuple[_Field, ...] = ()
    created_at: Moment | None = None
    satisfaction_rating: _Rating | None = None


class _TicketAnswer(Payload):
    ticket: _Ticket
    users: tuple[_User, ...] = ()


class _Attachment(Payload):
    file_name: Text = ""


class _Comment(Payload):
    author_id: int
    plain_body: Text = ""
    html_body: Text = ""
    public: bool = True
    created_at: Moment | None = None
    attachments: tuple[_Attachment, ...] = ()


class _Meta(Payload):
    has_more: bool = False
    after_cursor: Text = ""


class _CommentsAnswer(Payload):
    comments: tuple[_Comment, ...]
    users: tuple[_User, ...] = ()
    meta: _Meta = _Meta()


async def read(door: Door, ticket_id: str) -> Conversation:
    """A ticket with its comments, oldest first."""
    path = f"/api/v2/tickets/{ticket_id}"
    shown = await door.get(_TicketAnswer, f"{path}.json", include="users")
    users = {user.id: user for user in shown.users}
    comments: list[_Comment] = []
    query: dict[str, str | int] = {"include": "users", "page[size]": _PAGE}
    for _ in range(_MOST_PAGES):
        page = await door.get(_CommentsAnswer, f"{path}/comments.json", **query)
        comments += page.comments
        users |= {user.id: user for user in page.users}
        if not page.meta.has_more:
            break
        query["page[after]"] = page.meta.after_cursor
    ticket = shown.ticket
    requester = users.get(ticket.requester_id or 0)
    return Conversation(
        subject=ticket.subject,
        requester=requester.name if requester else "",
        entries=tuple(_entry(comment, users.get(comment.author_id)) for comment in comments),
        status=ticket.status,
        tags=ticket.tags,
        fields=fields_of({str(field.id): field.value for field in ticket.custom_fields}),
        opened_at=ticket.created_at,
        satisfaction=_said(ticket.satisfaction_rating),
    )


def _entry(comment: _Comment, user: _User | None) -> Entry:
    # Somebody who wrote is a customer unless they are known to work there.
    agent = user is not None and user.role in {"agent", "admin"}
    return Entry(
        author=Author.AGENT if agent else Author.CUSTOMER,
        name=user.name if user else "",
        at=comment.created_at,
        text=comment.plain_body,
        html=comment.html_body,
        internal=not comment.public,
        attachments=tuple(each.file_name or "a file" for each in comment.attachments),
    )


def _said(rating: _Rating | None) -> str:
    return rating.score if rating and rating.score not in {"offered", "unoffered"} else ""
