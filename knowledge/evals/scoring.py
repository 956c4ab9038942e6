"""Scoring: whether a draft is what its test ticket expects."""

from collections.abc import Sequence
from typing import NamedTuple

from knowledge.drafting.draft import Draft
from knowledge.evals.cases import Case


class Score(NamedTuple):
    """What was right and wrong about one draft; `problems` is empty for a good one."""

    case: str
    decision: bool
    """Status and questions to the customer are as expected."""
    escalations: bool
    facts: bool
    """The reply holds what it must and nothing it must not, and cites what it must."""
    problems: tuple[str, ...]


def score(case: Case, draft: Draft) -> Score:
    """Compare a draft with its case."""
    expect = case.expect
    asked = {missing.fact for missing in draft.missing_facts}
    raised = {escalation.category for escalation in draft.escalations}
    cited = {citation.document for statement in draft.statements for citation in statement.citations}
    known = expect.status is not None
    decision = [
        *([f"is {draft.status}, not {expect.status}"] if known and draft.status is not expect.status else []),
        *(_differences("asks for", asked, set(expect.asks)) if known else []),
    ]
    escalations = _differences("raises", raised, set(expect.escalations)) if known else []
    facts = [
        *[f"does not cite {document}" for document in sorted(set(expect.cites) - cited)],
        *[f"does not say '{words}'" for words in expect.contains if words.casefold() not in draft.reply.casefold()],
        *[f"says '{words}'" for words in expect.excludes if words.casefold() in draft.reply.casefold()],
    ]
    return Score(case.id, not decision, not escalations, not facts, (*decision, *escalations, *facts))


class Totals(NamedTuple):
    """How many of the cases were right in each respect."""

    cases: int
    decisions: int
    escalations: int
    facts: int


def totals(scores: Sequence[Score]) -> Totals:
    """Add scores up."""
    return Totals(
        len(scores), sum(s.decision for s in scores), sum(s.escalations for s in scores), sum(s.facts for s in scores)
    )


def _differences(verb: str, found: set[str], expected: set[str]) -> list[str]:
    return [
        *[f"{verb} {name} needlessly" for name in sorted(found - expected)],
        *[f"{verb} no {name}" for name in sorted(expected - found)],
    ]
