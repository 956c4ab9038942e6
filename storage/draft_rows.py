"""A draft as rows, and rows as a draft; pure functions."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel
from sqlmodel import SQLModel

from knowledge.drafting.answer import TokenCount
from knowledge.drafting.conflict import Conflict
from knowledge.drafting.draft import Citation, Draft, Escalation, MissingFact, Outcome, Removed, Statement
from storage.tables import (
    CitationRow,
    DraftPartRow,
    DraftRow,
    EscalationRow,
    MissingFactRow,
    RemovedStatementRow,
    StatementRow,
)

_Value = TypeVar("_Value", bound=BaseModel)


@dataclass
class Parts:
    """The rows of one draft besides its own, in the order of their positions."""

    statements: list[StatementRow] = field(default_factory=list)
    citations: list[CitationRow] = field(default_factory=list)
    removed: list[RemovedStatementRow] = field(default_factory=list)
    missing_facts: list[MissingFactRow] = field(default_factory=list)
    escalations: list[EscalationRow] = field(default_factory=list)

    def levels(self) -> tuple[list[DraftPartRow], ...]:
        """All rows, in the order they can be written: a citation refers to its statement."""
        return [*self.statements, *self.removed, *self.missing_facts, *self.escalations], [*self.citations]


def row_of(draft: Draft) -> dict[str, Any]:
    """The columns of the draft's own row that come from the draft itself."""
    return {
        "outcome": draft.status.value,
        "reply": draft.reply,
        "topic": draft.topic,
        "words": len(draft.reply.split()),
        "acknowledgement": draft.acknowledgement,
        "confidence": draft.confidence,
        "model": draft.model,
        "prompt_tokens": draft.tokens.prompt,
        "completion_tokens": draft.tokens.completion,
        "timings_ms": draft.timings_ms,
        "unanswered": list(draft.unanswered),
        "nearest": list(draft.nearest),
        "assumptions": list(draft.assumptions),
        "notes": list(draft.notes),
        "unproven": [sentence.model_dump() for sentence in draft.unproven],
        "conflicts": [conflict.model_dump(mode="json") for conflict in draft.conflicts],
    }


def parts_of(draft: Draft, workspace: str, draft_id: str) -> Parts:
    """The rows of a draft's parts."""
    of: dict[str, Any] = {"workspace": workspace, "draft_id": draft_id}
    return Parts(
        statements=[StatementRow(**of, position=n, text=s.text) for n, s in enumerate(draft.statements)],
        citations=[
            CitationRow(**of, statement=n, position=m, **citation.model_dump())
            for n, statement in enumerate(draft.statements)
            for m, citation in enumerate(statement.citations)
        ],
        removed=[RemovedStatementRow(**of, position=n, **r.model_dump()) for n, r in enumerate(draft.removed)],
        missing_facts=[MissingFactRow(**of, position=n, **f.model_dump()) for n, f in enumerate(draft.missing_facts)],
        # As JSON, because psycopg would write the name of an enumeration's member and not its value.
        escalations=[
            EscalationRow(**of, position=n, **e.model_dump(mode="json")) for n, e in enumerate(draft.escalations)
        ],
    )


def draft_of(row: DraftRow, parts: Parts) -> Draft:
    """The draft that was saved."""
    proofs: dict[int, list[Citation]] = defaultdict(list)
    for citation in parts.citations:
        proofs[citation.statement].append(_value(Citation, citation))
    return Draft(
        status=Outcome(row.outcome),
        reply=row.reply,
        topic=row.topic,
        acknowledgement=row.acknowledgement,
        statements=tuple(Statement(text=s.text, citations=tuple(proofs[s.position])) for s in parts.statements),
        removed=tuple(_value(Removed, r) for r in parts.removed),
        missing_facts=tuple(_value(MissingFact, f) for f in parts.missing_facts),
        unanswered=tuple(row.unanswered),
        nearest=tuple(row.nearest),
        assumptions=tuple(row.assumptions),
        escalations=tuple(_value(Escalation, e) for e in parts.escalations),
        notes=tuple(row.notes),
        unproven=tuple(Removed.model_validate(sentence) for sentence in row.unproven),
        conflicts=tuple(Conflict.model_validate(conflict) for conflict in row.conflicts),
        confidence=row.confidence,
        model=row.model,
        tokens=TokenCount(prompt=row.prompt_tokens, completion=row.completion_tokens),
        timings_ms=row.timings_ms,
    )


def _value(kind: type[_Value], row: SQLModel) -> _Value:
    """The value whose fields are columns of the same name."""
    return kind.model_validate(row.model_dump(include=set(kind.model_fields)))
