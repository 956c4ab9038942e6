"""Gorgias: developers.gorgias.com/reference/the-ticket-object, .../list-messages and .../list-ticket-custom-fields."""

import base64
from collections.abc import Mapping
from typing import Any

from tests.bot.helpdesks.imitation import Product
from tests.bot.helpdesks.sample import CUSTOMER, OPENED, Said, Sample


def _ticket(sample: Sample) -> dict[str, Any]:
    survey = {"id": 1234, "score": int(sample.satisfaction[0]), "body_text": None} if sample.satisfaction else None
    return {
        "id": 86538410,
        "uri": "/api/tickets/86538410/",
        "subject": sample.subject or None,
        "status": sample.status,
        "channel": "email",
        "from_agent": False,
        "customer": {"id": 8, "name": CUSTOMER, "email": "dana@customer.example"},
        "assignee_user": None,
        "tags": [{"id": 1, "name": name, "decoration": None} for name in sample.tags],
        "satisfaction_survey": survey,
        "created_datetime": OPENED.isoformat(),
        "closed_datetime": None,
    }


def _message(number: int, said: Said) -> dict[str, Any]:
    return {
        "id": number,
        "ticket_id": 86538410,
        "channel": "internal-note" if said.internal else "email",
        "via": "helpdesk",
        "public": not said.internal,
        "from_agent": said.by_agent,
        "sender": {"id": 93 if said.by_agent else 8, "name": said.name},
        "receiver": None,
        "subject": None,
        "body_text": said.text,
        "body_html": said.html if number % 2 else None,
        "attachments": [{"name": name, "content_type": "image/png", "url": "", "size": 2532} for name in said.files],
        # Without a zone, as in the examples of the documentation.
        "created_datetime": said.at.strftime("%Y-%m-%dT%H:%M:%S.%f"),
        "sent_datetime": None,
        "failed_datetime": None,
        "deleted_datetime": None,
    }


def _messages(query: Mapping[str, str], sample: Sample) -> dict[str, Any]:
    deleted = {**_message(0, sample.said[0]), "id": 900, "deleted_datetime": "2026-05-10T08:31:00"}
    found = [deleted, *(_message(number, said) for number, said in enumerate(sample.said))]
    if query.get("order_by") != "created_datetime:asc":
        found.reverse()
    size, start = min(int(query.get("limit", "30")), 100), int(query.get("cursor", "c0").removeprefix("c"))
    following = f"c{start + size}" if start + size < len(found) else None
    return {
        "object": "list",
        "uri": "/api/messages",
        "data": found[start : start + size] if query["ticket_id"] == "86538410" else [],
        "meta": {"prev_cursor": None, "next_cursor": following},
    }


def answer(path: str, query: Mapping[str, str], sample: Sample) -> Any:
    match path:
        case "/account":
            return {"domain": "acme", "created_datetime": "2017-11-23T15:59:41.966927", "settings": []}
        case "/tickets/86538410":
            return _ticket(sample)
        case "/messages":
            return _messages(query, sample)
        case "/tickets/86538410/custom-fields":
            field = {"id": 101, "object_type": "Ticket", "label": "Plan", "required": False}
            return [{"field": field, "id": 5551, "prediction": None, "value": sample.plan or None}]
        case _:
            return None


PRODUCT = Product(
    ticket="86538410",
    answer=answer,
    links=(
        "https://acme.gorgias.com/app/ticket/86538410",
        "https://acme.gorgias.com/app/ticket/86538410?foo=bar",
        "https://acme.gorgias.com/app/views/1384557/86538410",
    ),
    settings={"address": "https://acme.gorgias.com", "user": "bot@acme.example", "facts": {"101": "plan"}},
    authorization=("Authorization", "Basic " + base64.b64encode(b"bot@acme.example:t0ken").decode()),
    keeps=frozenset({"notes", "tags", "fields", "attachments", "status", "satisfaction"}),
    satisfaction="4 of 5",
    api="/api",
)
