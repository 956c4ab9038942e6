"""Request Tracker: docs.bestpractical.com/rt/5.0.3/RT/REST2.html, in the shapes that a running RT 5.0.3 answered.

The token is of a user who may read, and of no superuser: nothing is told of how many pages there are.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from tests.bot.helpdesks.imitation import Product
from tests.bot.helpdesks.sample import AGENT, CUSTOMER, OPENED, Said, Sample

_API = "https://rt.acme.example/rt/REST/2.0"
_USERS: dict[str, dict[str, Any]] = {
    "27": {"Name": "dana@customer.example", "RealName": CUSTOMER, "Privileged": 0},
    "31": {"Name": "ben", "RealName": AGENT, "Privileged": 1},
}


def _record(kind: str, number: str, **columns: Any) -> dict[str, Any]:
    return {"type": kind, "id": number, "_url": f"{_API}/{kind}/{number}", **columns}


def _moment(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _ticket(sample: Sample) -> dict[str, Any]:
    return {
        "id": 12,
        "Type": "ticket",
        "Subject": sample.subject,
        "Status": sample.status,
        "Queue": _record("queue", "1"),
        "Owner": _record("user", "Nobody"),
        "Creator": _record("user", "dana@customer.example"),
        "Requestor": [_record("user", "dana@customer.example")],
        "Cc": [],
        "AdminCc": [],
        "Created": _moment(OPENED),
        "Started": "1970-01-01T00:00:00Z",
        "Priority": "0",
        "CustomFields": [
            _record("customfield", "3", name="Plan", values=[sample.plan] if sample.plan else []),
            _record("customfield", "4", name="Seats", values=["12", "13"]),
        ],
        "EffectiveId": _record("ticket", "12"),
        "_hyperlinks": [_record("ticket", "12", ref="self"), {"ref": "history", "_url": f"{_API}/ticket/12/history"}],
    }


def _history(sample: Sample) -> Iterator[dict[str, Any]]:
    """Each contribution, and the mail that RT sent of it, which has a number of its own."""
    for number, said in enumerate(sample.said):
        user = "31" if said.by_agent else "27"
        shown = {"Name": _USERS[user]["Name"], "RealName": _USERS[user]["RealName"], "id": int(user)}
        kind = "Comment" if said.internal else "Correspond" if number else "Create"
        for place, each in enumerate((kind, "EmailRecord")):
            creator = {"type": "user", "_url": f"{_API}/user/{shown['Name']}", **shown}
            number_of_it = str(100 + 2 * number + place)
            yield _record("transaction", number_of_it, Type=each, Created=_moment(said.at), Creator=creator)


def _attachments(sample: Sample) -> Iterator[dict[str, Any]]:
    for number, said in enumerate(sample.said):
        for place, (kind, name, content) in enumerate(_mail(said)):
            columns = {"TransactionId": str(100 + 2 * number), "ContentType": kind, "Filename": name}
            yield _record("attachment", str(1000 + 10 * number + place), **columns, Content=content)


def _mail(said: Said) -> list[tuple[str, str, str]]:
    """A mail's parts: one with files has two forms of its text, one of an agent HTML alone."""
    if said.files:
        return [
            ("multipart/mixed", "", ""),
            ("multipart/alternative", "", ""),
            ("text/plain", "", said.text),
            ("text/html", "", said.html),
            *(("image/png", name, "\ufffdPNG") for name in said.files),
        ]
    return [("text/html", "", said.html)] if said.by_agent else [("text/plain", "", said.text)]


def _fits(record: Mapping[str, Any], limit: Mapping[str, Any]) -> bool:
    """Whether a record is meant by one part of a JSON search."""
    value = record[limit["field"]]
    match limit["operator"]:
        case "IN":
            return str(value) in map(str, limit["value"])
        case "IS":
            return limit["value"] == "NULL" and not value
        case _:
            raise AssertionError(limit)


def _page(records: Iterable[dict[str, Any]], query: Mapping[str, str]) -> dict[str, Any]:
    meant = [each for each in records if all(_fits(each, limit) for limit in json.loads(query["query"]))]
    size, page = min(int(query["per_page"]), 100), int(query.get("page", "1"))
    shown = {"type", "id", "_url", *query["fields"].split(",")}
    items = [
        {name: value for name, value in each.items() if name in shown}
        for each in meant[size * (page - 1) : size * page]
    ]
    return {"items": items, "count": len(items), "page": page, "per_page": size, "pages": None, "total": None}


def answer(path: str, query: Mapping[str, str], sample: Sample) -> Any:
    match path:
        case "/rt":
            return {"Version": "5.0.3+dfsg-3~deb12u6", "Plugins": []}
        case "/ticket/12":
            return _ticket(sample)
        case "/ticket/12/history":
            return _page(_history(sample), query)
        case "/attachments":
            return _page(_attachments(sample), query)
        case _:
            return _USERS.get(path.removeprefix("/user/"))


PRODUCT = Product(
    ticket="12",
    answer=answer,
    links=(
        "https://rt.acme.example/rt/Ticket/Display.html?id=12",
        "https://rt.acme.example/rt/Ticket/Display.html?id=12#txn-104",
        "https://rt.acme.example/rt/Ticket/Display.html?results=a1b2&id=12&ForceShowHistory=1",
        "https://rt.acme.example/rt/Ticket/History.html?id=12",
        "https://rt.acme.example/rt/Ticket/Update.html?Action=Respond;id=12;QuoteTransaction=104",
        "https://rt.acme.example/rt/SelfService/Display.html?id=12",
    ),
    settings={"address": "https://rt.acme.example/rt", "facts": {"Plan": "plan", "Seats": "seats"}},
    authorization=("Authorization", "token t0ken"),
    keeps=frozenset({"notes", "fields", "attachments", "status"}),
    api="/rt/REST/2.0",
)
