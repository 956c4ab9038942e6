"""What would have answered and is left out because a colleague reported it as wrong."""

from collections.abc import Sequence
from datetime import date

from knowledge.drafting.asks import Ask
from knowledge.drafting.draft import Removed
from knowledge.drafting.passage import Passage
from knowledge.drafting.sentences import sentences
from knowledge.interfaces import Retriever
from knowledge.relevance import ENOUGH, Candidate, Relevance

_PASSAGES = 6


async def left_out(retriever: Retriever, relevance: Relevance, asks: Sequence[Ask], on: date) -> list[Removed]:
    """The best sentence of each such passage, if it answers one of the questions, and which document it is from."""
    found: dict[str, Passage] = {}
    for ask in asks:
        found |= {passage.id: passage for passage in await retriever.held_back(ask.full, on=on, limit=_PASSAGES)}
    return [removed for passage in found.values() if (removed := await _best(passage, relevance, asks))]


async def _best(passage: Passage, relevance: Relevance, asks: Sequence[Ask]) -> Removed | None:
    said = [" ".join(passage.text[each.start : each.end].split()) for each in sentences(passage.text)]
    candidates = [Candidate(sentence, passage.section) for sentence in said]
    scored = [await relevance.scores(ask, candidates, [passage]) for ask in asks]
    fits = [max(column) for column in zip(*scored, strict=True)]
    if not fits or max(fits) < ENOUGH:
        return None
    reason = f"stands in a passage of “{passage.title}” that is reported as wrong, so it is not quoted"
    return Removed(text=said[fits.index(max(fits))], reason=reason)
