"""Replay: what is different between two drafts for the same ticket. Pure; identical drafts differ in nothing."""

from collections.abc import Iterable, Iterator
from enum import StrEnum

from knowledge.drafting.draft import Draft, Outcome
from knowledge.drafting.frozen import Frozen


class ChangeKind(StrEnum):
    """What can change in a draft, the gravest first."""

    PROOF = "proof"
    """It is proven no more."""
    STATUS = "status"
    ESCALATION = "escalation"
    CITATION = "citation"
    QUESTION = "question"
    ASSUMPTION = "assumption"
    WORDING = "wording"


class Change(Frozen):
    """One difference, in a sentence for people."""

    kind: ChangeKind
    text: str


def changes(before: Draft, after: Draft) -> tuple[Change, ...]:
    """How a draft differs from the one before, the gravest difference first."""
    return tuple(_changes(before, after))


def gravest(found: Iterable[Change]) -> ChangeKind | None:
    """The gravest kind among some changes."""
    kinds = {change.kind for change in found}
    return next((kind for kind in ChangeKind if kind in kinds), None)


def _changes(before: Draft, after: Draft) -> Iterator[Change]:
    if before.status is not after.status:
        lost = after.status is Outcome.UNVERIFIED
        yield Change(kind=ChangeKind.PROOF if lost else ChangeKind.STATUS, text=f"{before.status} → {after.status}")
    yield from _differences(
        ChangeKind.ESCALATION,
        "warning",
        {
            (each.category, each.severity, each.route, each.second_approver): each.category
            for each in before.escalations
        },
        {(each.category, each.severity, each.route, each.second_approver): each.category for each in after.escalations},
    )
    yield from _differences(ChangeKind.CITATION, "citation", _citations(before), _citations(after))
    yield from _differences(
        ChangeKind.QUESTION,
        "question",
        {each.question: each.fact for each in before.missing_facts},
        {each.question: each.fact for each in after.missing_facts},
    )
    yield from _differences(
        ChangeKind.ASSUMPTION,
        "assumption",
        {each: each for each in before.assumptions},
        {each: each for each in after.assumptions},
    )
    if before.reply != after.reply:
        yield Change(kind=ChangeKind.WORDING, text="the reply reads otherwise")


def _citations(draft: Draft) -> dict[object, str]:
    """By what is quoted: another version of a document with the same words proves the same."""
    return {
        (citation.document, citation.quote): f"{citation.title}: “{citation.quote}”"
        for statement in draft.statements
        for citation in statement.citations
    }


def _differences(kind: ChangeKind, what: str, before: dict[object, str], after: dict[object, str]) -> Iterator[Change]:
    for key, name in before.items():
        if key not in after:
            yield Change(kind=kind, text=f"{what} lost: {name}")
    for key, name in after.items():
        if key not in before:
            yield Change(kind=kind, text=f"{what} new: {name}")
