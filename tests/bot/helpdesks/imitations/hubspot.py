"""HubSpot: developers.hubspot.com/docs/api-reference, on tickets, associations, pipelines and conversations."""

from collections.abc import Mapping
from typing import Any

from tests.bot.helpdesks.imitation import Product
from tests.bot.helpdesks.sample import OPENED, Said, Sample

_THREAD, _SESSION = 7117, 7118
_THREADS = "/conversations/v3/conversations/threads"


def _ticket(sample: Sample, asked: list[str]) -> dict[str, Any]:
    known = {
        "subject": sample.subject or None,
        "content": sample.said[0].text,
        "createdate": OPENED.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        "hs_pipeline": "0",
        "hs_pipeline_stage": "1",
        "hs_feedback_last_ces_rating": sample.satisfaction[:1] or None,
        "plan_name": sample.plan or None,
    }
    return {
        "id": "4821",
        "properties": {name: known[name] for name in asked if name in known} | {"hs_object_id": "4821"},
        "createdAt": OPENED.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        "archived": False,
    }


def _associated(id_: int, kind: int) -> dict[str, Any]:
    return {
        "toObjectId": id_,
        "associationTypes": [{"category": "HUBSPOT_DEFINED", "typeId": kind, "label": None}],
    }


def _message(number: int, said: Said) -> dict[str, Any]:
    bare = {
        "id": f"m{number}",
        "conversationsThreadId": str(_THREAD),
        "createdAt": said.at.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        "createdBy": "A-1" if said.by_agent else "V-1",
        "client": {"clientType": "HUBSPOT"},
        "senders": [{"actorId": "A-1" if said.by_agent else "V-1", "name": said.name}],
        "recipients": [],
        "archived": False,
        "text": said.text,
        "richText": said.html,
        "attachments": [{"fileId": "55", "name": name, "fileUsageType": "IMAGE", "type": "FILE"} for name in said.files]
        + [{"type": "QUICK_REPLIES", "quickReplies": []}],
    }
    if said.internal:
        return {**bare, "type": "COMMENT"}
    # The beginning alone is given of the first one.
    shown = {"text": said.text[:3], "richText": None, "truncationStatus": "TRUNCATED"} if number == 0 else {}
    return {
        **bare,
        "type": "MESSAGE",
        "direction": "OUTGOING" if said.by_agent else "INCOMING",
        "truncationStatus": "NOT_TRUNCATED",
        "channelId": "1002",
        **shown,
    }


_ASSIGNED = {
    "id": "event",
    "type": "ASSIGNMENT",
    "createdAt": OPENED.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
    "createdBy": "S-hubspot",
    "assignedTo": "A-1",
    "senders": [],
    "recipients": [],
}


def _page(query: Mapping[str, str], sample: Sample) -> dict[str, Any]:
    newest_first = [*(_message(number, said) for number, said in enumerate(sample.said)), _ASSIGNED][::-1]
    size, start = int(query["limit"]), int(query.get("after", "0"))
    more = start + size < len(newest_first)
    paging = {"next": {"after": str(start + size), "link": "http://169.254.169.254/"}}
    return {"results": newest_first[start : start + size], **({"paging": paging} if more else {})}


def answer(path: str, query: Mapping[str, str], sample: Sample) -> Any:
    match path:
        case "/crm/v3/objects/tickets":
            return {"results": []}
        case "/crm/v3/objects/tickets/4821":
            return _ticket(sample, query["properties"].split(","))
        case "/crm/v4/objects/tickets/4821/associations/conversation":
            return {"results": [_associated(_SESSION, 278), _associated(_THREAD, 32)]}
        case "/crm/v3/pipelines/tickets/0/stages/1":
            return {"id": "1", "label": "New", "displayOrder": 0, "metadata": {"ticketState": "OPEN"}}
        case _ if path == f"{_THREADS}/{_THREAD}/messages":
            return _page(query, sample)
        case _ if path == f"{_THREADS}/{_THREAD}/messages/m0/original-content":
            return {"text": sample.said[0].text, "richText": sample.said[0].html}
        case _:
            return None


PRODUCT = Product(
    ticket="4821",
    answer=answer,
    links=(
        "https://app-eu1.hubspot.com/contacts/4471/record/0-5/4821",
        "https://app-eu1.hubspot.com/contacts/4471/record/0-5/4821/view/1",
        "https://app-eu1.hubspot.com/contacts/4471/ticket/4821/",
        "https://app-eu1.hubspot.com/help-desk/4471/view/388/ticket/4821/thread/7117#notes",
        "https://app-eu1.hubspot.com/help-desk/4471/view/search/ticket/4821",
    ),
    settings={"address": "https://app-eu1.hubspot.com", "account": "4471", "facts": {"plan_name": "plan"}},
    authorization=("Authorization", "Bearer t0ken"),
    keeps=frozenset({"notes", "fields", "attachments", "status", "satisfaction"}),
    satisfaction="6 of 7",
)
