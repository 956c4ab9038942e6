"""Contradiction: whether two claims are about the same thing and cannot both be true."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from knowledge.drafting.claims import RANKS, Claim, without_asides
from knowledge.drafting.headings import told_apart
from knowledge.drafting.limits import Limit, limits
from knowledge.drafting.passage import Passage
from knowledge.drafting.playbook import Playbook
from knowledge.drafting.quantity import Bound, Kind, Quantity, clash
from knowledge.drafting.scope import scopes_named


class Stand(NamedTuple):
    """A claim where it stands."""

    passage: Passage
    claim: Claim
    context: frozenset[str]
    """Stems of the title and headings above it."""

    @property
    def place(self) -> tuple[str, str, int, int]:
        """Where it is, for a settled order."""
        return self.passage.document, self.passage.version, self.passage.start + self.claim.start, self.claim.end


class Difference(NamedTuple):
    """What two claims disagree about, and what each of them says."""

    kind: Kind
    thing: str
    values: tuple[tuple[str, ...], tuple[str, ...]]


_ENOUGH = 2
"""Telling words two claims share, headings included."""
_ROOM = 3
"""Telling words two sentences share before one of them may have a word more."""
_MEASURED = frozenset("long large high wide deep tall heavy".split())
"""Words that say of a number what it measures: 8 characters long are 8 characters."""
_FLAT = (Kind.DURATION, Kind.AMOUNT, Kind.COUNT, Kind.PERCENTAGE, Kind.SIZE)
"""Kinds of limits within which a yes is still a yes; a date or a time is a condition."""
_CASES = {Limit.EXCEPTION, Limit.CONTRAST, Limit.HEDGE, Limit.CONDITION}
"""What makes a sentence an exception or a case of its own, unless the other has it too."""


def difference(one: Stand, other: Stand, playbook: Playbook) -> Difference | None:
    """What two claims of different documents disagree about; None where both can be true."""
    a, b = one.claim, other.claim
    if bool(a.who) != bool(b.who) or not _same_thing(one, other):
        return None
    found = _of_roles(a, b) if a.who else _of_values(a, b) or _of_answers(a, b)
    if found and _same_case(a, b, found.kind) and not _told_apart(one, other, playbook):
        return found
    return None


def _same_thing(one: Stand, other: Stand) -> bool:
    """Whether all telling words agree. One side may have more of them where the other's headings say them."""
    a, b = one.claim, other.claim
    shared, mine, theirs = a.told & b.told, a.told - b.told, b.told - a.told
    if not shared or (mine and theirs) or len((a.told | one.context) & (b.told | other.context)) < _ENOUGH:
        return False
    more = (mine - other.context) | (theirs - one.context)
    spare = len(shared) >= _ROOM and more <= a.loose | b.loose
    harmless = len(more) == 1 and (spare or more <= _MEASURED)
    return not more or (harmless and a.negated == b.negated)


def _of_values(a: Claim, b: Claim) -> Difference | None:
    """The quantities of one kind that differ, where all others agree."""
    kinds = {quantity.kind for quantity in a.quantities}
    if a.negated != b.negated or kinds != {quantity.kind for quantity in b.quantities}:
        return None
    found: list[tuple[list[Quantity], list[Quantity]]] = []
    for kind in kinds:
        mine, theirs = ([q for q in claim.quantities if q.kind is kind] for claim in (a, b))
        if len(mine) != len(theirs):
            return None
        pairs = [(x, y) for x, y in zip(mine, theirs, strict=True) if clash(x, y)]
        left = [x for x, _ in pairs if x.said not in {y.said for y in theirs}]
        right = [y for _, y in pairs if y.said not in {x.said for x in mine}]
        if left and right:
            found.append((left, right))
    if len(found) != 1:
        return None
    left, right = found[0]
    values = (tuple(x.shown for x in left), tuple(y.shown for y in right))
    shown, gaps = min(((a, left), (b, right)), key=lambda side: (not side[0].is_cell, len(side[0].text), side[0].text))
    return Difference(left[0].kind, shown.text if shown.is_cell else _gapped(shown.text, gaps), values)


def _of_answers(a: Claim, b: Claim) -> Difference | None:
    """Yes against no, where every value agrees; a flat no also denies a yes within limits."""
    # "No fee" is "a fee of $0".
    if a.negated == b.negated or any(not quantity.high for quantity in a.quantities + b.quantities):
        return None
    no, yes = (a, b) if a.negated else (b, a)
    flat = not no.quantities and all(q.bound is not Bound.AT_LEAST and q.kind in _FLAT for q in yes.quantities)
    if not flat and [q.said for q in no.quantities] != [q.said for q in yes.quantities]:
        return None
    thing = yes.text if yes.is_cell else f"whether {_lowered(yes.text)}"
    return Difference(Kind.ANSWER, thing, (("no",), ("yes",)) if a.negated else (("yes",), ("no",)))


def _of_roles(a: Claim, b: Claim) -> Difference | None:
    """Only some may, against others who may too. Who usually may more is not left out by "only"."""
    for strict, free in ((a, b), (b, a)):
        if strict.only and min(RANKS[who] for who in free.who) < min(RANKS[who] for who in strict.who):
            left, right = (tuple(f"{'only ' * claim.only}{who}" for who in sorted(claim.who)) for claim in (a, b))
            return Difference(Kind.ANSWER, f"who can {min(a.text, b.text).rstrip('.')}", (left, right))
    return None


def _same_case(a: Claim, b: Claim, kind: Kind) -> bool:
    """Whether neither is a condition, an exception or a mere "not needed" beside the other."""
    mine, theirs = (limits(without_asides(f"{claim.lead} {claim.text}")) for claim in (a, b))
    differ = mine ^ theirs
    if differ & _CASES:
        return False
    if kind is not Kind.ANSWER or a.who:
        return True
    denied, no, yes = (a, mine, theirs) if a.negated else (b, theirs, mine)
    unneeded = Limit.DUTY in no - yes and "must not" not in denied.text
    return not unneeded and (bool(a.quantities or b.quantities) or not differ & {Limit.BEFORE, Limit.AFTER})


def _told_apart(one: Stand, other: Stand, playbook: Playbook) -> bool:
    """Whether the desk's scopes and names, or the headings, show that they are about different things."""
    texts = [(f"{s.claim.lead} {s.claim.text}", s.passage.section) for s in (one, other)]
    for scope in playbook.scopes:
        mine, theirs = (scopes_named(scope, text) or scopes_named(scope, section) for text, section in texts)
        if mine != theirs:
            return True
    names = [name for name in playbook.names if name != playbook.company]
    mine, theirs = (_named(names, text) or _named(names, section) for text, section in texts)
    paths = [(s.passage.title, *s.passage.headings) for s in (one, other)]
    return mine != theirs or told_apart(*paths)


def _named(names: Sequence[str], text: str) -> frozenset[str]:
    return frozenset(name for name in names if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text))


def _gapped(text: str, gaps: Sequence[Quantity]) -> str:
    """A sentence with a gap where its values were."""
    for gap in sorted(gaps, key=lambda quantity: -quantity.start):
        text = f"{text[: gap.start]}… {text[gap.end :].lstrip()}"
    return re.sub(r"… (?=[.,;:!?])", "…", text).strip(" .")


def _lowered(text: str) -> str:
    """A sentence as it goes on behind "whether"."""
    return (text if text[1:2].isupper() else text[:1].lower() + text[1:]).rstrip(".")
