"""Help Scout, as its Inbox API describes conversations and their threads.

Shapes: developer.helpscout.com/mailbox-api/endpoints/conversations/get/ and .../conversations/threads/list/.
"""

from pydantic import Field

from bot.helpdesks.conversation import Conversation, Entry, in_order
from bot.helpdesks.door import Door
from bot.helpdesks.paging import read_pages
from bot.helpdesks.payload import CamelPayload, File, Many, Moment, Payload, Person, Text, fields_of, names_of
from knowledge.drafting.ticket import Author

_NOTED = {"note", "forwardparent", "forwardchild"}
"""Threads among colleagues, or with somebody outside who is not the customer."""
_EVENT = "lineitem"
_COLLEAGUES = {"user", "team", "system_user"}


class _Person(Person):
    type: Text = ""


class _Tag(Payload):
    tag: Text = ""


class _Field(Payload):
    id: Text = ""
    name: Text = ""
    value: Text = ""
    text: Text = ""
    """What is chosen of a list, where `value` is its number."""


class _Conversation(CamelPayload):
    id: int
    subject: Text = ""
    status: Text = ""
    tags: Many[_Tag] = ()
    created_at: Moment | None = None
    primary_customer: _Person | None = None
    custom_fields: Many[_Field] = ()


class _Files(Payload):
    attachments: Many[File] = ()


class _Thread(CamelPayload):
    type: str
    state: Text = ""
    body: Text = ""
    created_by: _Person | None = None
    created_at: Moment | None = None
    files: _Files | None = Field(None, alias="_embedded")


class _Threads(Payload):
    threads: Many[_Thread] = ()


class _Page(CamelPayload):
    number: int
    total_pages: int


class _ThreadsAnswer(Payload):
    found: _Threads = Field(default=_Threads(), alias="_embedded")
    page: _Page


async def read(door: Door, ticket_id: str) -> Conversation:
    """A conversation with its published threads, oldest first."""
    path = f"/conversations/{ticket_id}"
    shown = await door.get(_Conversation, path)
    pages = await read_pages(door, _ThreadsAnswer, f"{path}/threads", _following)
    threads = [thread for page in pages for thread in page.found.threads]
    values = {key: each.text or each.value for each in shown.custom_fields for key in (each.id, each.name)}
    return Conversation(
        subject=shown.subject,
        requester=shown.primary_customer.name if shown.primary_customer else "",
        # They come newest first.
        entries=in_order(_entry(each) for each in reversed(threads) if _is_entry(each)),
        status=shown.status,
        tags=tuple(each.tag for each in shown.tags),
        fields=fields_of(values),
        opened_at=shown.created_at,
    )


def _following(answer: _ThreadsAnswer) -> dict[str, int] | None:
    return {"page": answer.page.number + 1} if answer.page.number < answer.page.total_pages else None


def _is_entry(thread: _Thread) -> bool:
    return thread.type != _EVENT and thread.state in {"", "published"}


def _entry(thread: _Thread) -> Entry:
    writer = thread.created_by or _Person()
    # What a customer said on the telephone a colleague may have written down as theirs.
    agent = thread.type == "message" or (thread.type != "customer" and writer.type in _COLLEAGUES)
    return Entry(
        author=Author.AGENT if agent else Author.CUSTOMER,
        name=writer.name,
        at=thread.created_at,
        html=thread.body,
        internal=thread.type in _NOTED,
        attachments=names_of(thread.files.attachments) if thread.files else (),
    )
