"""Jira Service Management: developer.atlassian.com/cloud/jira/service-desk/rest/api-group-request/ and its issue."""

import base64
from collections.abc import Mapping
from typing import Any

from tests.bot.helpdesks.imitation import Product
from tests.bot.helpdesks.sample import AGENT, CUSTOMER, OPENED, Said, Sample

_PAGE = 50
"""What the server gives at most, whatever is asked for."""


def _user(*, agent: bool) -> dict[str, Any]:
    return {
        "accountId": "557058:b" if agent else "qm:a713c8ea:5ad6d3581db0",
        "displayName": AGENT if agent else CUSTOMER,
        "active": True,
        "_links": {},
    }


def _time(said: Said) -> dict[str, Any]:
    return {
        "iso8601": said.at.strftime("%Y-%m-%dT%H:%M:%S+0000"),
        "jira": said.at.strftime("%Y-%m-%dT%H:%M:%S.000+0000"),
        "friendly": "Monday 14:42 PM",
        "epochMillis": int(said.at.timestamp() * 1000),
    }


def _listed(values: list[Any]) -> dict[str, Any]:
    return {"size": len(values), "start": 0, "limit": _PAGE, "isLastPage": True, "values": values}


def _files(names: tuple[str, ...]) -> dict[str, Any]:
    return _listed([{"filename": name, "size": 2532, "mimeType": "image/png"} for name in names])


def _request(sample: Sample) -> dict[str, Any]:
    first = sample.said[0]
    return {
        "issueId": "107001",
        "issueKey": "ACME-4821",
        "requestTypeId": "25",
        "serviceDeskId": "10",
        "createdDate": _time(first),
        "reporter": _user(agent=False),
        "participants": _listed([]),
        "requestFieldValues": [
            {"fieldId": "summary", "label": "What do you need?", "value": sample.subject},
            {
                "fieldId": "description",
                "label": "Why do you need this?",
                "value": f"*{first.text}*",
                "renderedValue": {"html": f"<p>{first.text}</p>"},
            },
        ],
        "currentStatus": {"status": sample.status, "statusCategory": "NEW", "statusDate": _time(first)},
        "attachments": _files(tuple(name for said in sample.said for name in said.files)),
    }


def _comment(number: int, said: Said) -> dict[str, Any]:
    return {
        "id": str(1000 + number),
        "body": f"*{said.text}*",
        "renderedBody": {"html": f"<p>{said.text}</p>"},
        "public": not said.internal,
        "author": _user(agent=said.by_agent),
        "created": _time(said),
        "attachments": _files(said.files),
    }


def _issue(sample: Sample) -> dict[str, Any]:
    return {
        "id": "107001",
        "key": "ACME-4821",
        "fields": {
            "summary": sample.subject or None,
            "labels": list(sample.tags),
            "created": OPENED.strftime("%Y-%m-%dT%H:%M:%S.000+0000"),
            "assignee": None,
            "customfield_10050": {"id": "10020", "value": sample.plan} if sample.plan else None,
            "customfield_10033": {"rating": int(sample.satisfaction[:1])} if sample.satisfaction else None,
        },
    }


def answer(path: str, query: Mapping[str, str], sample: Sample) -> Any:
    match path:
        case "/rest/api/2/myself":
            return _user(agent=True)
        case "/rest/servicedeskapi/request/ACME-4821":
            return _request(sample)
        case "/rest/servicedeskapi/request/ACME-4821/comment":
            size, start = min(int(query["limit"]), _PAGE), int(query.get("start", "0"))
            comments = [_comment(number, said) for number, said in enumerate(sample.said[1:])]
            page, last = comments[start : start + size], start + size >= len(comments)
            links = {"next": "http://169.254.169.254/"}
            return {**_listed(page), "start": start, "limit": size, "isLastPage": last, "_links": links}
        case "/rest/api/2/issue/ACME-4821":
            return _issue(sample)
        case _:
            return None


PRODUCT = Product(
    ticket="ACME-4821",
    answer=answer,
    links=(
        "https://acme.atlassian.net/browse/ACME-4821",
        "https://acme.atlassian.net/browse/ACME-4821?focusedCommentId=1001",
        "https://acme.atlassian.net/servicedesk/customer/portal/3/ACME-4821",
        "https://acme.atlassian.net/jira/servicedesk/projects/ACME/queues/custom/5/ACME-4821",
        "https://acme.atlassian.net/projects/ACME/issues/ACME-4821",
    ),
    settings={
        "address": "https://acme.atlassian.net",
        "user": "bot@acme.example",
        "facts": {"customfield_10050": "plan"},
    },
    authorization=("Authorization", "Basic " + base64.b64encode(b"bot@acme.example:t0ken").decode()),
    keeps=frozenset({"notes", "tags", "fields", "attachments", "status", "satisfaction"}),
    satisfaction="4 of 5",
)
