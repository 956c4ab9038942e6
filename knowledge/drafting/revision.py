"""Revision: an agent's own reply, sentence by sentence: what is proven, and what the agent answers for."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from knowledge.drafting.courtesy import is_courtesy
from knowledge.drafting.draft import UNVERIFIED, Draft, Outcome, Removed, Statement
from knowledge.drafting.evidence import Evidence, all_evidence
from knowledge.drafting.fidelity import out_of_scope, overlap, same, strays
from knowledge.drafting.guard import objection
from knowledge.drafting.passage import Passage
from knowledge.drafting.playbook import Playbook
from knowledge.drafting.reply import greeting
from knowledge.drafting.sentences import sentences, units
from knowledge.drafting.ticket import Ticket
from knowledge.drafting.words import words

MOST_CHECKED = 60
"""Sentences of one reply that are looked up."""
_NEAREST = 5
"""Approved sentences that a sentence is held against."""
_NEAR = 3
"""Words, and half of its own, that a sentence must share with an approved one for the difference to be told."""
_LONGEST = 4_000
"""Characters of a sentence; no approved one is longer."""
_NO_PROOF = "no approved document says so"
_OWN_QUESTION = "is a question of your own, and nobody checked what it takes for granted"
_TOO_LONG = "the reply is too long to check this sentence"


class Checked(NamedTuple):
    """What became of an agent's sentences, in the order of the reply."""

    statements: tuple[Statement, ...]
    unproven: tuple[Removed, ...]

    def outcome(self, before: Outcome) -> Outcome:
        """How much of the reply may be said, after what was said of it `before` the edit."""
        if not self.statements and not self.unproven:
            return Outcome.UNVERIFIED
        kept = self.statements and before is not Outcome.UNVERIFIED
        return before if kept else Outcome.PARTIAL


class Revision:
    """A reply and what is known of its sentences. What is left to prove is looked up between the two calls."""

    def __init__(self, text: str, ticket: Ticket, playbook: Playbook) -> None:
        self._text = text
        self._ticket = ticket
        self._playbook = playbook
        self._pieces = _pieces(text)
        self._by_start = {start: at for at, (start, _) in enumerate(self._pieces)}
        self._by_end = {end: at for at, (_, end) in enumerate(self._pieces)}
        self._settled: set[int] = set()
        self._statements: dict[int, Statement] = {}
        self._unproven: dict[int, Removed] = {}

    def to_look_up(self, draft: Draft, standing: Sequence[Statement]) -> tuple[str, ...]:
        """The sentences that need a proof of their own, as far as they are looked up.

        `standing` are the statements of the draft whose documents are in force; word for word, they stand again.
        """
        for statement in _longest_first(standing):
            self._place(statement)
        for own in sorted(own_words(draft, self._ticket, self._playbook), key=len, reverse=True):
            self._settle(own)
        known = f"{self._ticket.requester}\n{self._ticket.customer_text}"
        for at, sentence in self._open():
            if self._objection(sentence) is None and _says_nothing(sentence, known):
                self._settled.add(at)
        distinct = dict.fromkeys(sentence for _, sentence in self._open() if len(sentence) <= _LONGEST)
        return tuple(distinct)[:MOST_CHECKED]

    def checked(self, found: Mapping[str, Sequence[Passage]]) -> Checked:
        """What is proven and what is not, with the passages that were found for each sentence looked up."""
        passages = {passage.id: passage for each in found.values() for passage in each}
        lists = [Evidence(p, unit).statement() for p in passages.values() for unit in units(p.text)]
        for statement in _longest_first([each for each in lists if "\n" in each.text]):
            self._place(statement)
        for at, sentence in self._open():
            start = self._pieces[at][0]
            proof: Statement | str = _TOO_LONG
            if sentence in found:
                proof = _prove(sentence, found[sentence], self._ticket.customer_text, self._playbook)
            if isinstance(proof, Statement):
                self._keep(start, proof)
            else:
                reason = _OWN_QUESTION if sentence.rstrip().endswith("?") else proof
                self._unproven[start] = Removed(text=sentence, reason=self._objection(sentence) or reason)
        once = {statement.text: statement for _, statement in sorted(self._statements.items(), key=_place_of)}
        return Checked(tuple(once.values()), tuple(self._unproven[start] for start in sorted(self._unproven)))

    def _open(self) -> list[tuple[int, str]]:
        return [(at, self._text[s:e]) for at, (s, e) in enumerate(self._pieces) if at not in self._settled]

    def _place(self, statement: Statement) -> None:
        for start in self._settle(statement.text):
            self._keep(start, statement)

    def _keep(self, start: int, statement: Statement) -> None:
        reason = self._objection(statement.text, "\n".join(citation.quote for citation in statement.citations))
        if reason:
            self._unproven[start] = Removed(text=statement.text, reason=reason)
        else:
            self._statements[start] = statement

    def _objection(self, sentence: str, proof: str = "") -> str | None:
        return objection(sentence, self._playbook.brand, proof)

    def _settle(self, text: str) -> list[int]:
        """Takes whole sentences that are word for word this text out of what is open; where they stand."""
        wanted = text.strip()
        starts: list[int] = []
        place = self._text.find(wanted) if wanted else -1
        while place >= 0:
            first, last = self._by_start.get(place), self._by_end.get(place + len(wanted))
            if first is not None and last is not None and self._settled.isdisjoint(range(first, last + 1)):
                self._settled.update(range(first, last + 1))
                starts.append(place)
            place = self._text.find(wanted, place + 1)
        return starts


