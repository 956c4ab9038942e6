"""Plain BM25 over whole documents, the baseline that published figures on retrieval stand beside."""

import math
from collections import Counter, defaultdict

from knowledge.drafting.asks import telling

_SATURATION, _LENGTH = 1.5, 0.75


class Bm25:
    """Documents by their names, found by shared words; a word that a question says twice counts twice."""

    def __init__(self, documents: dict[str, str]) -> None:
        said = {name: Counter(telling(text)) for name, text in documents.items()}
        mean = sum(counts.total() for counts in said.values()) / len(said)
        self._weights: defaultdict[str, dict[str, float]] = defaultdict(dict)
        for name, counts in said.items():
            room = _SATURATION * (1 - _LENGTH + _LENGTH * counts.total() / mean)
            for word, times in counts.items():
                self._weights[word][name] = times * (_SATURATION + 1) / (times + room)
        for held in self._weights.values():
            rarity = math.log(1 + (len(said) - len(held) + 0.5) / (len(held) + 0.5))
            held.update({name: weight * rarity for name, weight in held.items()})

    def best(self, question: str, limit: int) -> list[str]:
        """The names of the best documents, best first."""
        scores: Counter[str] = Counter()
        for word in telling(question):
            scores.update(self._weights.get(word, {}))
        return [name for name, _ in scores.most_common(limit)]
