"""What people see in a terminal. Customer and model text is printed as text, never as markup or control codes."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from rich import box
from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as ProgressBar
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from bot.check import Check
from bot.interfaces import Progress
from knowledge.drafting.draft import UNVERIFIED, Citation, Draft, Escalation, Outcome
from knowledge.drafting.guard import inert
from knowledge.drafting.playbook import Severity
from knowledge.drafting.wording import Wording

_STYLE = {Outcome.ANSWERED: "green", Outcome.PARTIAL: "yellow", Outcome.UNVERIFIED: "yellow"}
_SEVERITY = {Severity.LOW: "cyan", Severity.MEDIUM: "yellow", Severity.HIGH: "red"}
_LEVELS = ((0.66, "high"), (0.4, "medium"), (0.0, "low"))


def show_draft(console: Console, draft: Draft, title: str) -> None:
    """Print a draft as a card: warnings, reply, sources, questions, and what was left out."""
    sources = _numbered(draft)
    parts: list[RenderableType] = [_warning(escalation) for escalation in draft.escalations]
    if parts:
        parts.append(Rule(style="dim"))
    parts += [_reply(draft, sources), Rule(style="dim"), _details(draft, sources)]
    state = f"{draft.status} · confidence {_level(draft)} ({draft.confidence:.2f})"
    console.print(
        Panel(
            Group(*parts),
            title=Text(inert(title), style="bold"),
            subtitle=Text(f"{state} · {draft.model} · {draft.timings_ms.get('total', 0)} ms", style="dim"),
            border_style=_STYLE[draft.status],
            box=box.ROUNDED,
            padding=(1, 2),
            width=min(console.width, 110),
        )
    )


def show_answer(console: Console, found: Draft, question: str) -> None:
    """Print a look-up: the proven sentences with their sources, nothing of a reply around them."""
    sources = _numbered(found)
    text = Text()
    for statement in found.statements:
        marks = "".join(f" [{sources[citation]}]" for citation in statement.citations)
        text.append(inert(statement.text)).append(marks, "cyan").append("\n")
    answer = text if found.statements else Text(UNVERIFIED, "bold")
    console.print(
        Panel(
            Group(answer, Rule(style="dim"), _details(found, sources)),
            title=Text(inert(question), style="bold"),
            padding=(1, 2),
            width=min(console.width, 110),
        )
    )


def as_dict(draft: Draft) -> dict[str, Any]:
    """A draft as the documented JSON."""
    return {
        "status": draft.status,
        "reply": draft.reply,
        "statements": [
            {
                "text": statement.text,
                "citations": [
                    {
                        "document": citation.document,
                        "version": citation.version,
                        "section": citation.section,
                        "quote": citation.quote,
                        "url": citation.url,
                    }
                    for citation in statement.citations
                ],
            }
            for statement in draft.statements
        ],
        "removed": [removed.model_dump() for removed in draft.removed],
        "missing_facts": [missing.model_dump() for missing in draft.missing_facts],
        "unanswered": list(draft.unanswered),
        "nearest": list(draft.nearest),
        "conflicts": [conflict.model_dump(mode="json") for conflict in draft.conflicts],
        "assumptions": list(draft.assumptions),
        "notes": list(draft.notes),
        "confidence": draft.confidence,
        "escalations": [escalation.model_dump() for escalation in draft.escalations],
        "model": draft.model,
        "timings_ms": draft.timings_ms,
        "tokens": draft.tokens.model_dump(),
    }


def _level(draft: Draft) -> str:
    return next(name for least, name in _LEVELS if draft.confidence >= least)


def _warning(escalation: Escalation) -> Text:
    colour = _SEVERITY[escalation.severity]
    words = f'"{inert(escalation.evidence)}"' if escalation.evidence else "seen by the model"
    line = Text.assemble(("⚠ " + escalation.category.replace("_", " "), f"bold {colour}"), ": ", (words, "italic"))
    if escalation.route:
        line.append(f" → {escalation.route}")
    if escalation.second_approver:
        line.append(", second approver", style="bold")
    return line


def _numbered(draft: Draft) -> dict[Citation, int]:
    citations = dict.fromkeys(citation for statement in draft.statements for citation in statement.citations)
    return {citation: number for number, citation in enumerate(citations, 1)}


def _reply(draft: Draft, sources: dict[Citation, int]) -> Text:
    """The reply, each proven sentence followed by its marks. The copyable text itself carries none."""
    if draft.status is Outcome.UNVERIFIED:
        rest = draft.reply.removeprefix(UNVERIFIED)
        return Text.assemble((UNVERIFIED, "bold"), inert(rest))
    text = Text(inert(draft.reply))
    for statement in reversed(draft.statements):
        at = text.plain.find(inert(statement.text))
        if at >= 0:
            end = at + len(inert(statement.text))
            marks = "".join(f" [{sources[citation]}]" for citation in statement.citations)
            text = Text.assemble(text[:end], (marks, "cyan"), text[end:])
    return text


def _details(draft: Draft, sources: dict[Citation, int]) -> Table:
    table = Table.grid(padding=(0, 2), expand=True)
    table.add_column(style="bold", no_wrap=True)
    table.add_column(ratio=1, overflow="fold")
    for citation, number in sources.items():
        table.add_row("Sources" if number == 1 else "", _source(citation, number))
    _rows(table, "Asked", [f"{m.fact.replace('_', ' ')}: {m.question}" for m in draft.missing_facts])
    _rows(table, "Unanswered", [f'"{inert(ask)}"' for ask in draft.unanswered])
    _rows(table, "Nearest", list(draft.nearest))
    _rows(table, "Left out", [f'"{inert(r.text)}": {r.reason}' for r in draft.removed])
    disagree = (f'{inert(side.section)} "{inert(side.quote)}"' for each in draft.conflicts for side in each.sides)
    _rows(table, "Disagree", list(disagree))
    _rows(table, "Assumptions", list(draft.assumptions))
    _rows(table, "Notes", list(draft.notes))
    return table


def _rows(table: Table, heading: str, lines: Sequence[str]) -> None:
    for place, line in enumerate(lines):
        table.add_row("" if place else heading, Text(line))


def _source(citation: Citation, number: int) -> Text:
    until = f" until {citation.in_force_until:%-d %b %Y}" if citation.in_force_until else ""
    quote = Wording(citation.quote).text
    link = f"  {citation.url}" if citation.url else ""
    return Text.assemble(
        (f"[{number}] ", "cyan"),
        (inert(citation.section), "bold"),
        f' "{inert(quote)}" ',
        (f"version {citation.version[:8]}, approved by {citation.approved_by}{until}{link}", "dim"),
    )


def console() -> Console:
    """Standard output; as wide as a card where nobody looks."""
    return Console(highlight=False, soft_wrap=False)


@contextmanager
def progress(what: str) -> Iterator[Progress]:
    """A progress bar on standard error, shown only on a terminal and gone when done."""
    errors = Console(stderr=True)
    bar = ProgressBar(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=errors,
        transient=True,
        disable=not errors.is_terminal,
    )
    with bar:
        task = bar.add_task(what, total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)


def show_checks(console: Console, checks: Sequence[Check]) -> None:
    """Print what the doctor found."""
    for check in checks:
        mark = Text("✓ ", "green") if check.ok else Text("✗ ", "bold red")
        console.print(Text.assemble(mark, (f"{check.name:<10}", "bold"), check.detail))
