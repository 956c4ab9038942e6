"""Grounding: which of a model's statements are proven by words that really stand in an approved passage.

A statement stands when one whole sentence of a supplied passage, found by code, says all of it and no more: the same
hard facts, the same limits, the same content words in the same order of things, and about the same plan or period. Nothing here
understands language. It is strict on purpose; where a quote is real but a sentence strays from it, the approved
sentence itself takes its place.
"""

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import NamedTuple

from knowledge.drafting.answer import ModelStatement
from knowledge.drafting.draft import Citation, Removed, Statement
from knowledge.drafting.facts import facts, is_number
from knowledge.drafting.limits import difference
from knowledge.drafting.passage import Passage
from knowledge.drafting.playbook import Playbook
from knowledge.drafting.scope import scopes_named
from knowledge.drafting.sentences import Sentence, points_back, readable, sentences, units, widen
from knowledge.drafting.wording import Wording
from knowledge.drafting.words import stem, words

_SHORTEST_QUOTE = 3
"""Words; less is found by chance."""
_LONGEST = 4_000
"""Characters of a statement or quote; no approved sentence or list is longer."""
_TOGETHER = 2
"""Words that must move together where a statement changes the quote's order; swapped roles move alone."""
_TO_REPLACE = 2
"""Words a sentence must share with its evidence before the approved words may stand in its place."""
_NOTHING_SAID = frozenset(
    """a an the this that these those it its they them their he she his her i we you your our us me my of to for in on at by with as from into
    and or be is are was were been being am do does did doing done have has had having so then also too here there which who whose what how than
    please simply note per via such more get gets got go goes will would shall can could may might must should not no if when
    s t re ve ll d m yes well include includes including""".split()
)
_SAME = {
    word: group.split()[0]
    for group in (
        "yearly annual annually year", "monthly month", "buy purchase bought", "ask request asked requested", "email mail", "delete remove",
        "start begin", "change modify", "choose select pick", "receive get", "price cost", "help assist", "need require", "allow let permit",
        "subscription plan", "happen occur", "show display", "turn switch", "full fully", "sign log", "invite add", "organisation organization",
    )
    for word in group.split()
}  # fmt: skip
_SPEAKER = frozenset("we us our ours i my me".split())
_IDENTIFIER = re.compile(
    r"(?:#|\b(?:account|invoice|order|ticket|id|number)\b(?: (?:id|number))?(?: is)? ?#?)(?P<id>(?=[\w-]{0,40}\d)[\w-]{4,40})",
    re.IGNORECASE,
)
"""An identifier that a sentence may repeat from the ticket, such as an invoice number."""
_ROOTS = {stem(word): stem(first) for word, first in _SAME.items()}


class Evidence(NamedTuple):
    """One whole sentence, or a list with its lead, in a passage."""

    passage: Passage
    sentence: Sentence

    @property
    def text(self) -> str:
        """The approved words as a customer reads them."""
        return readable(self.passage.text, self.sentence)

    @property
    def context(self) -> str:
        """The sentence with the headings and the line above that give it its sense."""
        return f"{self.passage.section}. {self.sentence.lead} {self.text}"

    @property
    def is_row(self) -> bool:
        """Whether it is the row of a table."""
        return self.passage.text.startswith("|", self.sentence.start)

    def whole(self) -> "Evidence":
        """The evidence as it can stand alone: a step with its list, a lead with its steps."""
        unit = next(u for u in units(self.passage.text) if u.start <= self.sentence.start < u.end)
        return self if unit.end < self.sentence.end else Evidence(self.passage, unit)

    def statement(self, text: str = "") -> Statement:
        """A statement with this proof; in the approved words where no others are given."""
        return Statement(text=text or self.text, citations=(self.citation(),))

    def citation(self) -> Citation:
        """The proof as people see it."""
        p, s = self.passage, self.sentence
        return Citation(
            document=p.document,
            version=p.version,
            title=p.title,
            section=p.section,
            quote=p.text[s.start : s.end],
            start=p.start + s.start,
            end=p.start + s.end,
            approved_by=p.approved_by,
            in_force_until=p.in_force_until,
            url=p.url,
        )


class Grounded(NamedTuple):
    """What is left of an answer after the check."""

    statements: tuple[Statement, ...]
    removed: tuple[Removed, ...]


