"""Chatwoot: developers.chatwoot.com/api-reference and its own source for how messages are paged."""

from collections.abc import Mapping
from typing import Any

from tests.bot.helpdesks.imitation import Product
from tests.bot.helpdesks.sample import CUSTOMER, OPENED, Said, Sample

_PAGE = 20


def _conversation(sample: Sample) -> dict[str, Any]:
    return {
        "meta": {
            "sender": {"id": 8, "name": CUSTOMER, "email": "dana@customer.example", "custom_attributes": {}},
            "channel": "Channel::Email",
        },
        "id": 4821,
        "messages": [],
        "account_id": 3,
        "additional_attributes": {"mail_subject": sample.subject} if sample.subject else {},
        "custom_attributes": {"plan": sample.plan} if sample.plan else {},
        "inbox_id": 5,
        "labels": list(sample.tags),
        "status": sample.status,
        "created_at": int(OPENED.timestamp()),
        "priority": None,
    }


def _message(number: int, said: Said) -> dict[str, Any]:
    return {
        "id": number,
        "content": said.text,
        "inbox_id": 5,
        "conversation_id": 4821,
        "message_type": 1 if said.by_agent else 0,
        "content_type": "text",
        "status": "sent",
        "content_attributes": {},
        "created_at": int(said.at.timestamp()),
        "private": said.internal,
        "source_id": None,
        "sender": {"id": 1, "name": said.name, "type": "user" if said.by_agent else "contact"},
        **(
            {
                "attachments": [
                    {"id": 1, "file_type": "image", "data_url": f"https://chat.acme.example/rails/blobs/xyz/{name}"}
                    for name in said.files
                ]
            }
            if said.files
            else {}
        ),
    }


def _messages(sample: Sample) -> list[dict[str, Any]]:
    bare = {"inbox_id": 5, "conversation_id": 4821, "private": False, "created_at": int(OPENED.timestamp())}
    stars = {"csat_survey_response": {"rating": int(sample.satisfaction[:1] or "0"), "feedback_message": ""}}
    return [
        {
            **bare,
            "id": 100,
            "message_type": 2,
            "content": "Ben self-assigned this conversation",
            "content_type": "text",
        },
        *(_message(101 + number, said) for number, said in enumerate(sample.said)),
        {
            **bare,
            "id": 998,
            "message_type": 0,
            "content": "This message was deleted",
            "content_attributes": {"deleted": True},
        },
        {
            **bare,
            "id": 999,
            "message_type": 3,
            "content": "Please rate the conversation",
            "content_type": "input_csat",
            "content_attributes": {"submitted_values": stars} if sample.satisfaction else {},
        },
    ]


def answer(path: str, query: Mapping[str, str], sample: Sample) -> Any:
    match path:
        case "/conversations/meta":
            return {"meta": {"mine_count": 1, "unassigned_count": 0, "assigned_count": 1, "all_count": 1}}
        case "/conversations/4821":
            return _conversation(sample)
        case "/conversations/4821/messages":
            before = int(query.get("before", "1000"))
            earlier = [message for message in _messages(sample) if message["id"] < before]
            return {"meta": {"labels": list(sample.tags)}, "payload": earlier[-_PAGE:]}
        case _:
            return None


PRODUCT = Product(
    ticket="4821",
    answer=answer,
    links=(
        "https://chat.acme.example/app/accounts/3/conversations/4821",
        "https://chat.acme.example/app/accounts/3/inbox/5/conversations/4821",
        "https://chat.acme.example/app/accounts/3/conversations/4821?messageId=7",
    ),
    settings={"address": "https://chat.acme.example", "account": "3", "facts": {"plan": "plan"}},
    authorization=("api_access_token", "t0ken"),
    keeps=frozenset({"notes", "tags", "fields", "attachments", "status", "satisfaction"}),
    satisfaction="5 of 5",
    api="/api/v1/accounts/3",
)
