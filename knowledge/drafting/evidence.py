"""Evidence: the whole approved sentences that a model's quotes stand in."""

from collections.abc import Mapping
from typing import NamedTuple

from knowledge.drafting.answer import ModelStatement
from knowledge.drafting.draft import Citation, Statement
from knowledge.drafting.passage import Passage
from knowledge.drafting.sentences import Sentence, points_back, readable, sentences, units, widen
from knowledge.drafting.wording import Wording
from knowledge.drafting.words import words

_SHORTEST_QUOTE = 3
"""Words; less is found by chance."""
_LONGEST = 4_000
"""Characters of a statement or quote; no approved sentence or list is longer."""


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


def gather(statement: ModelStatement, passages: Mapping[str, Passage]) -> tuple[list[Evidence], str]:
    """The evidence for a statement; none, and the reason, where one of its quotes proves nothing."""
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


def all_evidence(passage: Passage) -> list[Evidence]:
    """Each sentence of a passage, with what it points back to."""
    return [Evidence(passage, _with_antecedent(passage.text, sentence)) for sentence in sentences(passage.text)]


def _with_antecedent(text: str, sentence: Sentence) -> Sentence:
    """A sentence that points back ("They are refunded") together with what it points to."""
    before = [s for s in sentences(text) if s.end <= sentence.start]
    while before and points_back(text[sentence.start : sentence.end]):
        sentence = Sentence(before.pop().start, sentence.end, sentence.lead)
    return sentence
