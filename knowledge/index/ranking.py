"""Ranking: which passages come first, over the pages they are from and over the sentences of a long question."""

import re
from collections.abc import Sequence

from llama_index.core.schema import NodeWithScore

from knowledge.drafting.sentences import sentences
from knowledge.drafting.wording import plain

FOUND = 40
"""Passages that a search hands on, from which the first are chosen."""
_AGAIN = 0.6
"""What a further passage of a document is worth beside its first one, so that a few long pages do not fill a list."""
_SHARPNESS = 3
"""How much more a sentence counts that fits well than several that fit a little."""
_LONG = 1_200
"""Characters from which a question is looked up sentence by sentence."""
_TELLS = re.compile(r"\w+\W+\w+\W+\w+")
_MOST_PIECES = 100
_Found = Sequence[NodeWithScore]


def pieces(question: str) -> list[str]:
    """The sentences of a long question that say something; none of a short one, which is looked up whole."""
    if len(question) < _LONG:
        return []
    said = (plain(question[sentence.start : sentence.end]).strip() for sentence in sentences(question))
    return list(dict.fromkeys(text for text in said if _TELLS.search(text)))[:_MOST_PIECES]


def merged(by_meaning: Sequence[_Found], by_words: Sequence[_Found], meaning: float) -> list[NodeWithScore]:
    """One list, best first, of what was found for each sentence, by meaning and by words, which `meaning` weighs.

    A passage that fits one sentence well comes before one that fits several a little.
    """
    nodes = {hit.node_id: hit.node for found in (*by_meaning, *by_words) for hit in found}
    totals = dict.fromkeys(nodes, 0.0)
    for near, words in zip(by_meaning, by_words, strict=True):
        scores: dict[str, float] = {}
        for weight, found in ((meaning, near), (1 - meaning, words)):
            for hit in found:
                scores[hit.node_id] = scores.get(hit.node_id, 0.0) + weight * (hit.score or 0.0)
        for name, score in scores.items():
            totals[name] += score**_SHARPNESS
    mean = {name: (total / max(len(by_words), 1)) ** (1 / _SHARPNESS) for name, total in totals.items()}
    return [NodeWithScore(node=nodes[name], score=mean[name]) for name in sorted(mean, key=lambda name: -mean[name])]


def spread(found: Sequence[NodeWithScore], limit: int) -> list[NodeWithScore]:
    """The first of a list, best first, in which each further passage of one document counts less."""
    left = {hit.node_id: (hit, hit.score or 0.0) for hit in found}
    chosen: list[NodeWithScore] = []
    while left and len(chosen) < limit:
        best, score = max(left.values(), key=lambda each: each[1])
        del left[best.node_id]
        chosen.append(NodeWithScore(node=best.node, score=score))
        document = best.node.metadata["document"]
        left = {
            name: (hit, worth * _AGAIN if hit.node.metadata["document"] == document else worth)
            for name, (hit, worth) in left.items()
        }
    return chosen
