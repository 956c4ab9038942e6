"""What would have answered and is left out because a colleague reported it as wrong."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from knowledge.drafting.asks import Ask
from knowledge.drafting.draft import Draft, Removed
from knowledge.drafting.passage import Passage
from knowledge.drafting.sentences import sentences
from knowledge.interfaces import Retriever
from knowledge.relevance import ENOUGH, Candidate, Relevance

_PASSAGES = 6
_REASON = "that is reported as wrong, so it is not quoted"


class LeftOut(NamedTuple):
    """The best sentence of each passage that is not quoted, and how well they answer each question, 0 to 1."""

    removed: tuple[Removed, ...]
    strengths: tuple[float, ...]


async def left_out(retriever: Retriever, relevance: Relevance, asks: Sequence[Ask], on: date) -> LeftOut:
    """What is reported as wrong and answers one of the questions."""
    found: dict[str, Passage] = {}
    for ask in asks:
        found |= {passage.id: passage for passage in await retriever.held_back(ask.full, on=on, limit=_PASSAGES)}
    removed: list[Removed] = []
    strengths = [0.0] * len(asks)
    for passage in found.values():
        said = [" ".join(passage.text[each.start : each.end].split()) for each in sentences(passage.text)]
        candidates = [Candidate(sentence, passage.section) for sentence in said]
        scores = [await relevance.scores(ask, candidates, [passage]) for ask in asks]
        best = [max(column) for column in zip(*scores, strict=True)]
        if max(best) >= ENOUGH:
            reason = f"stands in a passage of “{passage.title}” {_REASON}"
            removed.append(Removed(text=said[best.index(max(best))], reason=reason))
            strengths = [max(strength, *row) for strength, row in zip(strengths, scores, strict=True)]
    return LeftOut(tuple(removed), tuple(strengths))


def reported(draft: Draft) -> tuple[Removed, ...]:
    """What a draft left out because it is reported as wrong."""
    return tuple(each for each in draft.removed if each.reason.endswith(_REASON))
