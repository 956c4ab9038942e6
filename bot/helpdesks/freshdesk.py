"""Freshdesk, as its API v2 describes tickets and their conversations.

Shapes: developers.freshdesk.com/api/#view_a_ticket, #list_all_ticket_notes and #view_ticket_satisfaction_ratings.
"""

from collections.abc import Mapping
from typing import Any

from bot.errors import HelpdeskError
from bot.helpdesks.conversation import Conversation, Entry, in_order
from bot.helpdesks.door import Door
from bot.helpdesks.paging import read_listing
from bot.helpdesks.payload import File, Listing, Many, Moment, Payload, Text, fields_of, names_of
from knowledge.drafting.ticket import Author

_OUTBOUND = 10
"""The source of a ticket that an agent opened by writing to the customer."""
_FORWARDED = 8
"""The source of what an agent sent to somebody else."""
_STATUS = {2: "open", 3: "pending", 4: "resolved", 5: "closed"}
_RATING = {
    103: "extremely happy",
    102: "very happy",
    101: "happy",
    100: "neutral",
    -101: "unhappy",
    -102: "very unhappy",
    -103: "extremely unhappy",
}


class _Requester(Payload):
    id: int
    name: Text = ""


class _Ticket(Payload):
    subject: Text = ""
    description: Text = ""
    description_text: Text = ""
    source: int | None = None
    status: int
    tags: Many[Text] = ()
    custom_fields: Mapping[str, Any] | None = None
    created_at: Moment | None = None
    attachments: Many[File] = ()
    requester: _Requester | None = None


class _Part(Payload):
    body: Text = ""
    body_text: Text = ""
    incoming: bool
    private: bool
    source: int | None = None
    user_id: int | None = None
    created_at: Moment | None = None
    attachments: Many[File] = ()


class _Rating(Payload):
    id: int
    ratings: Mapping[str, int] | None = None


async def read(door: Door, ticket_id: str) -> Conversation:
    """A ticket with what was said after its description, oldest first."""
    path = f"/api/v2/tickets/{ticket_id}"
    ticket = await door.get(_Ticket, path, include="requester")
    parts = await read_listing(door, Listing[_Part], f"{path}/conversations")
    return Conversation(
        subject=ticket.subject,
        requester=ticket.requester.name if ticket.requester else "",
        entries=(_description(ticket), *in_order(_entry(part, ticket.requester) for part in parts)),
        status=_STATUS.get(ticket.status, f"status {ticket.status}"),
        tags=ticket.tags,
        fields=fields_of(ticket.custom_fields or {}),
        opened_at=ticket.created_at,
        satisfaction=await _satisfaction(door, path),
    )


def _description(ticket: _Ticket) -> Entry:
    agent = ticket.source == _OUTBOUND
    return Entry(
        author=Author.AGENT if agent else Author.CUSTOMER,
        name=ticket.requester.name if ticket.requester and not agent else "",
        at=ticket.created_at,
        text=ticket.description_text,
        html=ticket.description,
        attachments=names_of(ticket.attachments),
    )


def _entry(part: _Part, requester: _Requester | None) -> Entry:
    return Entry(
        author=Author.CUSTOMER if part.incoming else Author.AGENT,
        name=requester.name if requester and requester.id == part.user_id else "",
        at=part.created_at,
        text=part.body_text,
        html=part.body,
        internal=part.private or part.source == _FORWARDED,
        attachments=names_of(part.attachments),
    )


async def _satisfaction(door: Door, path: str) -> str:
    try:
        given = (await door.get(Listing[_Rating], f"{path}/satisfaction_ratings")).root
    except HelpdeskError:
        # A plan without surveys refuses this; the ticket is read all the same.
        return ""
    newest = max(given, key=lambda rating: rating.id, default=None)
    value = ((newest and newest.ratings) or {}).get("default_question")
    return _RATING.get(value, str(value)) if value is not None else ""
