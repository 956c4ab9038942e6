"""Scope: which of several exclusive things a text is about, such as monthly or yearly plans."""

import re
from collections.abc import Iterable

from knowledge.drafting.draft import Statement
from knowledge.drafting.phrases import first
from knowledge.drafting.playbook import Playbook, Scope

_THINGS = (
    "annex|appendix|article|building|category|chapter|class|clause|code|error|flight|floor|form|gate|generation|grade"
    "|group|level|model|option|paragraph|phase|port|region|release|route|rule|schedule|section|series|setting|size|stage"
    "|terminal|tier|type|version|zone"
)
_NUMBERED = re.compile(
    rf"\b(?:(?P<thing>(?:{_THINGS})s?) |(?P<counted>[a-z]{{3,20}}) (?=number |no\. ?|nr\. ?|#))"
    r"(?:number |no\. ?|nr\. ?|# ?)?(?P<number>\d{1,9}(?:\.\d{1,4}){0,3})\b"
    # A range, and what is open to one side, names no single thing.
    r"(?!\+| ?(?:-|–|,|/|to|and|or|through) ?(?:\d|(?:later|above|higher|newer|up|below|earlier|lower|older)\b))",
    re.IGNORECASE,
)


def scopes_named(scope: Scope, text: str) -> frozenset[str]:
    """The values of a scope that a text names."""
    return frozenset(value for value, phrases in scope.values.items() if first(phrases, text))


def numbered(text: str) -> dict[str, set[str]]:
    """The things that a text tells apart by number, such as zone 110: their numbers, by what they are."""
    found: dict[str, set[str]] = {}
    for match in _NUMBERED.finditer(text):
        name = (match["thing"] or match["counted"]).casefold().removesuffix("s")
        found.setdefault(name, set()).add(match["number"])
    return found


def assumptions(statements: Iterable[Statement], ticket: str, playbook: Playbook) -> tuple[str, ...]:
    """What a reply takes for granted: scopes of its proofs that the ticket does not mention."""
    assumed: dict[str, None] = {}
    for statement in statements:
        for citation in statement.citations:
            for scope in playbook.scopes:
                proven = scopes_named(scope, f"{citation.section}. {citation.quote}")
                if len(proven) == 1 and not scopes_named(scope, ticket):
                    assumed[f"assumes {scope.name}: {next(iter(proven))} (the ticket does not say)"] = None
    return tuple(assumed)
