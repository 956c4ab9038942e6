"""Imitation: a server on this machine that answers as a helpdesk's documentation says."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from aiohttp import web

from tests.bot.helpdesks.sample import Sample
from tests.serving import serving

Answer = Callable[[str, Mapping[str, str], Sample], Any]
"""What a product answers at a path below its API's address, to a query, of a ticket; None for what there is not."""


class Product(NamedTuple):
    """A helpdesk as its documentation describes it. One file of `imitations` each, named after the kind."""

    ticket: str
    """The id of the imitated ticket."""
    answer: Answer
    links: tuple[str, ...]
    """Links to that ticket, at the address that `settings` names."""
    settings: Mapping[str, Any]
    """The entry in desk.yaml: address, and user or account where the product has such; `facts` where it has fields."""
    authorization: tuple[str, str]
    """The header that every request must carry, with the token `t0ken`."""
    keeps: frozenset[str] = frozenset({"notes", "tags", "fields", "attachments", "status"})
    """What the product's API gives of a ticket beside its messages; `satisfaction` too where it does."""
    satisfaction: str = "good"
    """A word of the product's own for a satisfied customer."""
    api: str = ""
    """The path of the API below its host, such as `/v2`."""


@dataclass
class Imitation:
    """A running server. What it answers can be changed while it runs."""

    product: Product
    sample: Sample
    url: str = ""
    asked: list[tuple[str, str]] = field(default_factory=list)
    """Verb and path of each request."""
    denied: int = 0
    """Requests without the right token."""
    instead: list[Callable[[], web.StreamResponse]] = field(default_factory=list)
    """Answers that are given before the real ones."""

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Answers a request."""
        self.asked.append((request.method, request.path))
        if self.instead:
            return self.instead.pop(0)()
        header, value = self.product.authorization
        if request.headers.get(header) != value:
            self.denied += 1
            return web.json_response({"error": "unauthorized"}, status=401)
        found = self.product.answer(request.path.removeprefix(self.product.api), request.query, self.sample)
        return web.json_response(found) if found is not None else web.json_response({"error": "not found"}, status=404)


@asynccontextmanager
async def imitation(product: Product, sample: Sample) -> AsyncIterator[Imitation]:
    """A server that answers with a ticket as a product would."""
    running = Imitation(product, sample)
    async with serving(running.serve) as url:
        running.url = f"{url}{product.api}"
        yield running
