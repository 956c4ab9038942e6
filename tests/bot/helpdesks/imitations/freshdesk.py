"""Freshdesk: developers.freshdesk.com/api/#view_a_ticket and #list_all_ticket_notes."""

import base64
from collections.abc import Mapping
from typing import Any

from tests.bot.helpdesks.imitation import Product
from tests.bot.helpdesks.sample import CUSTOMER, OPENED, Said, Sample

_TIME = "%Y-%m-%dT%H:%M:%SZ"


def _files(said: Said) -> list[dict[str, Any]]:
    return [{"id": 4004881085, "name": name, "content_type": "image/png", "size": 2532} for name in said.files]


def _ticket(sample: Sample) -> dict[str, Any]:
    first = sample.said[0]
    return {
        "id": 617,
        "subject": sample.subject or None,
        "description": first.html,
        "description_text": first.text,
        "requester_id": 11,
        "responder_id": None,
        "requester": {"id": 11, "name": CUSTOMER, "email": "dana@customer.example", "mobile": None, "phone": None},
        "source": 1,
        "status": 2,
        "priority": 1,
        "type": None,
        "spam": False,
        "tags": list(sample.tags),
        "custom_fields": {"cf_plan": sample.plan or None, "cf_urgent": False},
        "attachments": _files(first),
        "created_at": OPENED.strftime(_TIME),
        "updated_at": OPENED.strftime(_TIME),
    }


def _part(number: int, said: Said) -> dict[str, Any]:
    return {
        "id": 100 + number,
        "body": said.html,
        "body_text": said.text,
        "incoming": not said.by_agent,
        "private": said.internal,
        "source": 2 if said.internal else 0,
        "user_id": 22 if said.by_agent else 11,
        "support_email": None,
        "ticket_id": 617,
        "attachments": _files(said),
        "created_at": said.at.strftime(_TIME),
        "updated_at": said.at.strftime(_TIME),
    }


def answer(path: str, query: Mapping[str, str], sample: Sample) -> Any:
    match path:
        case "/api/v2/agents/me":
            return {"id": 22, "available": True, "contact": {"email": "ben@desk.example"}}
        case "/api/v2/tickets/617":
            return _ticket(sample)
        case "/api/v2/tickets/617/conversations":
            size, page = min(int(query.get("per_page", "30")), 100), int(query.get("page", "1"))
            parts = [_part(number, said) for number, said in enumerate(sample.said[1:])]
            return parts[(page - 1) * size : page * size]
        case "/api/v2/tickets/617/satisfaction_ratings":
            given = [{"id": 1, "survey_id": 1, "feedback": None, "ratings": {"default_question": -103}}]
            given += [{"id": 2, "survey_id": 1, "feedback": None, "ratings": {"default_question": 103}}]
            # A plan without surveys has no such path.
            return given if sample.satisfaction else [] if sample.tags else None
        case _:
            return None


PRODUCT = Product(
    ticket="617",
    answer=answer,
    links=(
        "https://acme.freshdesk.com/a/tickets/617",
        "https://acme.freshdesk.com/a/tickets/617?lang=en",
        "https://acme.freshdesk.com/helpdesk/tickets/617",
        "https://acme.freshdesk.com/support/tickets/617",
        "https://acme.freshdesk.com/en/support/tickets/617#reply",
    ),
    settings={"address": "https://acme.freshdesk.com", "facts": {"cf_plan": "plan"}},
    authorization=("Authorization", "Basic " + base64.b64encode(b"t0ken:X").decode()),
    keeps=frozenset({"notes", "tags", "fields", "attachments", "status", "satisfaction"}),
    satisfaction="extremely happy",
)
