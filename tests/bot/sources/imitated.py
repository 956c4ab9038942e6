"""Imitated platforms: a server on this machine that answers as each platform's documentation says."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, NamedTuple, cast

from aiohttp import web

from bot.sources.page import Page, Refused, Source
from knowledge.sources import SourceSettings
from tests.serving import serving

TOKEN = "t0ken"
ROOT = "1f217cc1225f4580" + "8e22cd7eb8db3c5e"
AT_ONCE = 7
"""How many documents the imitations give at once; all may give fewer than they are asked for."""
ELSEWHERE = "https://elsewhere.example"
"""Where the links in answers lead; whoever follows them leaves this machine, and the test fails."""


class Doc(NamedTuple):
    id: str
    title: str | None
    text: str | None
    shown: bool = True


@dataclass
class Platform:
    """A running server. `answer` gives what is at a path; what is in `docs` may change while it runs."""

    answer: Callable[["Platform", str, Mapping[str, str]], Any]
    docs: list[Doc]
    url: str = ""
    asked: list[tuple[str, str]] = field(default_factory=list)
    headers: list[Mapping[str, str]] = field(default_factory=list)
    status: int = 0
    """What is answered instead, from `broken_from` requests on."""
    broken_from: int = 0
    extra: dict[str, Any] = field(default_factory=dict)
    """Answers at further paths."""

    async def serve(self, request: web.Request) -> web.StreamResponse:
        self.asked.append((request.method, request.path_qs))
        self.headers.append(request.headers)
        if self.status and len(self.asked) > self.broken_from:
            return web.json_response({"error": "no"}, status=self.status, headers={"Retry-After": "0"})
        found = self.extra.get(request.path) or self.answer(self, request.path, request.query)
        return web.json_response(found) if found is not None else web.json_response({"error": "none"}, status=404)

    def slice(self, start: int, wanted: str | None, docs: list[Doc] | None = None) -> tuple[list[Doc], int]:
        """The documents from one on, and where the next ones begin, or 0 at the end."""
        docs = self.docs if docs is None else docs
        end = start + min(int(wanted or 25), AT_ONCE)
        return docs[start:end], end if end < len(docs) else 0


def zendesk(platform: Platform, path: str, query: Mapping[str, str]) -> Any:
    if path == "/api/v2/help_center/locales.json":
        return {"locales": ["de", "en-us"], "default_locale": "en-us"}
    if path not in {"/api/v2/help_center/articles.json", "/api/v2/help_center/en-us/articles.json"}:
        return None
    docs, after = platform.slice(int(query.get("page[after]", 0)), query.get("page[size]"))
    return {
        "articles": [
            {
                "id": int(doc.id),
                "title": doc.title,
                "name": doc.title,
                "body": doc.text and f"<p>{doc.text}</p>",
                "draft": not doc.shown,
                "html_url": f"https://acme.example/hc/{doc.id}",
                "label_names": None,
                "user_segment_id": None,
            }
            for doc in docs
        ],
        "meta": {"has_more": bool(after), "after_cursor": str(after) if after else None, "before_cursor": None},
        "links": {"next": f"{ELSEWHERE}{path}?page[after]={after}", "prev": None},
    }


def intercom(platform: Platform, path: str, query: Mapping[str, str]) -> Any:
    if path != "/articles":
        return None
    number = int(query.get("page", 1))
    docs, _ = platform.slice((number - 1) * AT_ONCE, query.get("per_page"))
    return {
        "type": "list",
        "pages": {
            "type": "pages",
            "page": number,
            "per_page": AT_ONCE,
            "total_pages": -(-len(platform.docs) // AT_ONCE),
            "next": f"{ELSEWHERE}/articles?page={number + 1}",
        },
        "total_count": len(platform.docs),
        "data": [
            {
                "id": doc.id,
                "type": "article",
                "title": doc.title,
                "description": None,
                "body": doc.text and f'<p class="no-margin">{doc.text}</p>',
                "state": "published" if doc.shown else "draft",
                "url": f"https://acme.example/hc/{doc.id}" if doc.shown else None,
                "parent_id": 18,
                "parent_ids": None,
            }
            for doc in docs
        ],
    }


def confluence(platform: Platform, path: str, query: Mapping[str, str]) -> Any:
    if path == "/wiki/api/v2/spaces":
        known = [{"id": "77", "key": "SUP", "name": "Support", "homepageId": None}]
        return {"results": [each for each in known if each["key"] == query["keys"].upper()], "_links": {"base": None}}
    if path != "/wiki/api/v2/spaces/77/pages" or query.get("body-format") != "storage":
        return None
    wanted = [doc for doc in platform.docs if doc.shown or query.get("status") != "current"]
    docs, after = platform.slice(int(query.get("cursor", "=0").removeprefix("=")), query.get("limit"), wanted)
    return {
        "results": [
            {
                "id": doc.id,
                "status": "current" if doc.shown else "archived",
                "title": doc.title,
                "parentId": None,
                "body": {"storage": {"representation": "storage", "value": f"<p>{doc.text}</p>"}} if doc.text else None,
                "_links": {"webui": f"/hc/{doc.id}"},
            }
            for doc in docs
        ],
        "_links": {"base": "https://acme.example"}
        | ({"next": f"{ELSEWHERE}{path}?limit=25&cursor=%3D{after}"} if after else {}),
    }


def block(kind: str, text: str | None = "", *, id: str = "b", below: bool = False, **content: Any) -> dict[str, Any]:  # noqa: A002
    rich = [{"type": "text", "plain_text": text, "href": None, "annotations": {"code": False}}] if text else None
    return {
        "object": "block",
        "id": id,
        "type": kind,
        "has_children": below,
        "in_trash": False,
        "archived": None,
        kind: {"rich_text": rich, "color": None, **content},
    }


def blocks(*given: dict[str, Any], after: int = 0) -> dict[str, Any]:
    return {
        "object": "list",
        "results": list(given),
        "has_more": bool(after),
        "next_cursor": str(after) if after else None,
    }


def notion(platform: Platform, path: str, query: Mapping[str, str]) -> Any:
    if path == f"/v1/pages/{ROOT}":
        title = {"id": "title", "type": "title", "title": [{"plain_text": "Handbook"}]}
        return {"object": "page", "properties": {"title": title, "Tags": {"type": "multi_select"}}, "url": None}
    if path == f"/v1/blocks/{ROOT}/children":
        docs, after = platform.slice(int(query.get("start_cursor", 0)), query.get("page_size"))
        pages = (block("child_page", id=doc.id, title=doc.title) | {"in_trash": not doc.shown} for doc in docs)
        return blocks(*pages, after=after)
    found = next((doc for doc in platform.docs if path == f"/v1/blocks/{doc.id}/children"), None)
    return found and blocks(block("paragraph", found.text))


KINDS: dict[str, tuple[Callable[[Platform, str, Mapping[str, str]], Any], dict[str, str], str, str]] = {
    "zendesk_guide": (zendesk, {"user": "mara@acme.example"}, "", "https://acme.example/hc/{id}"),
    "intercom_articles": (intercom, {}, "Bearer t0ken", "https://acme.example/hc/{id}"),
    "confluence": (confluence, {"user": "mara@acme.example", "start": "SUP"}, "", "https://acme.example/hc/{id}"),
    "notion": (
        notion,
        {"start": f"https://www.notion.so/acme/A-Handbook-{ROOT}?pvs=4"},
        "Bearer t0ken",
        "{notion}{id}",
    ),
}
BASIC = {"zendesk_guide": "mara@acme.example/token:t0ken", "confluence": "mara@acme.example:t0ken"}
DOCS = [
    Doc(f"{number}01", f"Rule {number}", f"Plan {number} is refunded within {number} days.") for number in range(1, 19)
]
DRAFT = Doc("9001", "A draft", "Nothing is refunded.", shown=False)


@asynccontextmanager
async def running(kind: str) -> AsyncIterator[Platform]:
    platform = Platform(KINDS[kind][0], [*DOCS[:9], DRAFT, *DOCS[9:]])
    async with serving(platform.serve) as url:
        platform.url = url
        yield platform


def named(kind: str, server: Platform, **more: Any) -> SourceSettings:
    given = {"name": "help", "kind": kind, "address": server.url, "private": True, **KINDS[kind][1], **more}
    return SourceSettings.model_validate(given)


async def taken(settings: SourceSettings, token: str = TOKEN, heard: list[int] | None = None) -> list[Page | Refused]:
    source = cast("Source", import_module(f"bot.sources.{settings.kind}"))
    told: list[int] = [] if heard is None else heard
    return [each async for each in source.read(settings, token, told.append)]


def pages(found: list[Page | Refused]) -> list[Page]:
    return [each for each in found if isinstance(each, Page)]
