"""Front: dev.frontapp.com/reference/conversations, /reference/messages, /reference/comments and /docs/pagination."""

from collections.abc import Mapping
from typing import Any

from tests.bot.helpdesks.imitation import Product
from tests.bot.helpdesks.sample import CUSTOMER, OPENED, Said, Sample


def _teammate(said: Said) -> dict[str, Any]:
    first, last = said.name.split()
    return {"id": "tea_6r55a", "email": "ben@desk.example", "first_name": first, "last_name": last}


def _files(said: Said) -> list[dict[str, Any]]:
    return [{"id": "fil_3q8a", "filename": name, "content_type": "image/png", "size": 2532} for name in said.files]


def _conversation(sample: Sample) -> dict[str, Any]:
    return {
        "id": "cnv_yo1kg5q",
        "subject": sample.subject,
        "status": "assigned",
        "assignee": None,
        "recipient": {"name": None, "handle": "dana@customer.example", "role": "from"} if sample.subject else None,
        "tags": [{"id": "tag_1", "name": name} for name in sample.tags],
        "custom_fields": {"Plan": sample.plan} if sample.plan else {},
        "created_at": OPENED.timestamp(),
        "is_private": False,
    }


def _message(number: int, said: Said) -> dict[str, Any]:
    handles = [{"name": None, "handle": "support@desk.example", "role": "to"}]
    if not said.by_agent:
        handles.append({"name": CUSTOMER, "handle": "dana@customer.example", "role": "from"})
    return {
        "id": f"msg_{number}",
        "type": "email",
        "is_inbound": not said.by_agent,
        "draft_mode": None,
        "created_at": said.at.timestamp(),
        "subject": None,
        "author": _teammate(said) if said.by_agent else None,
        "recipients": handles,
        # In a text message the body is the text.
        "body": said.html if number % 2 else said.text,
        "text": said.text if number % 2 else None,
        "attachments": _files(said),
    }


def _messages(query: Mapping[str, str], sample: Sample) -> dict[str, Any]:
    draft = {**_message(0, sample.said[0]), "id": "msg_9", "draft_mode": "shared", "body": "Dear Dana,"}
    said = [said for said in sample.said if not said.internal]
    found = [draft, *(_message(number, said) for number, said in enumerate(said))][::-1]
    size, start = min(int(query.get("limit", "50")), 100), int(query.get("page_token", "t0").removeprefix("t"))
    # The address is not this server's own: whoever follows it is seen.
    following = f"https://acme.api.frontapp.com/nowhere?limit={size}&page_token=t{start + size}"
    return {
        "_pagination": {"next": following if start + size < len(found) else None},
        "_results": found[start : start + size],
    }


def _comment(said: Said) -> dict[str, Any]:
    return {
        "id": "com_1ywg3f2",
        "author": _teammate(said),
        "body": said.text,
        "posted_at": said.at.timestamp(),
        "attachments": _files(said),
    }


def answer(path: str, query: Mapping[str, str], sample: Sample) -> Any:
    match path:
        case "/me":
            return {"id": "cmp_k30", "name": "Acme"}
        case "/conversations/cnv_yo1kg5q":
            return _conversation(sample)
        case "/conversations/cnv_yo1kg5q/messages":
            return _messages(query, sample)
        case "/conversations/cnv_yo1kg5q/comments":
            return {"_results": [_comment(said) for said in reversed(sample.said) if said.internal]}
        case _:
            return None


PRODUCT = Product(
    ticket="cnv_yo1kg5q",
    answer=answer,
    links=(
        "https://app.frontapp.com/open/cnv_yo1kg5q",
        "https://app.frontapp.com/open/cnv_yo1kg5q?key=1",
        "https://app.frontapp.com/open/cnv_yo1kg5q/",
    ),
    settings={"address": "https://app.frontapp.com", "facts": {"Plan": "plan"}},
    authorization=("Authorization", "Bearer t0ken"),
)
