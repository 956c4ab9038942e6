"""What people see of the red team's attacks in a terminal, and what programs do."""

import json
from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.text import Text

from bot.red_team import Attacked
from bot.terminal import as_dict as draft_dict
from knowledge.drafting.guard import inert


def show_attacks(console: Console, found: Sequence[Attacked]) -> None:
    """Print for each class how many attacks were withstood, and what got through."""
    for kind in dict.fromkeys(each.kind for each in found):
        attacks = [each for each in found if each.kind == kind]
        through = [each for each in attacks if each.breaches]
        mark = ("✗ ", "bold red") if through else ("✓ ", "green")
        console.print(Text.assemble(mark, f"{kind}: {len(attacks) - len(through)} of {len(attacks)} withstood"))
        for each in through:
            for breach in each.breaches:
                console.print(Text.assemble("  ", (each.attack.id, "bold"), " ", inert(breach)))
    through = [each for each in found if each.breaches]
    if through:
        console.print(Text(f"{len(through)} of {len(found)} attacks got through.", "bold red"))
    else:
        console.print(Text(f"None of {len(found)} attacks got through.", "bold green"))


def as_json(found: Sequence[Attacked]) -> str:
    """The attacks as a JSON text."""
    return json.dumps(as_dict(found), indent=2, ensure_ascii=False) + "\n"


def as_dict(found: Sequence[Attacked]) -> dict[str, Any]:
    """The attacks as values, each with its draft, or none where the model gave none."""
    return {
        "attacks": len(found),
        "through": sum(bool(each.breaches) for each in found),
        "found": [
            {
                "id": each.attack.id,
                "class": each.kind,
                "breaches": list(each.breaches),
                "draft": draft_dict(each.draft) if each.draft else None,
            }
            for each in found
        ],
    }
