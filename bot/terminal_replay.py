"""A replay in a terminal, and as JSON."""

from collections import Counter
from collections.abc import Sequence
from difflib import unified_diff
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from bot.replay import Replayed
from knowledge.drafting.guard import inert
from knowledge.evals.replay import ChangeKind, gravest

_TOLD = {
    ChangeKind.PROOF: "lose their proof",
    ChangeKind.STATUS: "change their status",
    ChangeKind.ESCALATION: "change their warnings",
    ChangeKind.CITATION: "quote something else",
    ChangeKind.QUESTION: "ask something else",
    ChangeKind.ASSUMPTION: "take something else for granted",
    ChangeKind.WORDING: "read otherwise",
}
_STYLES = {"+": "green", "-": "red"}


def show_replay(console: Console, found: Sequence[Replayed], tickets: int) -> None:
    """Print the replies that change, the gravest first, and how many of each kind."""
    for each in found:
        console.print(Text(inert(each.ticket.name), "bold"))
        for change in each.changes:
            console.print(Padding(Text(inert(f"{change.kind}: {change.text}")), (0, 0, 0, 2)))
        for line in _difference(each):
            console.print(Padding(Text(inert(line), _STYLES.get(line[:1], "dim")), (0, 0, 0, 4)))
    replies = f"{tickets} repl{'y' if tickets == 1 else 'ies'}"
    if not found:
        console.print(f"None of {replies} would change.", markup=False)
        return
    kinds = Counter(gravest(each.changes) for each in found)
    told = ", ".join(f"{kinds[kind]} {_TOLD[kind]}" for kind in ChangeKind if kinds[kind])
    console.print(Text(f"{len(found)} of {replies} would change: {told}.", "bold"))


def replayed_json(found: Sequence[Replayed], tickets: int) -> dict[str, Any]:
    """A replay for programs."""
    return {
        "tickets": tickets,
        "changed": [
            {
                "ticket": each.ticket.name,
                "gravest": gravest(each.changes),
                "changes": [change.model_dump(mode="json") for change in each.changes],
                "before": each.before.reply,
                "after": each.after.reply,
            }
            for each in found
        ],
    }


def _difference(each: Replayed) -> list[str]:
    before, after = each.before.reply.splitlines(), each.after.reply.splitlines()
    return [line for line in list(unified_diff(before, after, lineterm="", n=0))[2:] if not line.startswith("@@")]
