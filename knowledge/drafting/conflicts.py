"""Conflicts: two sentences of approved documents that state different values for the same thing."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from knowledge.drafting.claims import Claim, claims
from knowledge.drafting.conflict import Conflict, Side
from knowledge.drafting.contradiction import Difference, Stand, difference
from knowledge.drafting.headings import one_subject
from knowledge.drafting.passage import Passage
from knowledge.drafting.playbook import Playbook
from knowledge.drafting.quantity import Kind
from knowledge.drafting.telling import stems

_Values = tuple[object, ...]
_Index = dict[tuple[str, str], dict[_Values, list[Stand]]]
_MOST = 20
"""Values for one thing; where documents state more of them, they are data, such as "read by 12 people"."""


def find_conflicts(passages: Sequence[Passage], playbook: Playbook) -> tuple[Conflict, ...]:
    """The contradictions between passages of different documents, or of different versions of one, in a settled order.

    Two sentences are compared only where the rarest telling word of one stands in the other or in the headings above
    it, so the work grows with the number of sentences and not with that of pairs.
    """
    company = stems(playbook.company)
    found: dict[tuple[object, ...], tuple[Stand, Stand, Difference]] = {}
    against: dict[tuple[object, ...], set[tuple[str, ...]]] = defaultdict(set)
    for pair in _candidates([stand for passage in passages for stand in _stands(passage, company)]):
        one, other = sorted(pair, key=lambda stand: stand.place)
        if differs := difference(one, other, playbook):
            found[one.place, other.place, differs.thing] = one, other, differs
            against[one.place].add(differs.values[1])
            against[other.place].add(differs.values[0])
    # What several documents state in several ways is told apart by their titles, such as the fee of each account.
    return tuple(
        _conflict(one, other, differs)
        for _, (one, other, differs) in sorted(found.items(), key=lambda item: item[0])
        if not (_is_local(one, other) or len(against[one.place]) > 1 or len(against[other.place]) > 1)
        or one_subject(one.passage.title, other.passage.title, one.claim.told | other.claim.told)
    )


def _stands(passage: Passage, company: frozenset[str]) -> Iterator[Stand]:
    """A passage's claims. Whose rules they are goes without saying."""
    context = stems(passage.section) - company
    for claim in claims(passage.text):
        if told := claim.told - company:
            yield Stand(passage, claim._replace(told=told), context)


def _candidates(stands: Sequence[Stand]) -> Iterator[tuple[Stand, Stand]]:
    """Pairs that may contradict each other: other values of one kind, and the rarest word of one in the other."""
    stated: dict[tuple[str, frozenset[str]], set[_Values]] = defaultdict(set)
    for stand in stands:
        for kind, values in _said(stand.claim):
            stated[kind, stand.claim.told].add(values)
    index: _Index = defaultdict(lambda: defaultdict(list))
    often: Counter[tuple[str, str]] = Counter()
    asking: list[tuple[Stand, str, _Values]] = []
    for stand in stands:
        for kind, values in _said(stand.claim):
            if len(stated[kind, stand.claim.told]) > _MOST:
                continue
            asking.append((stand, kind, values))
            for word in stand.claim.told | stand.context:
                index[kind, word][values].append(stand)
                often[kind, word] += 1
    for stand, kind, values in asking:
        _, rarest = min((often[kind, word], word) for word in stand.claim.told)
        for others, held in index[kind, rarest].items():
            if others != values:
                yield from ((stand, other) for other in held if _elsewhere(stand.passage, other.passage))


def _said(claim: Claim) -> Iterator[tuple[str, _Values]]:
    """What a claim says of each kind; equal values do not contradict each other."""
    if claim.who:
        yield "who", (claim.only, *sorted(claim.who))
        return
    if not (claim.is_cell and claim.quantities):
        yield Kind.ANSWER, (claim.negated,)
    for kind in {quantity.kind for quantity in claim.quantities}:
        yield kind, tuple((q.said, q.unit) for q in claim.quantities if q.kind is kind)


def _elsewhere(one: Passage, other: Passage) -> bool:
    return (one.document, one.version) != (other.document, other.version)


def _is_local(one: Stand, other: Stand) -> bool:
    return one.claim.is_local or other.claim.is_local


def _conflict(one: Stand, other: Stand, differs: Difference) -> Conflict:
    left, right = differs.values
    return Conflict(kind=differs.kind, thing=differs.thing, sides=(_side(one, left), _side(other, right)))


def _side(stand: Stand, values: tuple[str, ...]) -> Side:
    passage, claim = stand.passage, stand.claim
    return Side(
        passage=passage.id,
        document=passage.document,
        version=passage.version,
        title=passage.title,
        section=passage.section,
        approved_by=passage.approved_by,
        effective_from=passage.effective_from,
        owner=passage.owner,
        url=passage.url,
        in_force_until=passage.in_force_until,
        quote=passage.text[claim.start : claim.end],
        start=claim.start,
        end=claim.end,
        values=values,
    )
