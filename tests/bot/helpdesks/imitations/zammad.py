"""Zammad: docs.zammad.org/en/latest/api/ticket/index.html, .../articles.html and .../tags.html."""

from collections.abc import Mapping
from typing import Any

from tests.bot.helpdesks.imitation import Product
from tests.bot.helpdesks.sample import AGENT, CUSTOMER, OPENED, Said, Sample


def _ticket(sample: Sample) -> dict[str, Any]:
    return {
        "id": 4821,
        "group_id": 1,
        "state_id": 2,
        "number": "22009",
        "title": sample.subject,
        "owner_id": 3,
        "customer_id": 10,
        "note": None,
        "plan": sample.plan or None,
        "article_ids": list(range(len(sample.said))),
        "created_at": OPENED.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        "updated_at": OPENED.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        # What `expand=true` adds.
        "state": sample.status,
        "group": "Users",
        "owner": "ben@desk.example",
        "customer": "dana@customer.example",
    }


def _article(number: int, said: Said) -> dict[str, Any]:
    html = not said.by_agent
    return {
        "id": number,
        "ticket_id": 4821,
        "from": AGENT if said.by_agent else f"{CUSTOMER} <dana@customer.example>",
        "to": "",
        "cc": None,
        "subject": "",
        "body": said.html if html else said.text,
        "content_type": "text/html" if html else "text/plain",
        "type": "note" if said.internal else "email",
        "sender": "Agent" if said.by_agent else "Customer",
        "internal": said.internal,
        "preferences": {},
        "attachments": [
            {"id": 123, "filename": name, "size": "2532", "preferences": {"Content-Type": "image/png"}}
            for name in said.files
        ]
        + [{"id": 122, "filename": "message.html", "size": "99", "preferences": {"original-format": True}}],
        "created_at": said.at.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
    }


_ANSWERING_MACHINE = {
    "id": 9999,
    "from": "Support",
    "body": "We have received your request.",
    "content_type": "text/plain",
    "sender": "System",
    "internal": False,
    "attachments": [],
    "created_at": OPENED.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
}


def answer(path: str, query: Mapping[str, str], sample: Sample) -> Any:
    match path:
        case "/users/me":
            return {"id": 3, "login": "ben@desk.example", "firstname": "Ben", "lastname": "Okafor"}
        case "/tickets/4821" if query["expand"] == "true":
            return _ticket(sample)
        case "/ticket_articles/by_ticket/4821":
            first, *rest = (_article(number, said) for number, said in enumerate(sample.said))
            return [first, _ANSWERING_MACHINE, *rest]
        case "/tags" if (query["object"], query["o_id"]) == ("Ticket", "4821"):
            return {"tags": list(sample.tags)}
        case _:
            return None


PRODUCT = Product(
    ticket="4821",
    answer=answer,
    links=(
        "https://desk.acme.example/#ticket/zoom/4821",
        "https://desk.acme.example/#ticket/zoom/4821/17",
        "https://desk.acme.example/desktop/tickets/4821",
        "https://desk.acme.example/mobile/tickets/4821/information",
    ),
    settings={"address": "https://desk.acme.example", "facts": {"plan": "plan"}},
    authorization=("Authorization", "Token token=t0ken"),
    api="/api/v1",
)
