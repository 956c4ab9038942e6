"""SampleHelpdesk: a helpdesk beside the local workspace, with Zendesk's API to read it and a page to see it."""

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from aiohttp import web

Json = dict[str, Any]
ADDRESS = "https://harborlight.zendesk.example"
"""Where the sample desk believes its tickets to be."""
PATH = "/helpdesk"
TOKEN = "sandbox-helpdesk"
_PLAN = 360_000_000_001
_AGENT = {"id": 2, "name": "Ben Okoro", "role": "agent"}


@dataclass
class Comment:
    """Something that was written on a ticket."""

    text: str
    by_agent: bool = False
    public: bool = True
    files: Sequence[str] = ()
    minutes_ago: int = 0


@dataclass
class SampleTicket:
    """A ticket of the sample helpdesk."""

    id: int
    subject: str
    requester: str
    comments: list[Comment] = field(default_factory=list)
    plan: str = ""
    tags: Sequence[str] = ()


class SampleHelpdesk:
    """Its tickets, and the two doors to them: the API, and the page on which the customer can write again."""

    def __init__(self, tickets: Iterable[SampleTicket] = ()) -> None:
        self.tickets = {ticket.id: ticket for ticket in tickets}
        self.asked: list[tuple[str, str]] = []
        """Verb and path of each request to the API."""
        self._started = datetime.now(UTC)

    def add_to(self, app: web.Application) -> None:
        """Open both doors in an application."""
        app.router.add_route("*", f"{PATH}/api/v2/{{path:.*}}", self._answer)
        app.router.add_get(f"{PATH}/agent/tickets/{{id:\\d+}}", self._page)
        app.router.add_post(f"{PATH}/agent/tickets/{{id:\\d+}}", self._write_again)

    async def _answer(self, request: web.Request) -> web.Response:
        self.asked.append((request.method, request.path))
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return web.json_response({"error": "Couldn't authenticate you"}, status=401)
        if request.method != "GET":
            return web.json_response({"error": "This helpdesk is only read"}, status=405)
        path = request.match_info["path"]
        if path == "users/me.json":
            return web.json_response({"user": _AGENT})
        number = path.removeprefix("tickets/").removesuffix("/comments.json").removesuffix(".json")
        ticket = self.tickets.get(int(number)) if number.isascii() and number.isdigit() else None
        if ticket is None:
            return web.json_response({"error": "RecordNotFound"}, status=404)
        return web.json_response(self._comments(ticket) if path.endswith("/comments.json") else self._shown(ticket))

    def _shown(self, ticket: SampleTicket) -> Json:
        shown = {
            "id": ticket.id,
            "subject": ticket.subject,
            "requester_id": 1,
            "status": "open",
            "tags": list(ticket.tags),
            "custom_fields": [{"id": _PLAN, "value": ticket.plan or None}],
            "created_at": self._at(ticket.comments[0]),
        }
        return {"ticket": shown, "users": _people(ticket)}

    def _comments(self, ticket: SampleTicket) -> Json:
        comments = [
            {
                "id": number,
                "author_id": _AGENT["id"] if comment.by_agent else 1,
                "plain_body": comment.text,
                "html_body": "".join(f"<p>{_lines(part)}</p>" for part in comment.text.split("\n\n")),
                "public": comment.public,
                "attachments": [{"id": number, "file_name": name} for name in comment.files],
                "created_at": self._at(comment),
            }
            for number, comment in enumerate(ticket.comments, 1)
        ]
        return {"comments": comments, "users": _people(ticket), "meta": {"has_more": False, "after_cursor": None}}

    def _at(self, comment: Comment) -> str:
        return (self._started - timedelta(minutes=comment.minutes_ago)).strftime("%Y-%m-%dT%H:%M:%SZ")

    async def _page(self, request: web.Request) -> web.Response:
        ticket = self.tickets.get(int(request.match_info["id"]))
        if ticket is None:
            return web.Response(text="There is no such ticket here.", status=404)
        # Without a referrer the form's own origin would be hidden from us as well.
        headers = {"Referrer-Policy": "same-origin"}
        return web.Response(text=_html(ticket), content_type="text/html", headers=headers)

    async def _write_again(self, request: web.Request) -> web.Response:
        ticket = self.tickets.get(int(request.match_info["id"]))
        text = str((await request.post()).get("text", "")).strip()
        if ticket and text and request.headers.get("Origin") in (None, f"http://{request.host}"):
            ticket.comments.append(Comment(text[:5_000]))
        raise web.HTTPSeeOther(request.path)


def _people(ticket: SampleTicket) -> list[Json]:
    return [{"id": 1, "name": ticket.requester, "role": "end-user"}, _AGENT]


def _lines(text: str) -> str:
    return html.escape(text).replace("\n", "<br>")


def _html(ticket: SampleTicket) -> str:
    said = "".join(
        f"<li><b>{html.escape(_who(ticket, comment))}</b><p>{html.escape(comment.text)}</p></li>"
        for comment in ticket.comments
    )
    title = html.escape(f"#{ticket.id} {ticket.subject}")
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<link rel="stylesheet" href="/page/ticket.css">'
        f"<main><h1>{title}</h1><p>The sample helpdesk. Proofdesk reads it and cannot write to it.</p><ol>{said}</ol>"
        '<form method="post"><label>Write again as the customer <textarea name="text" rows="3" required></textarea>'
        '</label><button type="submit">Send as the customer</button></form></main></html>'
    )


def _who(ticket: SampleTicket, comment: Comment) -> str:
    if not comment.public:
        return f"{_AGENT['name']}, internal note"
    return f"{_AGENT['name']}, agent" if comment.by_agent else ticket.requester


SAMPLES = (
    SampleTicket(
        4821,
        "Refund for annual plan",
        "Dana Reyes",
        [
            Comment(
                "Hello,\n\nwe took the annual Team plan on 4 May 2026, that is six days ago, and our board has now "
                "decided to stay with the tool we had before. Can we still get a refund for the whole amount?\n\n"
                "Best,\nDana",
                minutes_ago=95,
                files=("receipt.png",),
            ),
            Comment("Met her at the fair; be generous.", by_agent=True, public=False, minutes_ago=60),
        ],
        plan="yearly",
        tags=("billing",),
    ),
    SampleTicket(
        4822,
        "Cannot sign in",
        "Jonas Weber",
        [
            Comment("Hi, my password does not work any more. How do I reset it?", minutes_ago=240),
            Comment("Hi Jonas, please use “Forgot password” on the sign-in page.", by_agent=True, minutes_ago=180),
            Comment(
                "That worked, thank you! One more thing: which browsers do you support?\n\nOn Monday Ben Okoro wrote:\n"
                "> Hi Jonas, please use “Forgot password” on the sign-in page.",
                minutes_ago=15,
            ),
        ],
    ),
    SampleTicket(
        4823,
        "Wrong charge",
        "Ivana Kos",
        [
            Comment(
                "You renewed our yearly plan although we cancelled it. I will dispute this with my bank if I do not "
                "get my money back.",
                minutes_ago=30,
            )
        ],
    ),
)
"""The tickets of the sample helpdesk."""
