"""Stability: whether a test ticket gets the same draft each time, and in other words."""

from collections.abc import Callable, Hashable, Sequence

from knowledge.drafting.draft import Draft
from knowledge.evals.scoring import Attempt

_SAME: dict[str, Callable[[Draft], Hashable]] = {
    "status": lambda draft: draft.status,
    "citations": lambda draft: frozenset(
        (citation.document, citation.version, citation.start, citation.end)
        for statement in draft.statements
        for citation in statement.citations
    ),
    "warnings": lambda draft: frozenset(escalation.category for escalation in draft.escalations),
}


def unsteady(attempts: Sequence[Attempt]) -> tuple[str, ...]:
    """What is not the same in all drafts of a case: status, citations, warnings, reply. None for a stable case.

    Replies are compared among drafts of the same words: other words may have another greeting.
    """
    differing = [name for name, seen in _SAME.items() if len({seen(attempt.draft) for attempt in attempts}) > 1]
    replies = {(attempt.wording, attempt.draft.reply) for attempt in attempts}
    if len(replies) > len({attempt.wording for attempt in attempts}):
        differing.append("reply")
    return tuple(differing)
