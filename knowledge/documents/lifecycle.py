"""Lifecycle: which versions of the documents are in charge, after what people decided about them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Literal, TypeVar

from pydantic import Field

from knowledge.documents.decision import DocumentDecision, DocumentVerdict
from knowledge.documents.document import DocumentStatus, Validity, Version
from knowledge.drafting.frozen import Frozen

V = TypeVar("V", bound=Version)
_PROPOSED = {"status": DocumentStatus.PROPOSED, "approved_by": ""}


class DocumentRules(Frozen):
    """How a desk approves its documents."""

    approval: Literal["file", "owner"] = "file"
    """Whether a file's own word is an approval, or only a document owner's decision about that very text."""
    changed: Literal["none", "keep"] = "none"
    """What answers while a changed document waits for approval: nothing, or the version approved before."""
    grace_days: int = Field(default=0, ge=0, le=365)
    """How many days past its last one a version may still be quoted."""
    quarantine: bool = False
    """Whether a passage that is reported as wrong is left out of answers until somebody has answered for it."""


def in_charge(
    seen: Sequence[V], earlier: Iterable[V], decisions: Sequence[DocumentDecision], rules: DocumentRules
) -> tuple[V, ...]:
    """The versions that an index is to hold: each present one, and those before it that may still be quoted.

    `earlier` are the versions before, oldest first, as they were when they were seen; `decisions` are in their order.
    """
    decided = {(decision.document, decision.hash): at for at, decision in enumerate(decisions)}
    # A refusal is about its text alone; it ends no approval of another.
    counted = ((at, each) for at, each in enumerate(decisions) if each.verdict is not DocumentVerdict.REFUSED)
    last = {decision.document: at for at, decision in counted}
    before: dict[str, list[tuple[int, V]]] = {}
    for version in earlier:
        at = decided.get((version.id, version.hash), -1)
        judged = as_decided(version, decisions[at] if at >= 0 else None, rules)
        if _approved(judged):
            before.setdefault(version.id, []).append((at, judged))
    found: list[V] = []
    successors: list[V] = []
    for version in seen:
        now = _present(version, decided, last, decisions, rules)
        found.append(now)
        kept = [each for each in before.get(version.id, ()) if each[1].hash != version.hash]
        # What people took out of answers does not come back by an older version.
        withdrawn = now.status is DocumentStatus.WITHDRAWN and not now.refused
        taken_out = withdrawn or _withdrawn(version.id, last, decisions)
        if not kept or taken_out:
            successors += [now] if _approved(now) else []
            continue
        newest = max(reversed(kept), key=lambda each: each[0])[1]
        # What superseded another document goes on doing so while a change of it waits.
        successors.append(now if _approved(now) else newest)
        if rules.changed == "keep" and (seen_by := _audience_of_both(now, newest)) is not None:
            # Once the present one is approved, the one before ends where it begins.
            ends = now.effective_from if _approved(now) else None
            found.append(newest.model_copy(update={"superseded_from": ends, "audience": seen_by}))
    return _superseded(found, successors)


def as_decided(version: V, decision: DocumentDecision | None, rules: DocumentRules) -> V:
    """A version with what people decided last about its very text."""
    changes: dict[str, object] = {"grace_days": rules.grace_days, "superseded_from": None}
    if decision is None:
        if rules.approval == "owner" and _approved(version):
            changes |= _PROPOSED
    elif decision.verdict is not DocumentVerdict.APPROVED:
        refused = decision.verdict is DocumentVerdict.REFUSED
        changes |= {"status": DocumentStatus.WITHDRAWN, "refused": refused}
    else:
        dates = {
            name: value
            for name in ("effective_from", "effective_until", "review_by")
            if (value := getattr(decision, name)) is not None
        }
        changes |= {"status": DocumentStatus.APPROVED, "approved_by": decision.name or decision.person, **dates}
    return version.model_copy(update=changes)


def _present(
    version: V,
    decided: Mapping[tuple[str, str], int],
    last: Mapping[str, int],
    decisions: Sequence[DocumentDecision],
    rules: DocumentRules,
) -> V:
    """The present version of a document. An approval of a text that came back does not outlive that of a later one."""
    at = decided.get((version.id, version.hash), -1)
    own = decisions[at] if at >= 0 else None
    if own and own.verdict is DocumentVerdict.APPROVED and at != last[version.id]:
        own = None
    now = as_decided(version, own, rules)
    if own is None and _approved(now) and _withdrawn(version.id, last, decisions):
        # A file's own word does not undo what a person took out of answers.
        now = now.model_copy(update=_PROPOSED)
    return now


def _withdrawn(document: str, last: Mapping[str, int], decisions: Sequence[DocumentDecision]) -> bool:
    return document in last and decisions[last[document]].verdict is DocumentVerdict.WITHDRAWN


def _audience_of_both(now: Version, kept: Version) -> str | None:
    """The audience that may see both; none where two differ."""
    both = {version.audience for version in (now, kept) if version.audience}
    return "".join(both) if len(both) < 2 else None


def _superseded(versions: Sequence[V], successors: Iterable[V]) -> tuple[V, ...]:
    """The versions, each ending where a successor that supersedes its document begins."""
    starts: dict[str, date] = {}
    for version in successors:
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