def check(
    proposed: Iterable[ModelStatement], passages: Mapping[str, Passage], ticket: str, playbook: Playbook
) -> Grounded:
    """Check each statement against its quotes. `ticket` is the customer's text, which may be restated but proves nothing."""
    standing: list[Statement] = []
    removed: list[Removed] = []
    for statement in proposed:
        found, reason = _evidence(statement, passages)
        if not found:
            removed.append(Removed(text=statement.text, reason=reason))
            continue
        for sentence in _split(statement.text, found):
            kept, fall = _prove(sentence, found, ticket, playbook)
            if kept:
                standing.append(kept)
            if fall:
                removed.append(fall)
    return Grounded(_distinct(standing), tuple(removed))


def _evidence(statement: ModelStatement, passages: Mapping[str, Passage]) -> tuple[list[Evidence], str]:
    if not statement.text.strip():
        return [], "is empty"
    if max(len(statement.text), *(len(quote.text) for quote in statement.quotes), 0) > _LONGEST:
        return [], "is too long to be checked"
    if not statement.quotes:
        return [], "has no citation"
    found: list[Evidence] = []
    for quote in statement.quotes:
        passage = passages.get(quote.passage)
        if passage is None:
            return [], f"cites '{quote.passage[:20]}', which is not among the approved passages for this ticket"
        if len(words(quote.text)) < _SHORTEST_QUOTE:
            return [], "its quote is too short to prove anything"
        place = Wording(passage.text).find(quote.text)
        if place is None:
            return [], f"its quote does not stand in '{passage.section}'"
        whole = next((u for u in units(passage.text) if u.start <= place[0] and place[1] <= u.end), None)
        touched = widen(passage.text, *place)
        # A quote of several steps proves them together; any other quote proves sentence by sentence.
        spans = [whole] if whole and len(touched) > 1 else touched
        found += [Evidence(passage, _with_antecedent(passage.text, span)) for span in spans]
    return found, "its quote is a heading" if not found else ""


def _with_antecedent(text: str, sentence: Sentence) -> Sentence:
    """A sentence that points back ("They are refunded") together with what it points to."""
    before = [s for s in sentences(text) if s.end <= sentence.start]
    while before and points_back(text[sentence.start : sentence.end]):
        sentence = Sentence(before.pop().start, sentence.end, sentence.lead)
    return sentence


def _split(text: str, found: list[Evidence]) -> list[str]:
    """The sentences of a statement; a list stays whole where it is quoted whole."""
    if any(_same(text, evidence.text) for evidence in found):
        return [text]
    return [text[s.start : s.end] for s in sentences(text)]


def _prove(
    text: str, found: list[Evidence], ticket: str, playbook: Playbook
) -> tuple[Statement | None, Removed | None]:
    """The statement that may be made, and what is left out: nothing, the sentence, or its wording alone."""
    reasons: list[tuple[str, Evidence]] = []
    for evidence in found:
        off_scope = _out_of_scope(text, evidence, ticket, playbook)
        if off_scope is None and _same(text, evidence.text):
            return evidence.whole().statement(), None
        reason = off_scope or _strays(text, evidence, ticket, playbook)
        if reason is None:
            return evidence.statement(Wording(text).text.strip()), None
        if off_scope is None:
            reasons.append((reason, evidence))
        else:
            return None, Removed(text=text, reason=off_scope)
    reason, evidence = max(reasons, key=lambda pair: _overlap(text, pair[1]))
    if _overlap(text, evidence) < _TO_REPLACE:
        return None, Removed(text=text, reason=reason)
    approved = evidence.whole()
    off_scope = _out_of_scope(approved.text, approved, ticket, playbook)
    if off_scope:
        return None, Removed(text=text, reason=off_scope)
    return approved.statement(), Removed(text=text, reason=f"{reason}; the approved words stand in its place")


