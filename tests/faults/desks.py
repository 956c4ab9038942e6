"""A small desk that starts quickly: one document, found by words alone, and the sample workspace's people."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot.sandbox.sandbox import Sandbox
from bot.serve import serving
from bot.starter import make_desk
from tests.conftest import document
from tests.office import Clock, Office, settings_for

QUESTION = "When are yearly plans refunded in full?"
QUOTE = "Yearly plans are refunded in full when you ask within 14 days of buying."
PEOPLE = """
channels:
  intake: [C0INTAKE, C0RANDOM]
  escalations: C0BILLING
roles:
  agents: [S0AGENTS]
  seniors: [S0SENIORS]
"""
"""The part of desk.yaml that names them."""


def small_desk(folder: Path) -> Path:
    """Makes the desk."""
    make_desk(folder, sample=False)
    document(folder, "refunds", QUOTE)
    with (folder / "desk.yaml").open("a", encoding="utf-8") as file:
        file.write(PEOPLE)
    return folder


@asynccontextmanager
async def small_office(sandbox: Sandbox, desk: Path, *, http: bool = False, **more: Any) -> AsyncIterator[Office]:
    """A bot on a small desk, in this process; `more` are settings."""
    settings = settings_for(sandbox, desk, embeddings="none", port=free_port(), **more)
    clock = Clock()
    async with serving(settings, http=http, grace=2.0, now=clock) as (bot, _):
        if http:
            sandbox.deliver_to(f"http://{settings.host}:{settings.port}/slack/events")
        yield Office(sandbox, bot, settings, clock)


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])
