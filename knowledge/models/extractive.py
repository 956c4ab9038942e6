"""The extractive model: no language model at all. It answers in approved sentences, word for word, or not."""

from knowledge.drafting.answer import ModelAnswer, ModelReply, ModelStatement, Quote
from knowledge.drafting.brief import Brief
from knowledge.drafting.evidence import Evidence
from knowledge.drafting.scope import scopes_named
from knowledge.drafting.sentences import Sentence, points_back, units
from knowledge.relevance import ENOUGH, Candidate, Relevance

_MOST_SENTENCES = 4
"""Sentences for one question."""
_NEAR_BEST = 0.79
"""A further sentence is worth saying only when it answers nearly as well as the best one."""
_OWN_SCOPE = 0.08
"""Added to the score of words that name the customer's own plan or period."""


class ExtractiveModel:
    """Quotes the sentences, and the lists whole, that answer each question best; abstains where none is good enough."""

    name = "extractive"

    def __init__(self, relevance: Relevance) -> None:
        self._relevance = relevance

    async def compose(self, brief: Brief) -> ModelReply:
        """The best approved words for each question, in the order of the questions."""
        passages = list(brief.passages.values())
        evidence = [
            (handle, Evidence(passage, unit))
            for handle, passage in brief.passages.items()
            for unit in _sayable(passage.text)
        ]
        fits = [_fit(found, brief) for _, found in evidence]
        candidates = [Candidate(found.text, found.passage.section) for _, found in evidence]
        statements: dict[str, ModelStatement] = {}
        for ask in brief.asks:
            scores = await self._relevance.scores(ask, candidates, passages)
            ranked = sorted(
                (
                    (score + fit, handle, found)
                    for score, fit, (handle, found) in zip(scores, fits, evidence, strict=True)
                    if score >= ENOUGH
                ),
                key=lambda each: -each[0],
            )[:_MOST_SENTENCES]
            enough = max(ENOUGH, ranked[0][0] * _NEAR_BEST) if ranked else ENOUGH
            said = [(handle, found) for score, handle, found in ranked if score >= enough]
            # Sentences of one passage are said in its order, passages best first.
            handles = list(dict.fromkeys(handle for handle, _ in said))
            for handle, found in sorted(said, key=lambda each: (handles.index(each[0]), each[1].sentence.start)):
                quote = found.passage.text[found.sentence.start : found.sentence.end]
                statement = ModelStatement(text=found.text, quotes=(Quote(passage=handle, text=quote),))
                statements.setdefault(statement.text, statement)
        answer = ModelAnswer(statements=tuple(statements.values()), missing_facts=(), risks=())
        return ModelReply(answer=answer)


def _fit(found: Evidence, brief: Brief) -> float:
    """A bonus for words about the customer's own plan or period; a bar for words about another."""
    fit = 0.0
    for scope in brief.scopes:
        asked = scopes_named(scope, brief.ticket)
        about = scopes_named(scope, found.text) or scopes_named(scope, found.context)
        if asked and about:
            fit += _OWN_SCOPE if asked & about else -1.0
    return fit


def _sayable(text: str) -> list[Sentence]:
    """Units that can stand alone; a sentence that points back takes the one before it along."""
    found: list[Sentence] = []
    for unit in units(text):
        said = text[unit.start : unit.end]
        if points_back(said) and found and found[-1].end <= unit.start:
            found.append(Sentence(found[-1].start, unit.end))
        elif not said.rstrip("*_ ").endswith(":"):
            found.append(unit)
    return found