def _strays(text: str, evidence: Evidence, ticket: str, playbook: Playbook) -> str | None:
    """Why a sentence says something other than its evidence, or None."""
    said_own = _without_identifiers(text, ticket)
    stray = _unproven_fact(said_own, evidence, playbook)
    if stray:
        return f"says '{stray}', which the quote does not"
    differs = difference(text, f"{evidence.sentence.lead} {evidence.text}")
    if differs:
        return f"{'adds' if differs.added else 'drops'} {differs.limit}{', which the quote does not have' if differs.added else ' of the quote'}"
    known = {_root(word) for word in words(evidence.context)}
    said = words(said_own)
    for word in said:
        if word not in _NOTHING_SAID and _root(word) not in known and not is_number(word):
            return f"says '{word}', which the quote does not"
    if not _in_order(text, evidence):
        return "puts the words of the quote into another order"
    return _leaves_out(text, said, evidence, playbook)


def _leaves_out(text: str, said: list[str], evidence: Evidence, playbook: Playbook) -> str | None:
    """What of its evidence a sentence does not say. Words left out can turn it round: who may, which plan, under what."""
    if evidence.is_row:
        return "rewords the row of a table"
    lead = evidence.sentence.lead
    approved = words(f"{lead} {evidence.text}")
    if _SPEAKER.isdisjoint(said) != _SPEAKER.isdisjoint(approved):
        return "changes who does what the quote says"
    lost = sorted(facts(evidence.text, playbook.names) - facts(text, playbook.names))
    if lost:
        return f"leaves out '{lost[0].value}' of the quote"
    there = {_root(word) for word in said}
    for word in approved:
        if word not in _NOTHING_SAID and _root(word) not in there and not is_number(word):
            return f"leaves out '{word}' of the quote"
    return None


def _unproven_fact(text: str, evidence: Evidence, playbook: Playbook) -> str | None:
    for fact in sorted(facts(text, playbook.names) - facts(evidence.context, playbook.names)):
        return fact.value
    for scope in playbook.scopes:
        for value in sorted(scopes_named(scope, text) - scopes_named(scope, evidence.context)):
            return value
    return None


def _without_identifiers(text: str, ticket: str) -> str:
    """A sentence without the customer's own identifiers. No other figure of a ticket may be repeated: it is no proof."""
    return _IDENTIFIER.sub(
        lambda found: found[0].removesuffix(found["id"]) if found["id"] in ticket else found[0], text
    )


def _out_of_scope(text: str, evidence: Evidence, ticket: str, playbook: Playbook) -> str | None:
    """A rule about yearly plans proves nothing about monthly ones, nor for a customer who has one."""
    for scope in playbook.scopes:
        proven = scopes_named(scope, evidence.text) or scopes_named(scope, evidence.context)
        said = scopes_named(scope, text)
        if proven and said - proven:
            return f"speaks of {' and '.join(sorted(said - proven))}, the quote of {' and '.join(sorted(proven))}"
        asked = scopes_named(scope, ticket)
        if proven and not said and asked and not asked & proven:
            return f"its quote is about {' and '.join(sorted(proven))}, the ticket about {' and '.join(sorted(asked))}"
    return None


def _in_order(text: str, evidence: Evidence) -> bool:
    """Whether the words follow the quote's order, but for whole phrases that moved and are set off by a comma."""
    places = {_root(word): place for place, word in reversed(list(enumerate(words(evidence.text))))}
    said = [places[root] for word in words(text) if word not in _NOTHING_SAID and (root := _root(word)) in places]
    runs = [1]
    for before, place in pairwise(said):
        if place >= before:
            runs[-1] += 1
        else:
            runs.append(1)
    return len(runs) == 1 or (min(runs) >= _TOGETHER and "," in text)


def _same(text: str, other: str) -> bool:
    return Wording(text).text.strip(" .").casefold() == Wording(other).text.strip(" .").casefold()


def _overlap(text: str, evidence: Evidence) -> int:
    return len({_root(word) for word in words(text)} & {_root(word) for word in words(evidence.text)})


def _root(word: str) -> str:
    root = stem(word)
    return _ROOTS.get(root, root)


def _distinct(statements: list[Statement]) -> tuple[Statement, ...]:
    """Each statement once, and none that another says as part of a longer stretch of the same passage."""
    once = tuple({statement.text.casefold(): statement for statement in reversed(statements)}.values())[::-1]
    return tuple(one for one in once if not any(_within(one.citations[0], other.citations[0]) for other in once))


def _within(one: Citation, other: Citation) -> bool:
    same = (one.document, one.version) == (other.document, other.version)
    return same and other.start <= one.start and one.end <= other.end and one.end - one.start < other.end - other.start
