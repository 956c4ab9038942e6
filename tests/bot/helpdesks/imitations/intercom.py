"""Intercom: developers.intercom.com/docs/references/2.11/rest-api/api.intercom.io/conversations/."""

from collections.abc import Mapping
from typing import Any

from tests.bot.helpdesks.imitation import Product
from tests.bot.helpdesks.sample import OPENED, Said, Sample

_ID = "215469273000001"
_BOT = {"type": "bot", "id": "1", "name": "Fin", "email": "operator+acme@intercom.io"}


def _author(said: Said) -> dict[str, Any]:
    kind, address = ("admin", "ben@desk.example") if said.by_agent else ("user", "dana@customer.example")
    return {"type": kind, "id": "274", "name": said.name, "email": address}


def _files(said: Said) -> list[dict[str, Any]]:
    return [{"type": "upload", "name": name, "url": "", "content_type": "image/png"} for name in said.files]


def _part(number: int, said: Said) -> dict[str, Any]:
    return {
        "type": "conversation_part",
        "id": str(number),
        "part_type": "note" if said.internal else "comment",
        "body": said.html,
        "created_at": int(said.at.timestamp()),
        "notified_at": int(said.at.timestamp()),
        "assigned_to": None,
        "author": _author(said),
        "attachments": _files(said),
        "redacted": False,
    }


def _event(kind: str, body: str | None = None) -> dict[str, Any]:
    """What the inbox shows as a grey line, and nobody said."""
    return {
        "type": "conversation_part",
        "id": "77",
        "part_type": kind,
        "body": body,
        "created_at": int(OPENED.timestamp()),
        "author": _BOT,
        "attachments": [],
        "redacted": False,
    }


def _conversation(sample: Sample) -> dict[str, Any]:
    first, *rest = sample.said
    parts = [
        _event("operator_workflow_event", "<p>Started</p>"),
        *(_part(number, said) for number, said in enumerate(rest)),
        _event("close"),
    ]
    return {
        "type": "conversation",
        "id": _ID,
        "title": None,
        "created_at": int(OPENED.timestamp()),
        "state": sample.status,
        "open": True,
        "tags": {"type": "tag.list", "tags": [{"type": "tag", "id": "1", "name": name} for name in sample.tags]},
        "conversation_rating": {
            "rating": int(sample.satisfaction[0]) if sample.satisfaction else None,
            "remark": None,
        },
        "source": {
            "type": "email",
            "id": "3",
            "delivered_as": "customer_initiated",
            "subject": f"<p>{sample.subject}</p>" if sample.subject else "",
            "body": first.html,
            "author": _author(first),
            "attachments": _files(first),
            "url": None,
        },
        "contacts": {"type": "contact.list", "contacts": [{"type": "contact", "id": "900"}]},
        "custom_attributes": {"Plan": sample.plan or None, "Is VIP": True},
        "conversation_parts": {
            "type": "conversation_part.list",
            "conversation_parts": parts,
            "total_count": len(parts),
        },
    }


def answer(path: str, query: Mapping[str, str], sample: Sample) -> Any:
    del query
    match path:
        case "/me":
            return {"type": "admin", "id": "274", "email": "ben@desk.example"}
        case "/conversations/215469273000001":
            return _conversation(sample)
        case _:
            return None


PRODUCT = Product(
    ticket=_ID,
    answer=answer,
    links=(
        f"https://app.intercom.com/a/inbox/k7w32l2g/inbox/conversation/{_ID}",
        f"https://app.intercom.com/a/inbox/k7w32l2g/inbox/admin/8857114/conversation/{_ID}?view=List",
        f"https://app.intercom.com/a/inbox/k7w32l2g/inbox/shared/all/conversation/{_ID}#part_id=comment-{_ID}-1",
        f"https://app.intercom.com/a/apps/k7w32l2g/conversations/{_ID}",
        f"https://app.intercom.com/a/apps/k7w32l2g/inbox/inbox/all/conversations/{_ID}",
    ),
    settings={"address": "https://app.intercom.com", "account": "k7w32l2g", "facts": {"Plan": "plan"}},
    authorization=("Authorization", "Bearer t0ken"),
    keeps=frozenset({"notes", "tags", "fields", "attachments", "status", "satisfaction"}),
    satisfaction="5 of 5",
)
