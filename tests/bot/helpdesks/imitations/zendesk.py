"""Zendesk: developer.zendesk.com/api-reference/ticketing/tickets/tickets/ and .../ticket_comments/."""

import base64
from collections.abc import Mapping
from typing import Any

from tests.bot.helpdesks.imitation import Product
from tests.bot.helpdesks.sample import AGENT, CUSTOMER, OPENED, Said, Sample

_USERS = [
    {"id": 101, "name": CUSTOMER, "role": "end-user", "email": "dana@customer.example"},
    {"id": 202, "name": AGENT, "role": "agent", "email": "ben@desk.example"},
]


def _ticket(sample: Sample) -> dict[str, Any]:
    return {
        "id": 4821,
        "url": "https://acme.zendesk.com/api/v2/tickets/4821.json",
        "subject": sample.subject,
        "raw_subject": sample.subject,
        "description": sample.said[0].text,
        "requester_id": 101,
        "submitter_id": 101,
        "assignee_id": None,
        "status": sample.status,
        "priority": None,
        "tags": list(sample.tags),
        "custom_fields": [{"id": 360001, "value": sample.plan or None}, {"id": 360002, "value": None}],
        "satisfaction_rating": {"score": sample.satisfaction} if sample.satisfaction else {"score": "unoffered"},
        "created_at": OPENED.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "updated_at": OPENED.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }


def _comment(number: int, said: Said) -> dict[str, Any]:
    return {
        "id": 9000 + number,
        "type": "Comment",
        "author_id": 202 if said.by_agent else 101,
        "body": said.text,
        "plain_body": said.text,
        "html_body": f'<div class="zd-comment" dir="auto"><p dir="auto">{said.text}</p></div>',
        "public": not said.internal,
        "attachments": [
            {"id": 77, "file_name": name, "content_type": "image/png", "size": 2532, "inline": False}
            for name in said.files
        ],
        "via": {"channel": "web"},
        "created_at": said.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }


def answer(path: str, query: Mapping[str, str], sample: Sample) -> Any:
    match path:
        case "/api/v2/users/me.json":
            return {"user": _USERS[1]}
        case "/api/v2/tickets/4821.json":
            return {"ticket": _ticket(sample), "users": _USERS}
        case "/api/v2/tickets/4821/comments.json":
            size, start = int(query["page[size]"]), int(query.get("page[after]", "0"))
            page, more = sample.said[start : start + size], start + size < len(sample.said)
            return {
                "comments": [_comment(start + number, said) for number, said in enumerate(page)],
                "users": _USERS,
                "meta": {"has_more": more, "after_cursor": str(start + size) if more else None, "before_cursor": None},
                "links": {"next": None, "prev": None},
            }
        case _:
            return None


PRODUCT = Product(
    ticket="4821",
    answer=answer,
    links=(
        "https://acme.zendesk.com/agent/tickets/4821",
        "https://acme.zendesk.com/agent/tickets/4821/events",
        "https://acme.zendesk.com/agent/tickets/4821?brand_id=7#comment-1",
        "https://acme.zendesk.com/hc/en-us/requests/4821",
        "https://acme.zendesk.com/requests/4821",
    ),
    settings={
        "address": "https://acme.zendesk.com",
        "user": "bot@acme.example",
        "facts": {"360001": "plan"},
    },
    authorization=("Authorization", "Basic " + base64.b64encode(b"bot@acme.example/token:t0ken").decode()),
    keeps=frozenset({"notes", "tags", "fields", "attachments", "status", "satisfaction"}),
)
