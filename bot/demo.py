"""The demo: sample tickets of the fictional company, drafted by the real desk in the terminal."""

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from rich.console import Console
from rich.panel import Panel
from rich.text import Text

from bot.app import support_desk
from bot.interfaces import Progress
from bot.settings import Settings
from bot.starter import copy_sample
from bot.terminal import show_draft
from knowledge.drafting.ticket import Ticket
from knowledge.evals.cases import load_cases

TICKETS = ("refund-inside-window", "hacked-account", "two-questions-one-unknown", "feature-dark-mode")


async def play(console: Console, progress: Callable[[str], AbstractContextManager[Progress]]) -> None:
    """Draft a few sample tickets and show each beside what the customer wrote."""
    folder = _cache() / "demo"
    copy_sample(folder)
    settings = Settings(desk=folder)
    with progress("Reading the sample documents") as told:
        async with support_desk(settings) as desk:
            await desk.sync(told)
            cases = {case.id: case for case in load_cases(folder / "cases")}
            drafts = [(cases[name], await desk.rehearse(Ticket.pasted(cases[name].text))) for name in TICKETS]
    for case, draft in drafts:
        console.print()
        console.print(
            Panel(
                Text(case.ticket.strip()),
                title="The customer wrote",
                title_align="left",
                style="dim",
                width=min(console.width, 110),
            )
        )
        show_draft(console, draft, "Draft reply")
    console.print(
        "\nEach sentence of a reply is proven by a quote from a document that is approved and in force today.\n"
        "Nothing was sent to anyone. Your own desk: `proofdesk init mydesk`.",
        markup=False,
    )


def _cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "proofdesk"
