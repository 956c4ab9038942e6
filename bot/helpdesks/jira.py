"""Jira Service Management: a customer request with its comments, and its issue for labels and fields.

Shapes: developer.atlassian.com/cloud/jira/service-desk/rest/api-group-request/, for Data Center
developer.atlassian.com/server/jira-servicedesk/rest/v1005/api-group-customer-request, and of the issue
developer.atlassian.com/cloud/jira/platform/rest/v2/api-group-issues/.
"""

from collections.abc import Collection, Iterable
from typing import Any

from pydantic import AliasPath, Field

from bot.helpdesks.conversation import Conversation, Entry, in_order
from bot.helpdesks.door import Door
from bot.helpdesks.paging import read_pages
from bot.helpdesks.payload import CamelPayload, File, Many, Moment, Payload, Text, fields_of, names_of, stars
from knowledge.drafting.ticket import Author

_PAGE = 100


class _User(CamelPayload):
    account_id: Text = ""
    """In the cloud."""
    key: Text = ""
    """In a data center."""
    display_name: Text = ""

    @property
    def id(self) -> str:
        return self.account_id or self.key


class _Value(CamelPayload):
    field_id: Text = ""
    value: Any = None
    html: Text = Field("", validation_alias=AliasPath("renderedValue", "html"))


class _Request(CamelPayload):
    issue_key: str
    created: Moment | None = Field(None, validation_alias=AliasPath("createdDate", "epochMillis"))
    reporter: _User | None = None
    participants: Many[_User] = Field((), validation_alias=AliasPath("participants", "values"))
    request_field_values: Many[_Value] = ()
    status: Text = Field("", validation_alias=AliasPath("currentStatus", "status"))
    attachments: Many[File] = Field((), validation_alias=AliasPath("attachments", "values"))


class _Comment(Payload):
    body: Text = ""
    html: Text = Field("", validation_alias=AliasPath("renderedBody", "html"))
    public: bool
    author: _User | None = None
    created: Moment | None = Field(None, validation_alias=AliasPath("created", "epochMillis"))
    attachments: Many[File] = Field((), validation_alias=AliasPath("attachments", "values"))


class _CommentsAnswer(CamelPayload):
    values: tuple[_Comment, ...]
    start: int
    is_last_page: bool


class _Issue(Payload):
    fields: dict[str, Any]


async def read(door: Door, ticket_id: str) -> Conversation:
    """A request with its comments, oldest first."""
    path = f"/rest/servicedeskapi/request/{ticket_id}"
    request = await door.get(_Request, path, expand="participant,attachment")
    pages = await read_pages(
        door, _CommentsAnswer, f"{path}/comment", _following, expand="attachment,renderedBody", limit=_PAGE
    )
    comments = [comment for page in pages for comment in page.values]
    shown = "*all,-comment,-worklog,-attachment"
    fields = (await door.get(_Issue, f"/rest/api/2/issue/{ticket_id}", fields=shown)).fields
    reporter = request.reporter or _User()
    customers = {user.id for user in (reporter, *request.participants)}
    return Conversation(
        subject=str(fields.get("summary") or ""),
        requester=reporter.display_name,
        entries=(_first(request, comments), *in_order(_entry(each, customers) for each in comments)),
        status=request.status,
        tags=tuple(map(str, fields.get("labels") or ())),
        fields=fields_of({name: _plain(value) for name, value in fields.items()}),
        opened_at=request.created,
        satisfaction=stars(_given(fields.values())),
    )


def _following(answer: _CommentsAnswer) -> dict[str, int] | None:
    return None if answer.is_last_page or not answer.values else {"start": answer.start + len(answer.values)}


def _first(request: _Request, comments: Collection[_Comment]) -> Entry:
    """What the request was opened with."""
    described = next((each for each in request.request_field_values if each.field_id == "description"), _Value())
    told = {name for comment in comments for name in names_of(comment.attachments)}
    return Entry(
        author=Author.CUSTOMER,
        name=request.reporter.display_name if request.reporter else "",
        at=request.created,
        text=described.value if isinstance(described.value, str) else "",
        html=described.html,
        # A request's files are those of its comments too, even of the internal ones.
        attachments=tuple(name for name in names_of(request.attachments) if name not in told),
    )


def _entry(comment: _Comment, customers: Collection[str]) -> Entry:
    author = comment.author or _User()
    return Entry(
        # No role is told: who asked and who was invited is a customer, everybody else works there.
        author=Author.CUSTOMER if comment.public and author.id in customers else Author.AGENT,
        name=author.display_name,
        at=comment.created,
        text=comment.body,
        html=comment.html,
        internal=not comment.public,
        attachments=names_of(comment.attachments),
    )


def _plain(value: Any) -> Any:
    """What people see of a field: of a choice its word, of a person the name."""
    if not isinstance(value, dict):
        return value
    return next((value[part] for part in ("value", "name", "displayName") if part in value), None)


def _given(values: Iterable[Any]) -> int | None:
    """The customer's stars, out of the one field that is made for them."""
    found = (value.get("rating") for value in values if isinstance(value, dict))
    return next((rating for rating in found if isinstance(rating, int)), None)
