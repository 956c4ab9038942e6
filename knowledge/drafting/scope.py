"""Scope: which of several exclusive things a text is about, such as monthly or yearly plans."""

from collections.abc import Iterable

from knowledge.drafting.draft import Statement
from knowledge.drafting.phrases import first
from knowledge.drafting.playbook import Playbook, Scope


def scopes_named(scope: Scope, text: str) -> frozenset[str]:
    """The values of a scope that a text names."""
    return frozenset(value for value, phrases in scope.values.items() if first(phrases, text))


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
