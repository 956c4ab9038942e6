"""Help Scout: developer.helpscout.com/mailbox-api/endpoints/conversations/get/ and .../conversations/threads/list/."""

from collections.abc import Mapping
from typing import Any

from tests.bot.helpdesks.imitation import Product
from tests.bot.helpdesks.sample import OPENED, Said, Sample

_TIME = "%Y-%m-%dT%H:%M:%SZ"
_SIZE = 25


def _person(said: Said) -> dict[str, Any]:
    first, last = said.name.split()
    return {"id": 256, "type": "user" if said.by_agent else "customer", "first": first, "last": last}


def _thread(number: int, said: Said) -> dict[str, Any]:
    written = "note" if said.internal else "message"
    return {
        "id": number,
        "type": written if said.by_agent else "customer",
        "status": "active",
        "state": "published",
        "body": said.html,
        "source": {"type": "email", "via": "user" if said.by_agent else "customer"},
        "createdBy": _person(said),
        "assignedTo": {"id": 1234, "type": "team", "first": "Jack", "last": "Sprout"},
        "createdAt": said.at.strftime(_TIME),
        "_embedded": {"attachments": [{"id": 7, "filename": name, "mimeType": "image/png"} for name in said.files]},
    }


def _conversation(sample: Sample) -> dict[str, Any]:
    return {
        "id": 3382659721,
        "number": 11535,
        "threads": len(sample.said),
        "type": "email",
        "status": "active",
        "state": "published",
        "subject": sample.subject or None,
        "assignee": None,
        "createdBy": {"id": 12, "type": "customer", "email": "dana@customer.example"},
        "createdAt": OPENED.strftime(_TIME),
        "tags": [{"id": 9150, "color": "#929499", "tag": name} for name in sample.tags],
        "primaryCustomer": _person(sample.said[0]) if sample.subject else {"id": 238604},
        "customFields": [{"id": 6688, "name": "Plan", "value": "33077", "text": sample.plan}] if sample.plan else None,
    }


def _threads(page: int, sample: Sample) -> dict[str, Any]:
    """Newest first, with a line of history and a draft among them."""
    others = {"body": "Ben assigned this to himself", "createdAt": OPENED.strftime(_TIME), "createdBy": None}
    threads = [_thread(number, said) for number, said in enumerate(sample.said)][::-1]
    threads[1:1] = [
        {**others, "id": 9001, "type": "lineitem", "state": "published"},
        {**others, "id": 9002, "type": "message", "state": "draft"},
    ]
    pages = -(-len(threads) // _SIZE)
    return {
        "_embedded": {"threads": threads[(page - 1) * _SIZE : page * _SIZE]},
        "page": {"size": _SIZE, "totalElements": len(threads), "totalPages": pages, "number": page},
        "_links": {"next": {"href": "https://api.helpscout.net/v2/conversations/1/threads?page=2"}},
    }


def answer(path: str, query: Mapping[str, str], sample: Sample) -> Any:
    match path:
        case "/users/me":
            return {"id": 256, "firstName": "Ben", "lastName": "Okafor", "role": "user"}
        case "/conversations/3382659721":
            return _conversation(sample)
        case "/conversations/3382659721/threads":
            return _threads(int(query.get("page", "1")), sample)
        case _:
            return None


PRODUCT = Product(
    ticket="3382659721",
    answer=answer,
    links=(
        "https://secure.helpscout.net/conversation/3382659721",
        "https://secure.helpscout.net/conversation/3382659721/11535/",
        "https://secure.helpscout.net/conversation/3382659721/11535?folderId=39835",
        "https://secure.helpscout.net/conversation/3382659721/11535?viewId=8492330#thread-1",
    ),
    settings={"address": "https://secure.helpscout.net", "facts": {"Plan": "plan"}},
    authorization=("Authorization", "Bearer t0ken"),
    api="/v2",
)
