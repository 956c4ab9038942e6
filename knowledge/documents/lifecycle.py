"""Lifecycle: which versions of the documents are in charge, after what people decided about them."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal, TypeVar

from pydantic import Field

from knowledge.documents.decision import DocumentDecision, DocumentVerdict
from knowledge.documents.document import DocumentStatus, DocumentVersion, Validity
from knowledge.drafting.frozen import Frozen

V = TypeVar("V", bound=Validity)


class DocumentRules(Frozen):
    """How a desk approves its documents."""

    approval: Literal["file", "owner"] = "file"
    """Whether a file's own word is an approval, or only a document owner's decision about that very text."""
    changed: Literal["none", "keep"] = "none"
    """What answers while a changed document waits for approval: nothing, or the version approved before."""
    grace_days: int = Field(default=0, ge=0, le=365)
    """How many days past its last one a version may still be quoted."""


def in_charge(
    seen: Sequence[DocumentVersion],
    earlier: Iterable[DocumentVersion],
    decisions: Iterable[DocumentDecision],
    rules: DocumentRules,
) -> tuple[DocumentVersion, ...]:
    """The versions that an index is to hold: each present one, and those before it that may still be quoted.

    `earlier` are the versions before, oldest first, as they were when they were seen; `decisions` are in their order.
    """
    decided = {(decision.document, decision.hash): decision for decision in decisions}
    before: dict[str, list[DocumentVersion]] = {}
    for version in earlier:
        before.setdefault(version.id, []).append(as_decided(version, decided.get((version.id, version.hash)), rules))
    found: list[DocumentVersion] = []
    for version in seen:
        now = as_decided(version, decided.get((version.id, version.hash)), rules)
        found.append(now)
        kept = [each for each in before.get(version.id, ()) if each.hash != version.hash and _approved(each)]
        if kept and rules.changed == "keep" and now.status is not DocumentStatus.WITHDRAWN:
            # Once the present one is approved, the one before ends where it begins.
            ends = now.effective_from if _approved(now) else None
            found.append(kept[-1].model_copy(update={"superseded_from": ends}))
    return _superseded(found)


def as_decided(version: V, decision: DocumentDecision | None, rules: DocumentRules) -> V:
    """A version with what people decided last about its very text."""
    changes: dict[str, object] = {"grace_days": rules.grace_days, "superseded_from": None}
    if decision is None:
        if rules.approval == "owner" and _approved(version):
            changes |= {"status": DocumentStatus.PROPOSED, "approved_by": ""}
    elif decision.verdict is DocumentVerdict.WITHDRAWN:
        changes["status"] = DocumentStatus.WITHDRAWN
    else:
        dates = {
            name: value
            for name in ("effective_from", "effective_until", "review_by")
            if (value := getattr(decision, name)) is not None
        }
        changes |= {"status": DocumentStatus.APPROVED, "approved_by": decision.person, **dates}
    return version.model_copy(update=changes)


def _superseded(versions: Sequence[DocumentVersion]) -> tuple[DocumentVersion, ...]:
    """The versions, each ending where an approved document that supersedes its own begins."""
    starts: dict[str, date] = {}
    for version in versions:
        if _approved(version):
            for old in version.supersedes:
                starts[old] = min(starts.get(old, date.max), version.effective_from)
    return tuple(
        version.model_copy(update={"superseded_from": min(ends)})
        if (ends := [day for day in (version.superseded_from, starts.get(version.id)) if day])
        else version
        for version in versions
    )


def _approved(version: Validity) -> bool:
    return version.status is DocumentStatus.APPROVED