def _place_of(placed: tuple[int, Statement]) -> int:
    return placed[0]


def _longest_first(statements: Sequence[Statement]) -> list[Statement]:
    # A statement may begin as another one does.
    return sorted(statements, key=lambda statement: -len(statement.text))


def _pieces(text: str) -> list[tuple[int, int]]:
    """The spans of a reply's sentences, line by line; a line that holds more than sentences is one piece."""
    spans: list[tuple[int, int]] = []
    position = 0
    for line in text.splitlines(keepends=True):
        body = line.strip()
        begin = position + line.find(body)
        inside = [(begin + s.start, begin + s.end) for s in sentences(body)]
        # A heading or a rule is no sentence to a document's reader, but a customer reads it.
        whole = "".join("".join(text[s:e].split()) for s, e in inside) == "".join(body.split())
        spans += inside if whole else [(begin, begin + len(body))]
        position += len(line)
    return [(start, end) for start, end in spans if start < end]


def own_words(draft: Draft, ticket: Ticket, playbook: Playbook) -> Iterator[str]:
    """What the desk itself says around its statements."""
    brand = playbook.brand
    yield from (UNVERIFIED, greeting(ticket, playbook), brand.anonymous_greeting)
    yield from (brand.acknowledgement, brand.apology, brand.closing, brand.sign_off)
    yield from (missing.question for missing in draft.missing_facts)
    yield from (fact.question for fact in playbook.facts.values())
    yield from (topic.acknowledgement for topic in playbook.topics)
    for template in (brand.template, *(topic.template for topic in playbook.topics)):
        yield from re.split(r"\{\w+\}", template)


def _says_nothing(sentence: str, known: str) -> bool:
    """Whether a sentence claims nothing: it is a courtesy, or has no words at all."""
    return not re.search(r"\w", sentence) or is_courtesy(sentence, known)


def _prove(sentence: str, passages: Sequence[Passage], ticket: str, playbook: Playbook) -> Statement | str:
    """The statement with its proof, or how the sentence differs from the nearest approved one."""
    evidence = [(overlap(sentence, each), each) for passage in passages for each in all_evidence(passage)]
    nearest = sorted(evidence, key=lambda each: -each[0])[:_NEAREST]
    near = max(_NEAR, len(set(words(sentence))) / 2)
    reasons: list[str] = []
    for shared, each in nearest:
        reason = out_of_scope(sentence, each, ticket, playbook)
        alone = each.whole() == each and same(sentence, each.text)
        if reason is None and not alone:
            reason = strays(sentence, each, playbook)
        if reason is None:
            return each.statement(sentence)
        reasons += [reason] if shared >= near else []
    return reasons[0] if reasons else _NO_PROOF
