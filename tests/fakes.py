"""Fakes for the outside doors."""

from collections.abc import Sequence
from datetime import date

from knowledge.drafting.passage import Passage


class FixedRetriever:
    """Finds the same passages for every question."""

    def __init__(self, *passages: Passage) -> None:
        self.passages = list(passages)
        self.questions: list[str] = []
        self.withdrawn: set[str] = set()
        """Documents whose versions are not in force any more."""

    async def retrieve(self, question: str, *, on: date, limit: int) -> list[Passage]:  # noqa: ARG002 - The protocol's.
        self.questions.append(question)
        return [passage for passage in self.passages if passage.document not in self.withdrawn][:limit]

    async def in_force(self, document: str, version: str, *, on: date) -> bool:  # noqa: ARG002 - The protocol's.
        present = {(passage.document, passage.version) for passage in self.passages}
        return (document, version) in present and document not in self.withdrawn


class NoSimilarity:
    """No embedding is configured."""

    async def similarity(self, question: str, texts: Sequence[str]) -> None:  # noqa: ARG002 - As above.
        return None


class FixedSimilarity:
    """Every text is as close to every question."""

    def __init__(self, meaning: float) -> None:
        self.meaning = meaning

    async def similarity(self, question: str, texts: Sequence[str]) -> list[float]:  # noqa: ARG002 - The protocol's.
        return [self.meaning] * len(texts)
