"""Zammad, as its REST API describes tickets and their articles.

Shapes: docs.zammad.org/en/latest/api/ticket/index.html, .../articles.html and .../tags.html.
"""

from collections.abc import Mapping
from email.utils import parseaddr
from typing import Any

from pydantic import ConfigDict, Field

from bot.helpdesks.conversation import Conversation, Entry
from bot.helpdesks.door import Door
from bot.helpdesks.payload import File, Listing, Many, Moment, Payload, Text, fields_of, names_of
from knowledge.drafting.ticket import Author


class _Ticket(Payload):
    """A ticket. Fields of a company's own stand beside the usual ones."""

    model_config = ConfigDict(extra="allow")

    id: int
    title: Text = ""
    state: Text = ""
    created_at: Moment | None = None


class _File(File):
    preferences: Mapping[str, Any] | None = None

    @property
    def is_body(self) -> bool:
        """Whether it is the message's own HTML, which Zammad keeps as a file too."""
        return bool(self.preferences and self.preferences.get("original-format"))


class _Article(Payload):
    writer: Text = Field("", alias="from")
    sender: Text = ""
    body: Text = ""
    content_type: Text = ""
    internal: bool = False
    created_at: Moment | None = None
    attachments: Many[_File] = ()


class _TagsAnswer(Payload):
    tags: Many[str] = ()


async def read(door: Door, ticket_id: str) -> Conversation:
    """A ticket with its articles, oldest first; Zammad gives them all at once."""
    ticket = await door.get(_Ticket, f"/tickets/{ticket_id}", expand="true")
    articles = await door.get(Listing[_Article], f"/ticket_articles/by_ticket/{ticket_id}", expand="true")
    tagged = await door.get(_TagsAnswer, "/tags", object="Ticket", o_id=ticket_id)
    return Conversation(
        subject=ticket.title,
        entries=tuple(_entry(each) for each in articles.root if each.sender != "System"),
        status=ticket.state,
        tags=tagged.tags,
        fields=fields_of(ticket.model_extra or {}),
        opened_at=ticket.created_at,
    )


def _entry(article: _Article) -> Entry:
    html = article.content_type == "text/html"
    return Entry(
        author=Author.AGENT if article.sender == "Agent" else Author.CUSTOMER,
        name=_name(article.writer),
        at=article.created_at,
        text="" if html else article.body,
        html=article.body if html else "",
        internal=article.internal,
        attachments=names_of(tuple(each for each in article.attachments if not each.is_body)),
    )


def _name(writer: str) -> str:
    """The name in `Dana Reyes <dana@acme.example>`, or a name alone."""
    name = parseaddr(writer)[0] if "<" in writer else writer
    return "" if "@" in name else name.strip()
