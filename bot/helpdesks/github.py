"""GitHub issues, as its REST API describes them and their comments.

Shapes: docs.github.com/en/rest/issues/issues and .../issues/comments.
"""

import re
from typing import Any

from pydantic import AliasPath, Field

from bot.errors import HelpdeskError
from bot.helpdesks.conversation import Conversation, Entry
from bot.helpdesks.door import Door
from bot.helpdesks.paging import read_listing
from bot.helpdesks.payload import Listing, Many, Moment, Named, Payload, Text
from knowledge.drafting.ticket import Author

_TEAM = {"OWNER", "MEMBER", "COLLABORATOR"}
_FILE = re.compile(
    r"!?\[([^\]\n]{0,200})\]\(https://(?:[^)\s]{0,100}/user-attachments/|user-images\.)[^)\s]{0,500}\)"
    r"|<img\b[^>]{0,300}/user-attachments/[^>]{0,300}>"
)
"""A file or picture that was dropped into the text, the name first."""


class _Written(Payload):
    login: Text = Field("", validation_alias=AliasPath("user", "login"))
    type: Text = Field("", validation_alias=AliasPath("user", "type"))
    author_association: Text = ""
    body: Text = ""
    created_at: Moment | None = None


class _Issue(_Written):
    number: int
    title: Text = ""
    state: Text = ""
    labels: Many[Named] = ()
    pull_request: Any = None


async def read(door: Door, ticket_id: str) -> Conversation:
    """An issue with its comments, oldest first."""
    issue = await door.get(_Issue, f"/issues/{ticket_id}")
    if issue.pull_request:
        raise HelpdeskError(f"GitHub #{ticket_id} is a pull request and no issue; post the link of an issue.")
    written = await read_listing(door, Listing[_Written], f"/issues/{ticket_id}/comments")
    comments = [comment for comment in written if comment.type != "Bot"]
    return Conversation(
        subject=issue.title,
        requester=issue.login,
        entries=tuple(_entry(each, issue.login) for each in (issue, *comments)),
        status=issue.state,
        tags=tuple(label.name for label in issue.labels),
        opened_at=issue.created_at,
    )


def _entry(written: _Written, asker: str) -> Entry:
    # Who opened the issue is the one to be answered, even one of the team.
    agent = written.author_association in _TEAM and written.login != asker
    return Entry(
        author=Author.AGENT if agent else Author.CUSTOMER,
        name=written.login,
        at=written.created_at,
        text=_FILE.sub("", written.body),
        attachments=tuple(match[1] or "a picture" for match in _FILE.finditer(written.body)),
    )
