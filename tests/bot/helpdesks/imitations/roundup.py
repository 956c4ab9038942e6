"""Roundup: roundup-tracker.org/docs/rest.html, in the shapes that a running Roundup 2.6 answered."""

import base64
from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from multidict import MultiMapping

from tests.bot.helpdesks.imitation import Product
from tests.bot.helpdesks.sample import OPENED, Said, Sample

_DATA = "https://issues.acme.example/tracker/rest/data"
_FIRST = 98
"""The first message's number: after it the numbers have three digits, which in an order of letters come first."""


def _link(kind: str, number: int, **label: str) -> dict[str, str]:
    return {"id": str(number), "link": f"{_DATA}/{kind}/{number}", **label}


def _person(*, agent: bool) -> dict[str, str]:
    return _link("user", 4, username="ben") if agent else _link("user", 3, username="dana")


def _moment(at: datetime) -> str:
    return at.strftime("%Y-%m-%d.%H:%M:%S")


def _data(kind: str, number: int, attributes: dict[str, Any]) -> dict[str, Any]:
    return {"data": {"type": kind, **_link(kind, number), "attributes": attributes, "@etag": '"f9283b"'}}


def _issue(sample: Sample) -> dict[str, Any]:
    numbers = range(_FIRST, _FIRST + len(sample.said))
    return {
        "id": "12",
        "title": sample.subject or None,
        "creator": _person(agent=False),
        "creation": _moment(OPENED),
        "activity": _moment(OPENED),
        "actor": _person(agent=True),
        "assignedto": None,
        "status": _link("status", 3, name="chatting"),
        "priority": _link("priority", 2, name="urgent"),
        "keyword": [_link("keyword", number, name=tag) for number, tag in enumerate(sample.tags, 1)],
        "messages": [_link("msg", number, activity=_moment(OPENED)) for number in sorted(numbers, key=str)],
        "files": [_link("file", 7, name=name) for said in sample.said for name in said.files],
        "nosy": [_person(agent=False)],
        "plan": sample.plan or None,
        "superseder": [],
    }


def _message(number: int, said: Said) -> dict[str, Any]:
    """A message as a collection shows it.

    One with files has no date, and only the issue has its files, as where it is written in the tracker's page; the
    HTML that a mail brings along is a file without a name.
    """
    return {
        **_link("msg", number),
        "activity": _moment(OPENED),
        "author": _person(agent=said.by_agent),
        "author.realname": said.name,
        "content": said.html if said.by_agent else said.text,
        "creation": _moment(said.at),
        "date": None if said.files else _moment(said.at),
        "files": [_link("file", 6, name="unnamed")] if said.files else [],
        "type": "text/html" if said.by_agent else None,
    }


def answer(path: str, query: Mapping[str, str], sample: Sample) -> Any:
    public = sample._replace(said=tuple(said for said in sample.said if not said.internal))
    match path:
        case "":
            return {"data": {"issue": {"link": f"{_DATA}/issue"}, "msg": {"link": f"{_DATA}/msg"}}}
        case "/issue/12":
            assert query["@verbose"] == "2", "Without it a link is a number."
            assert query["@protected"] == "true", "Without it there is no creator."
            return _data("issue", 12, _issue(public))
        case "/msg":
            assert query["@verbose"] == "3", "Without it there is no content."
            fields = {"id", "link", "activity", *query["@fields"].split(",")}
            meant = cast("MultiMapping[str]", query).getall("id")
            messages = (_message(number, said) for number, said in enumerate(public.said, _FIRST))
            shown = [
                {name: value for name, value in each.items() if name in fields}
                for each in messages
                if each["id"] in meant
            ]
            return {"data": {"collection": shown, "@total_size": len(shown)}}
        case _:
            return None


PRODUCT = Product(
    ticket="12",
    answer=answer,
    links=(
        "https://issues.acme.example/tracker/issue12",
        "https://issues.acme.example/tracker/issue12#msg99",
        "https://issues.acme.example/tracker/issue12?@template=item",
    ),
    settings={
        "address": "https://issues.acme.example/tracker",
        "user": "proofdesk",
        "facts": {"plan": "plan"},
    },
    authorization=("Authorization", "Basic " + base64.b64encode(b"proofdesk:t0ken").decode()),
    keeps=frozenset({"tags", "fields", "attachments", "status"}),
    api="/tracker/rest/data",
)
